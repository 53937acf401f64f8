"""Makes corpora of varied documents with their gold, from the reference data; `bench.builds` times builds over them.

    python -m bench.corpus N [--seed S] [--out FOLDER]     texts and gold of N documents

A document depends on its number and the seed alone: the first 100 of a corpus of 1,000 are a corpus of 100.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from kg.reference import Entry, Holding, Reference, read_reference
from kg.settings import Settings

FIRST, DAYS = date(2018, 1, 8), 2600  # documents are dated from this day on, within so many


@dataclass(frozen=True)
class Plan:
    """A sentence that tells one fact: `roles` fill from `words` by the names of the slots in it."""

    type: str
    modality: str
    words: str
    roles: dict[str, tuple[str, ...]]
    values: tuple[str, ...] = ()


def _plan(type_: str, modality: str, words: str, values: str = "", **roles: str) -> Plan:
    return Plan(
        type_, modality, words, {r: tuple(s.split()) for r, s in roles.items()}, tuple(values.split())
    )


PLANS = (
    _plan("Meeting", "Actual", "{p} met {q} in {city} on {day}.", participant="p q", place="city"),
    _plan(
        "Meeting", "Actual", "{p} held talks with {q} in {city} on {day}.", participant="p q", place="city"
    ),
    _plan("Meeting", "Actual", "{a} and {b} held talks in {city} on {day}.", participant="a b", place="city"),
    _plan("Meeting", "Planned", "{p} will meet {q} in {city} next month.", participant="p q", place="city"),
    _plan("Visit", "Actual", "{p} visited {city} on {day}.", visitor="p", destination="city"),
    _plan("Visit", "Actual", "{p} travelled to {city} on {day}.", visitor="p", destination="city"),
    _plan("Visit", "Planned", "{p} plans to visit {city} next year.", visitor="p", destination="city"),
    _plan(
        "AgreementSigning",
        "Actual",
        "{a} and {b} signed a defence agreement in {city} on {day}.",
        party="a b",
    ),
    _plan(
        "AgreementSigning",
        "Actual",
        "{a} signed a memorandum of understanding with {b} on {day}.",
        party="a b",
    ),
    _plan("AgreementSigning", "Planned", "{a} and {b} plan to sign a security pact.", party="a b"),
    _plan(
        "JointExercise", "Actual", "{a} and {b} held a joint naval exercise in {month}.", participant="a b"
    ),
    _plan("JointExercise", "Planned", "{a} and {b} will hold a joint exercise next year.", participant="a b"),
    _plan(
        "Aid", "Actual", "{a} gave {b} {n} armoured vehicles in {month}.", "n", provider="a", recipient="b"
    ),
    _plan(
        "Aid",
        "Actual",
        "{a} provided {b} with $ {m} million in military aid.",
        "m",
        provider="a",
        recipient="b",
    ),
    _plan("Aid", "Planned", "{a} will give {b} {n} howitzers.", "n", provider="a", recipient="b"),
    _plan("Aid", "Denied", "{a} has not given {b} any missiles.", provider="a", recipient="b"),
    _plan(
        "ArmsTransfer", "Actual", "{a} ordered {n} drones from {b} in {month}.", "n", buyer="a", supplier="b"
    ),
    _plan(
        "Deployment",
        "Actual",
        "{a} deployed {n} soldiers to {city} in {month}.",
        "n",
        deployer="a",
        place="city",
    ),
    _plan("Deployment", "Planned", "{a} will deploy {n} troops to {city}.", "n", deployer="a", place="city"),
    _plan("ArmedConflict", "Actual", "{a} attacked {b} with drones on {day}.", belligerent="a", opponent="b"),
    _plan("Sanction", "Actual", "{a} imposed sanctions on {b} in {month}.", actor="a", target="b"),
    _plan("Training", "Actual", "{a} trained {n} soldiers of {b} in {month}.", "n", trainer="a", trainee="b"),
)
QUIET = (  # sentences that tell no fact of the kinds above
    "Observers in the region followed the news with interest.",
    "The weather was fine, and the streets were quiet.",
    "Details were not made public.",
    "It was the first news of its kind in months.",
    "Analysts see it as part of a longer trend.",
    "The text runs to a dozen pages and has three annexes.",
)
TITLES = ("{a} and {b} move closer", "A week in {city}", "What {a} wants from {b}", "News from {city}")


@dataclass(frozen=True)
class Made:
    """A document that was made: its name, its text, and the facts that it tells."""

    name: str
    text: str
    facts: tuple[dict[str, Any], ...]


class Corpus:
    """Makes documents from reference data."""

    def __init__(self, reference: Reference, seed: int) -> None:
        self._seed, self._reference = seed, reference
        entries = sorted(reference.entries.values(), key=lambda entry: entry.entity.iri)
        self._states = [entry for entry in entries if entry.entity.kind == "State"]
        self._cities = [e for e in entries if e.entity.kind == "City" and e.population > 300_000]
        self._cities = [city for city in self._cities if len(reference.named(city.entity.label)) == 1]
        people, states = reference.entries, {state.entity.iri for state in self._states}
        self._holdings = [h for h in reference.holdings if h.of in states and h.title and h.person in people]

    def document(self, number: int) -> Made:
        """The document of a number."""
        random = Random(f"{self._seed} {number}")  # noqa: S311  # a bench wants the same each time
        day = FIRST + timedelta(days=random.randrange(DAYS))
        title = self._filled(random.choice(TITLES), random, day)[0]
        text = f"{title}\n\n{day.strftime('%B %-d, %Y')}\n\n"
        name, facts = f"made-{number:06}", []
        for n in range(random.randint(4, 14)):
            if n and random.random() < 0.3:
                text += random.choice(QUIET)
            else:
                plan = random.choice(PLANS)
                words, slots = self._filled(plan.words, random, day)
                facts.append(_gold(name, plan, words, slots, len(text)))
                text += words
            text += "\n\n" if random.random() < 0.3 else " "
        return Made(name, text.rstrip() + "\n", tuple(facts))

    def _filled(self, words: str, random: Random, day: date) -> tuple[str, dict[str, Any]]:
        """A plan's words with its slots filled, and what fills them."""
        one, other = random.sample(self._states, 2)
        held = [h for h in self._holdings if (not h.start or h.start <= day) and (not h.end or day < h.end)]
        first, second = random.sample(held, 2)
        before = day - timedelta(days=random.randrange(1, 25))
        slots: dict[str, Any] = {
            **{"a": one, "b": other, "city": random.choice(self._cities)},
            **{"p": self._reference.entries[first.person], "q": self._reference.entries[second.person]},
            **{"day": before, "month": before, "n": random.randrange(2, 90), "m": random.randrange(2, 900)},
        }
        texts = {key: f.entity.label if isinstance(f, Entry) else str(f) for key, f in slots.items()}
        texts |= {"p": self._titled(first), "q": self._titled(second)}
        texts |= {"day": before.strftime("%-d %B %Y"), "month": before.strftime("%B %Y")}
        filled = words.replace("$ {m}", "${m}").format(**texts)
        return filled, {key: value for key, value in slots.items() if f"{{{key}}}" in words}

    def _titled(self, holding: Holding) -> str:
        """A person with office and country: 'Defence Minister Gen Nakatani of Japan'."""
        state = self._reference.entries[str(holding.of)].entity.label
        return f"{holding.title} {self._reference.entries[holding.person].entity.label} of {state}"


