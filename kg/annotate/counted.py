"""Which noun a number counts, and which numbers count nothing: designators, scores, measures."""

from __future__ import annotations

import re
from collections.abc import Set

from spacy.tokens import Doc, Token

from kg.annotate.tokens import Tokens
from kg.model import Span

# What measures length, weight, time or votes is no number of things.
_MEASURES = re.compile(
    r"acre|barrel|degree|feet|fold|foot|gallon|goal|half|hectare|hertz|inch|kg|kilo\w*|km|knot|lit(?:er|re)|lb"
    r"|mach|mm|met(?:er|re)|mile|nautical|ounce|part|percent(?:age)?|point|pound|quarter|set|share|third"
    r"|ton(?:ne)?|times?"
    r"|volt|vote|watt|megawatt|yard|second|minute|hour|day|night|week|month|round|year|decade|century"
)
# What a number after it names rather than counts: 'Type 26', 'Article 5', 'Link 16'.
_DESIGNATORS = re.compile(
    r"agenda|annex|appendix|article|block|brief|chapter|class|clause|figure|flight|gate|group|highway|hull"
    r"|increment|item|key|law|link|lot|mark|mission|mk|model|module|no|nos|number|page|paragraph|part|phase"
    r"|pillar|point|priority|protocol|release|resolution|route|rule|section|sector|serial|session|stage"
    r"|standard|step|table|tier|title"
    r"|track|tranche|type|unit|vision|volume|wave|zone"
)
_GIVING = {
    *(
        "give",
        "gave",
        "given",
        "giving",
        "sell",
        "sold",
        "selling",
        "send",
        "sent",
        "sending",
        "lend",
        "lent",
    ),
    *(
        "offer",
        "offered",
        "grant",
        "granted",
        "supply",
        "supplied",
        "pledge",
        "pledged",
        "promise",
        "promised",
    ),
}
_MODIFIERS = {"ADJ", "NOUN", "PROPN"}
_NOUNS = {"NOUN", "PROPN"}
_LISTED = re.compile(r"(?:^|\n)[ \t]*[(\[]?\Z")
_POSSESSIVES = {"its", "their", "his", "her", "our"}
_POINTING = {"the", "these", "those", "this", "that"}
_PRONOMINAL = _POINTING | {"all", "between", "among", "no", "any", "every", "each"}


def head(tokens: Tokens, span: Span, stops: Set[int]) -> Token | None:
    """The noun that the number at a stretch counts: 'warheads' in '1,000 nuclear warheads'.

    It is the last noun of the noun phrase that the number opens; None where there is none, as in 'grow to
    300,000', or where the text is not tagged. It does not reach past `stops`, the offsets where dates start.
    """
    last = tokens.at(span.end - 1)
    if last is None:
        return None
    doc, found = tokens.doc, _before_bracket(tokens.doc, last)
    if found is not None:
        return found
    for token in doc[_opening(doc, last.i + 1) : min(last.i + 10, len(doc))]:
        if token.is_sent_start or token.idx in stops:
            break
        if token.pos_ in _NOUNS or _is_model(token) or (found is not None and _misread(token)):
            found = token
        elif not _modifies(token):
            break
    return found


def _before_bracket(doc: Doc, number: Token) -> Token | None:
    """The plural noun or model that a number in brackets counts: 'tanks (54)', 'Leopard 2s (12)'."""
    if number.i < 2 or number.i + 1 >= len(doc):
        return None
    noun, opening, closing = doc[number.i - 2], doc[number.i - 1], doc[number.i + 1]
    counted = noun.tag_ in {"NNS", "NNPS"} or _is_model(noun) or noun.lower_ in {"aircraft", "personnel"}
    return noun if opening.text == "(" and closing.text == ")" and counted else None


def _opening(doc: Doc, after: int) -> int:
    """Where the noun phrase starts, past the 'of the' of 'six of the 24 jets', the 'of 24' of 'six of 24 jets'."""
    words = [token.lower_ for token in doc[after : after + 2]]
    if words and words[0] == "of" and len(words) > 1 and doc[after + 1].like_num:
        return after + 2
    if words and words[0] == "of" and words[-1] in _POSSESSIVES | _POINTING:
        return after + 2
    return after


