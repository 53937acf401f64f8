"""What a parser of SPARQL has to complain of, in words for people."""

from __future__ import annotations

import re

CLASSES = re.compile(r"\[(?:'(?:\\.|[^'\\])*'|[^\]'])*\]")  # of characters, as the parser lists them
LISTED = re.compile(r'"[^"]*"|[^",\s][^",]*')
NAMED = {
    "Prefix not found": "no PREFIX declares the prefix of the name before this",
    "IRI parsing failed": "the IRI before this is none",
}
AT = re.compile(r"^error at (\d+):")  # how a complaint begins that tells where the error is


def legible(detail: str) -> str:
    """A parser's complaint, without the classes of characters and the keywords that it also would have taken.

    What it says in a sentence of its own is the reason; signs that would do are told, and of keywords it names
    any, which help nobody.
    """
    place, told, expected = detail.partition(": expected ")
    if not told:
        return detail
    listed = LISTED.findall(CLASSES.sub("", expected.removeprefix("one of ")))
    ends = [one.strip() for one in listed if one.strip()]
    said = [NAMED.get(one, one) for one in ends if " " in one and not one.startswith('"')]
    if said:
        return f"{place}: {said[0]}"
    signs = [one for one in ends if one.startswith('"') and not one.startswith('"\\')]
    missing = f", {' or '.join(signs)} perhaps" if signs else ""
    return f"{place}: this is no SPARQL from here on, or something is missing before it{missing}"


def moved_up(detail: str, lines: int) -> str:
    """A complaint about a text that had so many lines put before it, with the place in the text itself."""
    return AT.sub(lambda found: f"error at {int(found[1]) - lines}:", detail)
