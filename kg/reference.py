"""The reader of the reference data: what documents name, under which names, and who held which office when.

The data are the Turtle files of `ontology/reference/` and `ontology/links/`, told in `docs/ontology.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import RdfFormat, parse

from kg.model import Entity
from kg.terms import DEFAULT_BASE, PREFIXES, rebase, rebased

_Values = Mapping[str, list[str]]

_SKOS, _ENT, _GEO = PREFIXES["skos"], PREFIXES["ent"], PREFIXES["geo"]
_TYPE, _SAME_AS = PREFIXES["rdf"] + "type", PREFIXES["owl"] + "sameAs"
_GENDER = PREFIXES["foaf"] + "gender"
_LABEL = _SKOS + "prefLabel"
# The first that fits says how a name is meant: each abbreviation and short name is an altLabel, too.
_HOW = {
    _LABEL: "label",
    _ENT + "abbreviation": "abbreviation",
    _ENT + "shortName": "short",
    _SKOS + "altLabel": "alt",
    _ENT + "demonym": "demonym",
    _ENT + "metonym": "metonym",
}


class ReferenceDataError(ValueError):
    """Reference data that cannot be read: which file or thing, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing. `how` is label, alt, abbreviation, demonym, metonym or short.

    A short name is one that needs a country beside it: 'Ministry of Defence', 'Prime Minister'.
    """

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing with its names; `country` is the IRI of the state that it lies in or belongs to.

    Of an agreement, `parties` are the IRIs of the states that it is between.
    """

    entity: Entity
    names: tuple[Name, ...]
    country: str | None = None
    population: int = 0
    gender: str = ""
    latitude: float | None = None
    longitude: float | None = None
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person held an office of a state or body (`of`), by IRI; `end` is None while no end is known."""

    person: str
    office: str
    of: str | None
    title: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Membership:
    """That a state or body belonged to a group, by IRI; a date is None where it is not known."""

    member: str
    group: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Reference:
    """All reference data, looked up by IRI, by name, by office and by group."""

    entries: Mapping[str, Entry]
    holdings: tuple[Holding, ...]
    memberships: tuple[Membership, ...]

    @cached_property
    def _exact(self) -> Mapping[str, tuple[Entry, ...]]:
        return self._index(lambda text: text, _literal)

    @cached_property
    def _folded(self) -> Mapping[str, tuple[Entry, ...]]:
        return self._index(fold, lambda name: not _literal(name))

    def _index(
        self, key: Callable[[str], str], of: Callable[[Name], bool]
    ) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, dict[str, Entry]] = defaultdict(dict)
        for iri, entry in self.entries.items():
            for name in entry.names:
                if of(name):
                    found[key(name.text)][iri] = entry
        return {text: tuple(entries.values()) for text, entries in found.items()}

    def named(self, text: str) -> tuple[Entry, ...]:
        """Everything of this name: abbreviations and names in capitals to the letter, others in any case."""
        exact = self._exact.get(text, ())
        return exact + tuple(entry for entry in self._folded.get(fold(text), ()) if entry not in exact)

    def holders(self, office: str, on: date) -> tuple[Holding, ...]:
        """Who held the office on that day, as far as is known."""
        return tuple(h for h in self.holdings if h.office == office and _holds(h.start, h.end, on))

    def offices_of(self, person: str, on: date | None = None) -> tuple[Holding, ...]:
        """The offices that a person held on that day; without a day, ever."""
        return tuple(h for h in self.holdings if h.person == person and _holds(h.start, h.end, on))

    def members(self, group: str, on: date | None = None) -> tuple[str, ...]:
        """The IRIs of the group's members on that day; without a day, of all it ever had."""
        return tuple(m.member for m in self.memberships if m.group == group and _holds(m.start, m.end, on))