def _misread(token: Token) -> bool:
    """Whether a plural noun was taken for a verb: 'marines' in '2,000 United States marines'."""
    return (
        token.tag_ == "VBZ" and token.is_lower and token.text.endswith("s") and token.nbor(-1).pos_ == "PROPN"
    )


def _is_model(token: Token) -> bool:
    """Whether a token names a model: 'FA-50', 'K9s', '2A8s'."""
    return any(letter.isupper() for letter in token.text) and any(letter.isdigit() for letter in token.text)


def _modifies(token: Token) -> bool:
    """Whether a token may stand between a number and its noun: 'used', 'long-range', 'more'."""
    if token.lower_ == "worth":
        return False
    if token.like_num or token.pos_ == "NUM":
        after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        before = token.nbor(-1)
        return before.text[0].isupper() or before.lower_ in {"the", "its", "their"} or after in {"mm", "-"}
    if token.tag_ == "POS":
        return False
    if token.pos_ in _MODIFIERS or token.tag_ in {"VBN", "VBG", "HYPH", "RBR", "JJR"}:
        return True
    next_one = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return token.tag_ == "RB" and (next_one.pos_ == "ADJ" or next_one.tag_ in {"VBN", "VBG"})


def counts(tokens: Tokens, span: Span, words: str, noun: Token | None) -> bool:
    """Whether the number at a stretch, written so, counts things: `noun`, or what the text named before."""
    last = tokens.before(span.start)
    if last is not None and last.lower_ == "but" and last.i > 0 and last.nbor(-1).lower_ == "all":
        return False  # 'all but three of them' are not three
    if noun is not None and _MEASURES.fullmatch(noun.lemma_.lower()):
        return False
    if last is not None and "," not in words and _DESIGNATORS.fullmatch(last.lower_.rstrip(".")):
        return False
    if not words[0].isdigit():
        return noun is not None or _stands_alone(words, last)
    if noun is None and words.isdecimal() and len(words) == 4 and 1800 <= int(words) < 2100:
        return False  # a year that nothing makes a date
    return not _numbers_a_line(tokens.text, span, words) and not _designates(tokens, span, words, noun, last)


def _stands_alone(words: str, last: Token | None) -> bool:
    """Whether a number word without a noun counts: 'four have arrived', not so 'the two', 'Pacific Four'."""
    if words.lower() == "one":
        return False
    return last is None or (last.lower_ not in _PRONOMINAL and last.pos_ != "PROPN")


def _numbers_a_line(text: str, span: Span, words: str) -> bool:
    """Whether it numbers a line or a paragraph: '12. The Ministers …'."""
    opens = _LISTED.search(text[max(0, span.start - 20) : span.start])
    return opens is not None and len(words) < 4 and text[span.end : span.end + 1] in {".", ")", "]", "\t"}


def _designates(tokens: Tokens, span: Span, words: str, noun: Token | None, last: Token | None) -> bool:
    """Whether figures belong to the name before them: 'Ground Master 200'; not so in 'gave Kyiv 31 tanks'."""
    if last is None or "," in words or last.idx + len(last) + 1 < span.start or last.is_sent_start:
        return False
    named = last.pos_ == "PROPN" if tokens.tagged else last.is_title and not last.is_stop
    if not named or tokens.text[last.idx + len(last) : span.start].strip(" "):
        return False
    return noun is None or noun.tag_ not in {"NNS", "NNPS"} or not _is_given_things(last)


def _is_given_things(name: Token) -> bool:
    """Whether a name is who gets what is counted after it: 'gave Kyiv 31 tanks'."""
    start = name
    while start.i > 0 and start.pos_ in {"PROPN", "DET"}:
        start = start.nbor(-1)
    return name.ent_type_ == "GPE" or start.lower_ in _GIVING
