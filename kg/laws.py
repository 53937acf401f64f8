"""The laws of evidence, which the claims of an extractor that is plugged in must pass.

A quote stands in the text letter for letter at its offsets; the sentences of the quote name each filler; types,
roles and kinds are the ontology's; a thing is one of the reference data, under a name it has there, or is minted
from its kind and label. What breaks a law is refused, and listed as an omission with the reason.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import spacy
from pyoxigraph import RdfFormat, parse

from kg.iri import Mint
from kg.model import Claim, Document, Entity, Evidence, Filler, Mention, Modality, Omission, Reading, Span
from kg.reference import Reference, fold
from kg.terms import DEFAULT_BASE, PREFIXES

LONGEST_QUOTE = 1000  # characters; a quote of a whole document would name everybody
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")

Broken = tuple[str, str]
"""The law that is broken, as a short key, and what breaks it."""


@dataclass(frozen=True)
class Laws:
    """Judges readings. `roles` are those of each class of events, `kinds` the classes of what fills them."""

    reference: Reference
    roles: Mapping[str, frozenset[str]]
    kinds: frozenset[str]
    mint: Mint

    def upheld(self, reading: Reading, document: Document, extractor: str) -> Reading:
        """The reading with what the laws allow; what they refuse is among its omissions, with the reason."""
        sentences = self._sentences(document.text)
        claims, omissions = [], [o for o in reading.omissions if _stands(o.evidence, document)]
        for claim in reading.claims:
            broken = next(self._broken(claim, document, sentences), None)
            if broken is None:
                claims.append(self._settled(claim, extractor))
            else:
                detail = f"{claim.type}: {broken[1]}" if broken[1] else claim.type
                omissions.append(Omission("claim", _at(claim.evidence.span, document), broken[0], detail))
        mentions = []
        for mention in reading.mentions:
            if (known := self._known(mention.entity)) and self._names(mention.span, known, document.text):
                mentions.append(replace(mention, entity=known))
            else:
                at = _at(mention.span, document)
                omissions.append(Omission("mention", at, "filler-not-named", mention.entity.label))
        return Reading(
            document,
            tuple(sorted(mentions, key=_place)),
            tuple(sorted(claims, key=lambda c: (c.evidence.span, c.type, c.rule))),
            tuple(sorted(set(omissions), key=lambda o: (o.evidence.span, o.reason, o.detail))),
            extractor,
            reading.notes,
        )

    def _broken(self, claim: Claim, document: Document, sentences: tuple[Span, ...]) -> Iterator[Broken]:
        """The laws that a claim breaks."""
        if claim.document != document.name:
            yield "other-document", claim.document
        if claim.type not in self.roles:
            yield "unknown-class", ""
        for role in sorted({role for role, _ in claim.roles} - self.roles.get(claim.type, frozenset())):
            yield "unknown-role", role
        yield from _malformed(claim)
        yield from _misquoted(claim, document)
        yield from self._unnamed(claim, document.text, sentences)

    def _unnamed(self, claim: Claim, text: str, sentences: tuple[Span, ...]) -> Iterator[Broken]:
        """Fillers that the sentences of the quote do not name, and sources that the text does not."""
        if not any(fillers for _, fillers in claim.roles):
            yield "no-filler", ""
        quotes = [e.span for e in (claim.evidence, *claim.also_told)]
        near = tuple(s for s in sentences if any(s.start < q.end and q.start < s.end for q in quotes))
        for role, fillers in claim.roles:
            for filler in fillers:
                if not self._is_named(filler, text, near):
                    yield "filler-not-named", f"{role}: {filler.entity.label}"
        for source in (*claim.attributed_to, *claim.reported_by):
            if not self._is_named(source, text, sentences):
                yield "source-not-named", source.entity.label

    def _is_named(self, filler: Filler, text: str, within: tuple[Span, ...]) -> bool:
        """Whether a filler is a known thing, and is named where it says, within one of the sentences."""
        entity = self._known(filler.entity)
        acts_for = filler.acts_for is None or self._known(filler.acts_for) is not None
        here = any(sentence.covers(filler.span) for sentence in within)
        return entity is not None and acts_for and here and self._names(filler.span, entity, text)

    def _known(self, entity: Entity) -> Entity | None:
        """The thing as the data have it: of the reference data, or minted from kind and label; else None."""
        if (entry := self.reference.entries.get(entity.iri)) is not None:
            return entry.entity
        if entity.kind not in self.kinds or not entity.label.strip():
            return None
        if entity.iri != self.mint.thing(entity.kind, entity.label):
            return None
        return replace(entity, same_as=(), reference=False)

    def _names(self, span: Span, entity: Entity, text: str) -> bool:
        """Whether the words at a stretch are a name of the thing, or words that its label begins or ends with."""
        if not 0 <= span.start < span.end <= len(text):
            return False
        words, label = fold(span.of(text)).split(), fold(entity.label).split()
        entry = self.reference.entries.get(entity.iri)
        if entry is not None and any(words == fold(name.text).split() for name in entry.names):
            return True
        shorter = entry is None or entity.kind == "Person"
        return words == label or (shorter and words in (label[: len(words)], label[-len(words) :]))

    def _settled(self, claim: Claim, extractor: str) -> Claim:
        """A claim that passed, its things as the data have them, and its rule an IRI."""
        rule = claim.rule if claim.rule.startswith(("http://", "https://")) else ""
        return replace(
            claim,
            roles=tuple(
                (role, tuple(map(self._filler, fillers))) for role, fillers in claim.roles if fillers
            ),
            attributed_to=tuple(map(self._filler, claim.attributed_to)),
            reported_by=tuple(map(self._filler, claim.reported_by)),
            rule=rule or self.mint.thing("Extractor", extractor),
        )

    def _filler(self, filler: Filler) -> Filler:
        acts_for = self._known(filler.acts_for) if filler.acts_for else None
        return replace(filler, entity=self._known(filler.entity) or filler.entity, acts_for=acts_for)

    @cached_property
    def _sentences(self) -> Callable[[str], tuple[Span, ...]]:
        """Parts a text into sentences: at full stops, and nowhere but within a paragraph."""
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")

        def parted(text: str) -> tuple[Span, ...]:
            return tuple(
                Span(p.start() + s.start_char, p.start() + s.end_char)
                for p in _PARAGRAPH.finditer(text)
                for s in nlp(p[0]).sents
            )

        return parted


def read_laws(ontology: Path, reference: Reference, base: str) -> Laws:
    """The laws by an ontology folder: there `schema:domainIncludes` says whose a role is, and
    `schema:rangeIncludes` what fills it.
    """
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quad in parse(
        (ontology / "entente.ttl").read_bytes(), format=RdfFormat.TURTLE, base_iri=DEFAULT_BASE
    ):
        told[quad.predicate.value].append((_local(quad.subject.value), _local(quad.object.value)))
    narrower: dict[str, set[str]] = defaultdict(set)
    for below, above in told[PREFIXES["rdfs"] + "subClassOf"]:
        narrower[above].add(below)
    events = _below({"Event"}, narrower)
    roles: dict[str, set[str]] = defaultdict(set)
    for role, event in told[PREFIXES["schema"] + "domainIncludes"]:
        if event in events:
            roles[event].add(role)
    ranges = {kind for _, kind in told[PREFIXES["schema"] + "rangeIncludes"]}
    return Laws(
        reference,
        {name: frozenset(found) for name, found in roles.items()},
        _below(ranges, narrower),
        Mint(base),
    )


def _below(tops: set[str], narrower: Mapping[str, set[str]]) -> frozenset[str]:
    """The classes and all that are narrower."""
    found: set[str] = set()
    waiting = list(tops)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += narrower.get(name, ())
    return frozenset(found)


def _local(iri: str) -> str:
    return iri.removeprefix(f"{DEFAULT_BASE}ontology#")


def _misquoted(claim: Claim, document: Document) -> Iterator[Broken]:
    """Quotes that do not stand where they say, or that are no quotes any more for their length."""
    for evidence in (claim.evidence, *claim.also_told):
        if not _stands(evidence, document):
            yield "quote-not-in-text", evidence.exact
        elif len(evidence.exact) > LONGEST_QUOTE:
            yield "quote-too-long", f"{len(evidence.exact)} characters"


def _stands(evidence: Evidence, document: Document) -> bool:
    """Whether a quote stands in the text letter for letter at its offsets."""
    span = evidence.span
    inside = 0 <= span.start < span.end <= len(document.text)
    return inside and bool(evidence.exact.strip()) and span.of(document.text) == evidence.exact


def _at(span: Span, document: Document) -> Evidence:
    """What really stands at a stretch, or next to it where the stretch lies beyond the text."""
    start = min(max(span.start, 0), max(len(document.text) - 1, 0))
    real = Span(start, min(max(span.end, start + 1), len(document.text)))
    return Evidence(real, real.of(document.text))


def _malformed(claim: Claim) -> Iterator[Broken]:
    """A modality, dates (ISO 8601), numbers and currencies (ISO 4217) that are none."""
    if claim.modality not in set(Modality):
        yield "unknown-modality", str(claim.modality)
    for told in filter(None, (claim.time.start, claim.time.end)):
        try:
            date.fromisoformat(f"{told}-01-01"[:10] if _DATE.fullmatch(told) else told)
        except ValueError:
            yield "not-a-date", told
    values = claim.values
    for number in (values.amount, values.quantity, values.share_of_gdp):
        if number is not None and not (math.isfinite(number) and number >= 0):
            yield "not-a-number", str(number)
    if values.currency is not None and not re.fullmatch("[A-Z]{3}", values.currency):
        yield "not-a-currency", values.currency


def _place(mention: Mention) -> tuple[Span, str]:
    return mention.span, mention.entity.iri
