"""The lexicon and the reference data as rows: each with a hash of all it says, and the words that lead to it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from kg.annotate.people import folded, people
from kg.iri import unaccented
from kg.lexicon import Lexicon
from kg.reference import Holding, Reference, fold
from kg.touching.words import keys

_HASH = re.compile(r"[0-9a-f]{8}")  # ends the address of what has a long name or one in another script

Ask = tuple[int, ...]
"""Keys of words that a document must all have to ask for a row; none: every document may."""


@dataclass(frozen=True, slots=True)
class Row:
    """One part of what the mapping goes by.

    `what` is its sort and `name` that of which it tells. `value` is a hash of it. A document asks for it by all
    words of any of `asks`, or has come to another row that `leads` here.
    """

    what: str
    name: str
    value: bytes
    asks: tuple[Ask, ...]
    leads: tuple[str, ...] = ()


Rows = Mapping[str, Row]
"""Rows by keys that stay the same while they say other things."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def asked(reference: Reference) -> Reference:
    """The reference data that the mapping asks for: without memberships, and without offices but for who held them.

    It is given no other, so that nobody has to read documents again for a change in these.
    """
    entries = {iri: entry for iri, entry in reference.entries.items() if entry.entity.kind != "Office"}
    return replace(reference, entries=entries, memberships=())


def rows(lexicon: Lexicon, reference: Reference) -> Rows:
    """All that the mapping goes by; `reference` as `asked` has it."""
    told = (*_of_lexicon(lexicon), *_of_reference(lexicon, reference))
    return dict(told)


def _of_lexicon(lexicon: Lexicon) -> Iterator[tuple[str, Row]]:
    """A row for each trigger of a frame, each word of a class, each word that governs, and one for the classes.

    Whether there is a class and what it stands for is asked without any word of a document.
    """
    for frame in lexicon.frames:
        for sort, triggers in (("verb", frame.verbs), ("noun", frame.nouns)):
            value = _value(replace(frame, verbs=frozenset(), nouns=frozenset()))
            for trigger in triggers:
                yield (
                    f"frame {sort} {trigger} {frame.iri}",
                    Row("frame", frame.name, value, (_ask(trigger),)),
                )
    for name, words in lexicon.words.items():
        for word in words:
            yield f"class {name} {word}", Row("class of words", name, b"", (_ask(word),))
    for word, governor in lexicon.governors.items():
        bare = word.partition("/")[0]  # 'order/VERB' is asked for by the verb
        yield f"governor {word}", Row("governor", bare, _value(governor), (_ask(bare),))
    classes = sorted(lexicon.words), lexicon.kinds, lexicon.admits
    yield "classes", Row("list of classes of words", "", _value(classes), ((),))


def _of_reference(lexicon: Lexicon, reference: Reference) -> Iterator[tuple[str, Row]]:
    """A row for each thing, with the offices held by a person, who is also asked for by the family name alone."""
    families = {
        entry.entity.iri: family
        for family, entries in people(reference, lexicon.words["family-name-first"]).by_family_name.items()
        for entry in entries
    }
    held: dict[str, list[Holding]] = defaultdict(list)
    for holding in reference.holdings:
        held[holding.person].append(holding)
    capitals = _capitals(reference)
    for iri, entry in reference.entries.items():
        asks = {_ask(text) for name in entry.names for text in _spellings(name.text)}
        value: tuple[object, ...] = (entry,)
        if entry.entity.kind == "Person":
            asks |= {_ask(families[iri]), _ask(" ".join(_slug(iri)))}
            value = (entry, families[iri], held[iri])
        leads = {entry.country, *capitals.get(iri, ()), *(holding.of for holding in held.get(iri, ()))}
        yield (
            iri,
            Row(
                "reference row",
                iri,
                _value(value),
                tuple(sorted(asks)),
                tuple(sorted(filter(None, leads))),
            ),
        )
    nobodys = {person: told for person, told in held.items() if person not in reference.entries}
    yield "holdings", Row("list of holdings of unknown persons", "", _value(nobodys), ((),))


def _capitals(reference: Reference) -> Mapping[str, list[str]]:
    """Of states the cities that 'the capital' may stand for: those whose name is a way to say the state."""
    found: dict[str, list[str]] = defaultdict(list)
    metonyms = {
        iri: {fold(name.text) for name in entry.names if name.how == "metonym"}
        for iri, entry in reference.entries.items()
    }
    for iri, entry in reference.entries.items():
        own = metonyms.get(entry.country or "", set()) if entry.entity.kind == "City" else set()
        if any(fold(name.text) in own for name in entry.names):
            found[str(entry.country)].append(iri)
    return found


def _spellings(name: str) -> set[str]:
    """A name in the forms in which a document may have its words."""
    return {name} if name.isascii() else {name, unaccented(name), folded(name)}


def _slug(iri: str) -> list[str]:
    """The words that an address is made of; who has these in a document may get the same address there."""
    return [word for word in iri.rpartition("/")[2].split("-") if not _HASH.fullmatch(word)]


def _ask(words: str) -> Ask:
    return tuple(sorted(keys(words)))


def _value(told: Any) -> bytes:  # whatever is told, of any types
    return hashlib.sha256(_encode(told)).digest()[:16]
