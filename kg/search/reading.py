"""Reads what can be found out of a published version, and makes the index of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import log1p, log10
from pathlib import Path

import pyoxigraph as ox

from kg.published import Published
from kg.search.entries import DOCUMENT, TERM, THING, Entry, Name
from kg.search.index import Index
from kg.store import AnyTerm
from kg.terms import PREFIXES, rebased

QUERIES = Path(__file__).parent / "queries"
_SKOS = PREFIXES["skos"]
LABELS = (_SKOS + "prefLabel", PREFIXES["rdfs"] + "label")
# How well a name stands for its thing: a demonym or a metonym names another thing with it, a short name needs a
# country beside it.
STRENGTHS = {
    _SKOS + "altLabel": 0.98,
    "abbreviation": 0.98,
    _SKOS + "notation": 0.95,
    "demonym": 0.9,
    "metonym": 0.85,
    "shortName": 0.9,
}
TOWN, LARGEST_CITY = 5.0, 7.6  # of how many people (as a power of ten) a place is known for its size

Row = Mapping[str, AnyTerm | None]


def read_index(published: Published) -> Index:
    """The index of everything in a published version that has a name."""
    return Index(read_entries(published))


def read_entries(published: Published) -> Iterator[Entry]:
    """The things, terms and documents of a published version, in the order of their IRIs."""
    names, kinds = _names(published), _kinds(published)
    notes, prominence = _notes(published, names, kinds), _prominence(published)
    ontology = f"{published.base}ontology#"
    for iri in sorted(
        iri for iri in names if not iri.startswith(f"{ontology[:-1]}/")
    ):  # the lexicon's frames
        told = tuple(sorted(names[iri], key=lambda name: (-name.strength, name.text)))
        if iri.startswith(ontology):
            yield Entry(iri, told[0].text, (TERM,), told, "term of the ontology", prominence.get(iri, 0.0))
        elif iri in kinds:
            note = notes.get(iri, "")
            yield Entry(iri, told[0].text, (*kinds[iri], THING), told, note, prominence.get(iri, 0.0))
    for document in published.documents.values():
        label = document.title or document.name
        told = tuple(Name(text) for text in dict.fromkeys([label, document.name]))
        note = ", ".join(part for part in ("document", document.date) if part)
        yield Entry(document.iri, label, (DOCUMENT,), told, note)


def _rows(published: Published, query: str) -> Iterator[Row]:
    found = published.store.query(rebased(QUERIES / f"{query}.rq", published.base))
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{query}.rq is no SELECT query")
    variables = [variable.value for variable in found.variables]
    for solution in found:
        yield {name: solution[name] for name in variables}


def _value(term: AnyTerm | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value


def _names(published: Published) -> Mapping[str, list[Name]]:
    """The names of each thing; one that is so by several properties is as strong as by the weakest."""
    strengths: dict[str, dict[str, float]] = defaultdict(dict)
    ontology = f"{published.base}ontology#"
    for row in _rows(published, "names"):
        naming = _value(row["naming"]).removeprefix(ontology)
        known = strengths[_value(row["thing"])]
        text, strength = _value(row["name"]), STRENGTHS.get(naming, 1.0)
        known[text] = 1.0 if 1.0 in (strength, known.get(text)) else min(strength, known.get(text, strength))
    return {
        iri: [Name(text, strength) for text, strength in known.items()]
        for iri, known in strengths.items()
        if 1.0 in known.values()
    }


def _kinds(published: Published) -> Mapping[str, tuple[str, ...]]:
    """The classes of each thing: those that it is said to be of, then those that follow."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in _rows(published, "kinds"):
        found[_value(row["thing"])].append((_value(row["follows"]) == "true", _value(row["kind"])))
    return {iri: tuple(dict.fromkeys(kind for _, kind in sorted(told))) for iri, told in found.items()}


def _notes(
    published: Published, names: Mapping[str, list[Name]], kinds: Mapping[str, tuple[str, ...]]
) -> Mapping[str, str]:
    """What tells things of one name apart: their class, and where they lie or what they are of."""

    def label(iri: str) -> str:
        return next((name.text for name in names.get(iri, ()) if name.strength == 1.0), "")

    beside: dict[str, tuple[str, str]] = {}
    for row in _rows(published, "beside"):
        if row["beside"] is not None:
            iri, told = _value(row["thing"]), (_value(row["from"]), label(_value(row["beside"])))
            beside[iri] = max(told, beside.get(iri, told))
    return {
        iri: ", ".join(part for part in (label(own[0]), beside.get(iri, ("", ""))[1]) if part)
        for iri, own in kinds.items()
    }


def _prominence(published: Published) -> Mapping[str, float]:
    """How much things are told of, or how many live there, on a scale from 0 to 1."""
    times = {_value(row["thing"]): int(_value(row["times"])) for row in _rows(published, "mentions")}
    most = log1p(max(times.values(), default=1))
    found = {iri: log1p(number) / most for iri, number in times.items()}
    for row in _rows(published, "beside"):
        if row["population"] is not None:
            iri, people = _value(row["thing"]), max(float(_value(row["population"])), 1.0)
            size = (log10(people) - TOWN) / (LARGEST_CITY - TOWN) / 2
            found[iri] = max(found.get(iri, 0.0), min(size, 0.5))
    return found