def read_reference(folder: Path, base: str = DEFAULT_BASE) -> Reference:
    """The reference data of an ontology folder, its IRIs under `base`.

    All is in the order of its IRIs, whatever stands first in the files. Raises ReferenceDataError, which names the
    file or the thing that cannot be read.
    """
    data = _read(sorted(folder.glob("reference/*.ttl")) + sorted(folder.glob("links/*.ttl")), base)
    ent = rebase(_ENT, base)
    how = {rebase(p, base): h for p, h in _HOW.items()}
    kinds: dict[str, list[tuple[str, _Values]]] = defaultdict(list)
    for iri, values in data.items():
        for kind in values.get(_TYPE, ()):
            if kind.startswith(ent):
                kinds[kind.removeprefix(ent)].append((iri, values))
    holdings = sorted(kinds.pop("OfficeHolding", []), key=_iri)
    memberships = sorted(kinds.pop("Membership", []), key=_iri)
    entries = {
        iri: _entry(iri, kind, values, how, ent) for kind, rows in kinds.items() for iri, values in rows
    }
    return Reference(
        MappingProxyType(dict(sorted(entries.items()))),
        tuple(_holding(iri, values, data, ent) for iri, values in holdings),
        tuple(_membership(iri, values, ent) for iri, values in memberships),
    )


def _iri(row: tuple[str, _Values]) -> str:
    return row[0]


def fold(text: str) -> str:
    """The form under which names are compared: case-folded, with straight apostrophes."""
    return text.replace("\u2019", "'").casefold()


def _read(files: Iterable[Path], base: str) -> Mapping[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        text = rebased(file, base)
        try:
            for quad in parse(text, format=RdfFormat.TURTLE):
                data[quad.subject.value][quad.predicate.value].append(quad.object.value)
        except SyntaxError as error:
            raise ReferenceDataError(f"{file}: {error}") from error
    return data


def _entry(iri: str, kind: str, values: _Values, how: Mapping[str, str], ent: str) -> Entry:
    names: dict[str, Name] = {}
    for predicate, meant in how.items():
        for text in values.get(predicate, ()):
            names.setdefault(text, Name(text, meant))
    label = _one(iri, values, _LABEL)
    alt = tuple(n.text for n in names.values() if n.how in {"alt", "abbreviation"})
    entity = Entity(iri, kind, label, alt, tuple(values.get(_SAME_AS, ())), reference=True)
    latitude, longitude = values.get(_GEO + "lat"), values.get(_GEO + "long")
    return Entry(
        entity,
        tuple(names.values()),
        country=_maybe(values, ent + "country"),
        parties=tuple(sorted(values.get(ent + "country", ()))) if kind == "Agreement" else (),
        population=int(_maybe(values, ent + "population") or 0),
        gender=_maybe(values, _GENDER) or "",
        latitude=float(latitude[0]) if latitude else None,
        longitude=float(longitude[0]) if longitude else None,
    )


def _holding(iri: str, values: _Values, data: Mapping[str, _Values], ent: str) -> Holding:
    office = _one(iri, values, ent + "office")
    return Holding(
        person=_one(iri, values, ent + "person"),
        office=office,
        of=_maybe(data[office], ent + "officeOf"),
        title=_maybe(values, ent + "title") or _maybe(data[office], ent + "title") or "",
        start=_date(_maybe(values, ent + "from")),
        end=_date(_maybe(values, ent + "to"), last=True),
    )


def _membership(iri: str, values: _Values, ent: str) -> Membership:
    return Membership(
        member=_one(iri, values, ent + "member"),
        group=_one(iri, values, ent + "group"),
        start=_date(_maybe(values, ent + "from")),
        end=_date(_maybe(values, ent + "to"), last=True),
    )


def _literal(name: Name) -> bool:
    return name.how == "abbreviation" or name.text.isupper()


def _holds(start: date | None, end: date | None, on: date | None) -> bool:
    return on is None or ((start is None or start <= on) and (end is None or on < end))


def _date(text: str | None, *, last: bool = False) -> date | None:
    """A day, of a year or a month its first (or, for an end, the first after it)."""
    if text is None:
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if last and not day:
        year, month = (year, month + 1) if 0 < month < 12 else (year + 1, 1)
    return date(year, month or 1, day or 1)


def _one(iri: str, values: _Values, predicate: str) -> str:
    found = values.get(predicate, [])
    if len(found) != 1:
        raise ReferenceDataError(f"{iri} has {len(found)} values of {predicate}, needs one: {found}")
    return found[0]


def _maybe(values: _Values, predicate: str) -> str | None:
    found = values.get(predicate)
    return found[0] if found else None
