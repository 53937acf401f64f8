"""Addresses that are nearly right: another case, a slash too many, the words of a name instead of its form."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from kg.iri import slug
from kg.web.negotiation import HTML, split_ending
from kg.web.reading import Reader
from kg.web.vocabulary import vocabulary


def near_miss(here: Reader, path: str) -> str | None:
    """The address that a client must have meant by one where nothing is; None where that is not clear."""
    plain = path.rstrip("/") or "/"
    first, *rest = plain.strip("/").split("/")
    formed = "/".join(("", first.lower(), *(_formed(part) for part in rest)))
    tried = dict.fromkeys((plain, f"{plain}/", plain.lower(), f"{plain.lower()}/", formed))
    found = next((one for one in tried if one != path and _is_something(here, one)), None)
    return found or _data(here, plain) or _term(here, plain)


def _formed(part: str) -> str:
    """A part of an address as it would be minted; a file's ending stays."""
    name, dot, ending = part.rpartition(".")
    return f"{slug(name)}.{ending.lower()}" if dot and name else slug(part)


def _data(here: Reader, path: str) -> str | None:
    """The data of a thing, for its name with a format's ending; its page, for one with that of HTML."""
    name = path.removeprefix("/id/").removeprefix("/data/")
    stem, kind = (name[:-5], HTML) if name.endswith(".html") else split_ending(name)
    if name == path or kind is None or not here.knows(f"id/{stem}"):
        return None
    meant = f"/page/{stem}" if kind == HTML else f"/data/{name}"
    return meant if meant != path else None


def _term(here: Reader, path: str) -> str | None:
    """The page of a term, for its name in another case, unless two terms differ in that alone."""
    above, _, name = path.rpartition("/")
    same = [one for one in vocabulary(here).terms if one.casefold() == name.casefold()]
    return f"/ontology/term/{same[0]}" if above.lower() == "/ontology/term" and len(same) == 1 else None


def _is_something(here: Reader, path: str) -> bool:
    """Whether something is at an address."""
    first, _, name = path.strip("/").partition("/")
    if first in {"id", "page", "data", "graph", "doc"} and name:
        kind = "id" if first in {"page", "data"} else first
        stem = name.removesuffix(".txt") if first == "doc" else name
        bare = name if first in {"id", "page"} else split_ending(stem)[0]
        return not path.endswith("/") and here.knows(f"{kind}/{bare}")
    try:
        _, values = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # there is one within a request
    except (HTTPException, RequestRedirect):
        return False
    return not any(values.values())  # a rule with a name in it matches any name