def _gold(name: str, plan: Plan, words: str, slots: dict[str, Any], at: int) -> dict[str, Any]:
    """The fact of a sentence as gold has it."""
    when = {"day": slots["day"].isoformat()} if "day" in slots else {}
    when |= {"month": slots["month"].isoformat()[:7]} if "month" in slots else {}
    values = {"n": "quantity", "m": "amount"}
    told = {values[v]: slots[v] * 1_000_000 if v == "m" else slots[v] for v in plan.values}
    return {
        "document": name,
        "type": plan.type,
        "modality": plan.modality,
        "roles": {role: [_filler(slots[slot]) for slot in names] for role, names in plan.roles.items()},
        "time": {"start": next(iter(when.values()))} if when else {},
        "values": told | ({"currency": "USD"} if "m" in plan.values else {}),
        "attributed_to": [],
        "reported_by": [],
        "quote": {"start": at, "end": at + len(words), "exact": words},
    }


def _filler(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {"label": entry.entity.label, "alt": sorted(entry.entity.alt)}
    known = [iri.rpartition("/")[2] for iri in entry.entity.same_as if "wikidata.org" in iri]
    return told | ({"wikidata": known[0]} if known else {})


def documents(count: int, seed: int = 1) -> Iterator[Made]:
    """So many documents, one at a time."""
    settings = Settings()
    corpus = Corpus(read_reference(settings.ontology, settings.base), seed)
    return (corpus.document(number) for number in range(count))


def write(made: Sequence[Made] | Iterator[Made], folder: Path) -> None:
    """Write texts and gold, a file of each for every document."""
    for part in ("texts", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for one in made:
        (folder / "texts" / f"{one.name}.txt").write_text(one.text, "utf-8")
        lines = (json.dumps(fact, ensure_ascii=False) for fact in one.facts)
        (folder / "gold" / f"{one.name}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.corpus")
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, default=Path("corpus"))
    given = options.parse_args()
    write(documents(given.count, given.seed), given.out)


if __name__ == "__main__":
    main()
