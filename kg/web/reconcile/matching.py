"""Candidates for a query: by name or identifier, held to its types, and moved by its hints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from kg.search import THING, Entry
from kg.search.folding import words
from kg.terms import PREFIXES
from kg.web.identities import identities
from kg.web.reading import Reader, value_of
from kg.web.reconcile.identifiers import entity_iri, term_iri
from kg.web.reconcile.queries import Hint, Query

SAME_AS = PREFIXES["owl"] + "sameAs"
WIDER = 5  # how many times as many candidates are looked at where hints may reorder them
HINT = 0.5  # what a hint weighs beside the name
ALIKE = 0.8  # from which likeness on a text is nearly a value
MATCH, BEHIND = 90.0, 8.0  # from which score on, and with which lead, a candidate is called the one meant


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant, from 0 to 100 how likely, what that is made of, and whether it is
    taken to be the one."""

    entry: Entry
    score: float
    features: Mapping[str, float]
    match: bool = False


def candidates(reader: Reader, query: Query) -> list[Candidate]:
    """The candidates for a query, the likeliest first."""
    found = list(_named(reader, query) if query.name or query.id else _with_values(reader, query))
    kinds = {term_iri(kind, reader.published.base) for kind in query.types}
    if query.strict == "all":
        found = [c for c in found if kinds <= {*c.entry.kinds}]
    hinted = [_hinted(reader, candidate, query) for candidate in found] if query.hints else found
    ranked = sorted((c for c in hinted if c), key=lambda c: (-c.score, -c.entry.prominence))
    return _decided(ranked)[: query.limit]


def identified(reader: Reader, identifier: str) -> list[Entry]:
    """What an identifier of ours or of another data set stands for (`state/japan`, an IRI, `Q17`)."""
    index = reader.index
    iri = entity_iri(identifier.strip(), reader.published.base)
    if iri in index:
        return [index[iri]] if THING in index[iri].kinds else []
    found = dict.fromkeys(one.thing for one in identities(reader, identifier) if one.relation == SAME_AS)
    return [index[one] for one in found if one in index]


def _named(reader: Reader, query: Query) -> Iterator[Candidate]:
    exact = identified(reader, query.id or query.name)
    yield from (Candidate(entry, 100.0, {"name": 100.0}) for entry in exact)
    if not query.name:
        return
    kinds = [term_iri(kind, reader.published.base) for kind in query.types]
    wanted = [THING] if query.strict == "should" or not kinds else kinds
    most = query.limit * WIDER if query.hints or query.strict != "any" else query.limit
    for hit in reader.index.search(query.name, wanted, most):
        if hit.entry not in exact and THING in hit.entry.kinds:
            of_type = {"type": float(bool({*kinds} & {*hit.entry.kinds}))} if kinds else {}
            yield Candidate(hit.entry, hit.score, {"name": hit.score, **of_type})


def _with_values(reader: Reader, query: Query) -> Iterator[Candidate]:
    """Without a name: whatever has one of the values."""
    seen: set[str] = set()
    kinds = {term_iri(kind, reader.published.base) for kind in query.types}
    for hint in query.hints:
        for iri in _holders(reader, hint):
            if iri in reader.index and iri not in seen:
                seen.add(iri)
                entry = reader.index[iri]
                if THING in entry.kinds and (not kinds or kinds & {*entry.kinds}):
                    yield Candidate(entry, 0.0, {})


def _holders(reader: Reader, hint: Hint) -> Iterator[str]:
    base = reader.published.base
    wanted = term_iri(hint.property, base)
    for value in hint.values:
        for entry in [*identified(reader, value), *(h.entry for h in reader.index.search(value, [THING], 3))]:
            yield from (str(value_of(s.subject)) for s in reader.incoming(entry.iri) if s.property == wanted)
        for row in reader.rows("valued", property=wanted):
            if words(value_of(row["value"])) == words(value):
                yield value_of(row["thing"])


def _hinted(reader: Reader, candidate: Candidate, query: Query) -> Candidate | None:
    """The candidate with its hints counted in; None where it lacks what is required."""
    values = _values(reader, candidate.entry.iri)
    base = reader.published.base
    features = dict(candidate.features)
    total, weight = (candidate.score / 100, 1.0) if query.name or query.id else (0.0, 0.0)
    for hint in query.hints:
        fits = _fits(hint, values.get(term_iri(hint.property, base), ()))
        if hint.required and fits < ALIKE:
            return None
        features[f"property {hint.property}"] = round(100 * fits, 1)
        total, weight = total + HINT * fits, weight + HINT
    return replace(candidate, score=round(100 * total / weight, 1), features=features)


def _fits(hint: Hint, values: Sequence[str]) -> float:
    """How well the values of a property are those of a hint, from 0 to 1."""
    each = [max((_alike(wanted, value) for value in values), default=0.0) for wanted in hint.values]
    if hint.quantifier == "none":
        return 1.0 - max(each, default=0.0)
    return (min if hint.quantifier == "all" else max)(each, default=0.0)


def _alike(wanted: str, value: str) -> float:
    if wanted == value:
        return 1.0
    likeness = OSA.normalized_similarity(" ".join(words(wanted)), " ".join(words(value)))
    return likeness if likeness >= ALIKE else 0.0


def _values(reader: Reader, iri: str) -> Mapping[str, list[str]]:
    """The values of each property of a thing, as texts; a thing's names and identifiers for a thing."""
    found: dict[str, list[str]] = {}
    base = reader.published.base
    for statement in reader.outgoing(iri):
        value = value_of(statement.value)
        texts = found.setdefault(statement.property, [])
        texts.append(value)
        if value in reader.index:
            texts += [value.removeprefix(f"{base}id/"), *(name.text for name in reader.index[value].names)]
        elif value.startswith(("http://", "https://")):
            texts.append(value.rstrip("/").rsplit("/", 1)[-1])
    return found


def _decided(ranked: list[Candidate]) -> list[Candidate]:
    """The first is a match where it fits well and the next is well behind."""
    second = ranked[1].score if len(ranked) > 1 else 0.0
    return [
        replace(c, match=place == 0 and c.score >= MATCH and c.score - second >= BEHIND)
        for place, c in enumerate(ranked)
    ]
