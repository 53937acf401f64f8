"""What a deal costs, where the next sentence tells it: 'Norway ordered 54 tanks. Price tag: about $1 billion.'"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Number, Parsed
from kg.extract.speech import Sources
from kg.lexicon import Lexicon
from kg.model import Claim, Evidence, Span

_DEALS = frozenset({"ArmsTransfer", "Aid", "CapabilityDevelopment"})  # of which one alone may be meant
_PRICED = frozenset({"ArmsTransfer", "Aid"})
_COSTS = frozenset({"cost", "price", "tag", "value", "bill"})
_COSTING = frozenset({"value", "cost", "price", "estimate", "total", "amount", "be"})
_IT = frozenset({"it", "this", "that", "they"})


def with_price(
    claims: list[Claim], before: Sentence, sentence: Sentence, parsed: Parsed, told: Sources, lexicon: Lexicon
) -> list[Claim]:
    """The claims, that of the sentence before with its price, where this sentence does no more than tell it.

    Nothing changes where the sentence before tells of more deals or things than one, or of a sum of its own.
    """
    priced = _price(sentence, parsed, lexicon)
    span = parsed.span(before[0], before[-1])
    deals = [n for n, c in enumerate(claims) if c.type in _DEALS and span.covers(c.evidence.span)]
    things = {f.entity.iri for n in deals for f in claims[n].fillers("item")}
    counts = [n for at, n in parsed.numbers.items() if before.start <= at < before.end and n.kind == "count"]
    if (
        priced is None
        or not deals
        or claims[deals[0]].type not in _PRICED
        or len(things) > 1
        or len(counts) > 1
    ):
        return claims
    deal, told_of = claims[deals[0]], priced.values
    if deal.values.amount is not None:
        return claims
    values = replace(deal.values, amount=told_of.amount, currency=told_of.currency)
    bound = deal.values.bound or told_of.bound
    quote = parsed.span(sentence[0], sentence[-1])
    more = replace(
        deal,
        values=replace(values, bound=bound),
        reported_by=deal.reported_by or told.reported(),
        also_told=(*deal.also_told, Evidence(quote, parsed.words(quote))),
    )
    return [more if n == deals[0] else claim for n, claim in enumerate(claims)]


def _price(sentence: Sentence, parsed: Parsed, lexicon: Lexicon) -> Number | None:
    """The sum of a sentence whose subject is a deal, or that names what it costs; none where it tells of several."""
    sums = [
        n for at, n in parsed.numbers.items() if sentence.start <= at < sentence.end and n.kind == "money"
    ]
    if len(sums) != 1 or not (_is_label(sentence, parsed, sums[0].span) or _tells(sentence.root, lexicon)):
        return None
    return sums[0]


def _is_label(sentence: Sentence, parsed: Parsed, number: Span) -> bool:
    """Whether a sentence is a label with its sum: 'Price tag: about $1 billion'."""
    ahead = [t for t in sentence if parsed.places[t.i].end <= number.start]
    colon = next((t.i for t in ahead if t.text == ":"), None)
    return colon is not None and any(t.lemma_.lower() in _COSTS for t in ahead if t.i < colon)


def _tells(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb tells what a deal comes to: 'the contract is worth', 'it is valued at', 'the price was'."""
    papers = lexicon.words["deal"] | lexicon.words["agreement"] | _COSTS
    subjects = syntax.children(verb, "nsubj", "nsubjpass")
    about = any(s.lower_ in _IT or s.lemma_.lower() in papers for s in subjects)
    worth = verb.lemma_ != "be" or any(
        t.lower_ == "worth" or t.lemma_.lower() in _COSTS for t in verb.subtree
    )
    return about and worth and verb.lemma_ in _COSTING and not syntax.children(verb, "neg")
