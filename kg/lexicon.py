"""Reads the lexicon of frames: how classes of events are worded, as reviewed text in `ontology/frames/`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from kg.model import Modality

_ENT = "https://w3id.org/entente/ontology#"  # the lexicon is written with the default base
_SLOT = re.compile(r"\s*(?P<role>\w+)(?P<needed>!?)\s*=\s*(?P<places>.+?)\s*$")
_PLACE = re.compile(r"(?P<path>[\w.-]+)(?:\[(?P<filter>[\w-]+)\])?$")

# Conditions on a filler that are no class of words: what a place may ask for besides.
BUILT_IN = frozenset({"bodily", "agent", "named", "place", "side", "aggressor", "effect", "date", "taken-up"})


class LexiconError(ValueError):
    """A line of the lexicon that cannot be read: which frame, what stands there, what is wanted."""

    def __init__(self, where: str, text: str, wanted: str) -> None:
        super().__init__(f"{where}: {text!r}: {wanted}")
        self.where, self.text, self.wanted = where, text, wanted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a filler stands: a path from the trigger, and the class its head must be of."""

    path: str
    filter: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A role and the places where its fillers stand; `_` is a condition and no role.

    `choices` are groups of places: a later one counts only where those before it hold nothing.
    """

    role: str
    choices: tuple[tuple[Place, ...], ...]
    needed: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, of whatever group."""
        return tuple(place for group in self.choices for place in group)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a class of events is worded."""

    iri: str
    evokes: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    slots: tuple[Slot, ...]
    about: str | None = None
    at_least: int = 1
    sets: Modality | None = None
    needs_number: bool = False
    needs_time: bool = False
    follows: bool = False
    resumes: bool = False
    unless: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The frame's local name."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Governor:
    """What a word makes of what stands under it; `over` and `deeds` as `governors.ttl` tells them."""

    sets: Modality
    over: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Frames by their triggers, classes of words, governors of modality."""

    frames: tuple[Frame, ...]
    words: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]
    admits: Mapping[str, frozenset[str]]
    governors: Mapping[str, Governor]
    verbs: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)
    nouns: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a folder of Turtle files; raises LexiconError for a frame that cannot be read."""
    graph = Graph()
    for file in sorted(folder.glob("*.ttl")):
        graph.parse(file, format="turtle")
    frames = tuple(
        sorted((_frame(graph, f) for f in graph.subjects(RDF.type, _ent("Frame"))), key=lambda f: f.iri)
    )
    words = {_local(c): _texts(graph, c, "word") for c in graph.subjects(RDF.type, _ent("WordClass"))}
    kinds = {
        _local(c): str(graph.value(c, _ent("kind"))) for c in sorted(graph.subjects(_ent("kind")), key=str)
    }
    admits = {_local(c): _texts(graph, c, "admits") for c in graph.subjects(_ent("admits"))}
    governors = {
        word: Governor(
            Modality(_local(graph.value(g, _ent("sets")))), _texts(graph, g, "over"), _texts(graph, g, "deed")
        )
        for g in sorted(graph.subjects(RDF.type, _ent("Governor")), key=str, reverse=True)
        for word in _texts(graph, g, "word")
    }
    _check(frames, words.keys() | BUILT_IN)
    return Lexicon(frames, words, kinds, admits, governors, _by(frames, "verbs"), _by(frames, "nouns"))


def _check(frames: tuple[Frame, ...], classes: Set[str]) -> None:
    """Raises LexiconError where a frame asks for a class of words that there is not."""
    for frame in frames:
        for place in (p for slot in frame.slots for p in slot.places):
            if place.filter and place.filter not in classes:
                raise LexiconError(frame.iri, place.filter, "a class of words that the lexicon has")


def _by(frames: tuple[Frame, ...], which: str) -> Mapping[str, tuple[Frame, ...]]:
    table: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        for word in getattr(frame, which):
            table[word].append(frame)
    return {word: tuple(found) for word, found in table.items()}


def _frame(graph: Graph, iri: Node) -> Frame:
    sets = graph.value(iri, _ent("sets"))
    about = graph.value(iri, _ent("about"))
    return Frame(
        iri=str(iri),
        evokes=_local(graph.value(iri, _ent("evokes"))),
        verbs=_texts(graph, iri, "verb"),
        nouns=_texts(graph, iri, "noun"),
        slots=tuple(_slots(str(iri), str(graph.value(iri, _ent("slots"))))),
        about=str(about) if about is not None else None,
        at_least=int(str(graph.value(iri, _ent("atLeast"), default=Literal(1)))),
        sets=Modality(_local(sets)) if sets is not None else None,
        needs_number=str(graph.value(iri, _ent("needsNumber"))) == "true",
        needs_time=str(graph.value(iri, _ent("needsTime"))) == "true",
        follows=str(graph.value(iri, _ent("follows"))) == "true",
        resumes=str(graph.value(iri, _ent("resumes"))) == "true",
        unless=frozenset(_local(f) for f in graph.objects(iri, _ent("unless"))),
    )


def _slots(where: str, text: str) -> Iterator[Slot]:
    for part in text.split(";"):
        match = _SLOT.match(part)
        if not match:
            raise LexiconError(where, part, "role = place, place[class], …")
        choices = tuple(
            tuple(_place(where, place) for place in group.split(",")) for group in match["places"].split("|")
        )
        yield Slot(match["role"], choices, bool(match["needed"]))


def _place(where: str, text: str) -> Place:
    told = _PLACE.match(text.strip())
    if not told:
        raise LexiconError(
            where, text, "subj, obj, iobj, self or a preposition, with [class] behind it or not"
        )
    return Place(told["path"], told["filter"])


def _texts(graph: Graph, node: Node, name: str) -> frozenset[str]:
    return frozenset(str(t) for t in graph.objects(node, _ent(name)))


def _ent(name: str) -> URIRef:
    return URIRef(_ENT + name)


def _local(node: object) -> str:
    return str(node).rpartition("#")[2]
