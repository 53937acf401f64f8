"""The right thing first: how well names in other spellings are reconciled.

    python -m bench.quality.reconciliation ../shared/reference/entities.tsv [--dist dist] [--seed N] [--misses]

Each row of the table is a thing with its Wikidata id. It is asked for by its label, by the aliases that the row tells
(a former English name, the title of its article, its ISO codes) and by the other names that the data set has for it;
each of these as it stands, with one edit (a letter put in, left out, replaced, or swapped with the next, four of each
name), with its words in other orders, and abbreviated (initials, forenames cut to a letter, words cut short).
Asked is the service itself, by `POST /reconcile`, without types, and once more with the type that the row has.

Right is an answer whose first candidate is linked to the row's id. Everything else is wrong, also where nobody could
know: an edit can make one thing's name another's (`Male` of `Mali`), and two states can share three letters. How
many of the questions are so, the exact name of something else, is told in a column of its own, and the share
without them beside the plain one.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask.testing import FlaskClient

from kg.search.folding import SMALL, initials, words
from kg.settings import Settings
from kg.web import create_app
from kg.web.service import Service
from kg.web.sources import PublishedSource

WIKIDATA = "http://www.wikidata.org/entity/"
TYPES = {  # the classes that the kinds of the table are among
    "country": "State", "city": "City", "person": "Person", "position": "Office", "outlet": "NewsOutlet",
    "company": "Company", "armed_force": "ArmedForce", "ministry": "GovernmentBody", "agency": "GovernmentBody",
    "organisation": "Organisation", "grouping": "Organisation", "party": "Organisation", "region": "Place",
}  # fmt: skip
FORMER = re.compile(r"NE name '(.+?)'(?:;|$)")
ARTICLE = re.compile(r"enwiki(?: then:)? (\S+?)(?:_\([^)]*\))?(?:;|$)")
ISO = re.compile(r"\bISO ([A-Z]{2})/([A-Z]{3})\b")
EDITS, BATCH = 4, 50
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Question:
    """A text asked for, the class of question, the kind and id of the thing that it should find."""

    text: str
    way: str
    kind: str
    wanted: str


@dataclass(frozen=True)
class World:
    """What the data set has: the Wikidata ids of its things, and the things of each name."""

    ids: Mapping[str, frozenset[str]]
    named: Mapping[tuple[str, ...], frozenset[str]]
    others: Mapping[str, Sequence[str]]


def questions(rows: Sequence[Mapping[str, str]], world: World, seed: int) -> Iterator[Question]:
    for row in rows:
        dice = random.Random(f"{seed} {row['qid']}")  # noqa: S311  # a sample, not a secret
        for how, names in named(row, world).items():
            for name in names:
                as_it_stands = Question(name, f"{how}, as it stands", row["kind"], row["qid"])
                yield as_it_stands
                if how != "code":
                    for way, text in spellings(name, row["kind"], dice):
                        yield replace(as_it_stands, text=text, way=f"{how}, {way}")


def named(row: Mapping[str, str], world: World) -> Mapping[str, list[str]]:
    """The names of a row by where they are from, each once."""
    label = re.sub(r" \(\d{4}-\)$", "", row["label"])
    told = FORMER.findall(row["note"]) + [n.replace("_", " ") for n in ARTICLE.findall(row["note"])]
    codes = [code for pair in ISO.findall(row["iso_geonames"]) for code in pair]
    found = {
        "label": [label],
        "alias": told,
        "code": codes,
        "other name": list(world.others.get(row["qid"], ())),
    }
    seen: set[tuple[str, ...]] = set()
    return {
        how: [name for name in names if words(name) not in seen and not seen.add(words(name))]  # type: ignore[func-returns-value]  # remembered as it is passed
        for how, names in found.items()
    }


def spellings(name: str, kind: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """A name in other spellings, each with the way in which it is other."""
    if len(name) > 2:
        for edit in range(EDITS):
            yield "one edit", edited(name, edit, dice)
    parts = name.split()
    if len(parts) > 1:
        yield "reordered", " ".join([*parts[1:], parts[0]])
        yield "reordered", f"{parts[-1]}, {' '.join(parts[:-1])}"
        if len(parts) > 2:
            yield "reordered", " ".join(dice.sample(parts, len(parts)))
        yield from (("abbreviated", text) for text in abbreviated(name, parts, kind))


def edited(name: str, edit: int, dice: random.Random) -> str:
    place, letter = dice.randrange(len(name)), dice.choice(LETTERS)
    swapped = min(place, len(name) - 2)
    return [
        name[:place] + letter + name[place:],
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place + 1 :],
        name[:swapped] + name[swapped + 1] + name[swapped] + name[swapped + 2 :],
    ][edit]


def abbreviated(name: str, parts: Sequence[str], kind: str) -> Iterator[str]:
    if kind == "person":
        yield f"{parts[0][0]}. {' '.join(parts[1:])}"
        return
    letters = initials(words(name)).upper()
    if len(letters) > 2:
        yield letters
    long = [part for part in parts if len(part) > 5 and part.lower() not in SMALL]
    for part in long:
        yield name.replace(part, part[:4] + ".", 1)  # Intern. Atomic …
        bare = part[0] + re.sub(r"[aeiou]", "", part[1:])
        if len(bare) > 2:
            yield name.replace(part, bare, 1)  # Dprtmnt of …


def candidates(client: FlaskClient, asked: Sequence[Question], *, typed: bool) -> Iterator[list[str]]:
    """The candidates for each question, asked for in batches as OpenRefine does."""
    for start in range(0, len(asked), BATCH):
        batch = {
            f"q{n}": {
                "query": q.text,
                "limit": 3,
                **({"type": TYPES[q.kind]} if typed and q.kind in TYPES else {}),
            }
            for n, q in enumerate(asked[start : start + BATCH])
        }
        answer = client.post("/reconcile", data={"queries": json.dumps(batch)}).json
        for key in batch:
            yield [candidate["id"] for candidate in answer[key]["result"]]


def world_of(source: PublishedSource) -> World:
    """What the published data set has."""
    ids: dict[str, set[str]] = defaultdict(set)
    for triple in source.published.store.triples(f"{source.base}graph/links"):
        if getattr(triple.object, "value", "").startswith(WIKIDATA):
            ids[triple.subject.value.removeprefix(f"{source.base}id/")].add(
                triple.object.value.removeprefix(WIKIDATA)
            )
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    others: dict[str, list[str]] = defaultdict(list)
    for entry in source.reader.index.entries:
        key = entry.iri.removeprefix(f"{source.base}id/")
        for name in entry.names:
            names[words(name.text)].add(key)
            if name.strength >= 0.98:  # not what means another thing by it: its people, its seat
                for qid in ids.get(key, ()):
                    others[qid].append(name.text)
    return World(
        {k: frozenset(v) for k, v in ids.items()}, {k: frozenset(v) for k, v in names.items()}, others
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--dist", type=Path, default=Settings().dist)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="print each question that was answered wrongly")
    given = parser.parse_args()
    with given.table.open(encoding="utf-8", newline="") as file:
        rows = [
            r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["kind"] != "kind"
        ]
    app = create_app(Settings(), given.dist)
    service: Service = app.extensions["entente"]
    assert isinstance(service.source, PublishedSource)
    world = world_of(service.source)
    asked = list(questions(rows, world, given.seed))
    for typed in (False, True):
        report(asked, list(candidates(app.test_client(), asked, typed=typed)), world, typed, given.misses)
    service.pool.close()


def report(
    asked: Sequence[Question], answers: Sequence[Sequence[str]], world: World, typed: bool, misses: bool
) -> None:
    right, taken, total = Counter[str](), Counter[str](), Counter[str]()
    for question, found in zip(asked, answers, strict=True):
        rows = (question.way, f"all, {question.way.split(', ')[1]}", "all")
        total.update(rows)
        if found and question.wanted in world.ids.get(found[0], ()):
            right.update(rows)
            continue
        others = world.named.get(words(question.text), frozenset())
        taken.update(
            rows if others and all(question.wanted not in world.ids.get(o, ()) for o in others) else ()
        )
        if misses:
            print(f"  {question.way}: {question.text!r} ({question.kind} {question.wanted}): {found}")
    heading = "with the type" if typed else "without types"
    print(f"{heading:32}{'asked':>8}{'right %':>9}{'ambiguous':>11}{'right % else':>14}")
    for way in sorted(total, key=lambda way: (way.startswith("all"), way == "all", way)):
        plain = 100 * right[way] / total[way]
        known = 100 * right[way] / max(total[way] - taken[way], 1)
        print(f"{way:32}{total[way]:>8}{plain:>9.1f}{taken[way]:>11}{known:>14.1f}")


if __name__ == "__main__":
    main()
