"""The PLOVER gold standard records: which category each sentence tells, and between whom.

    python -m bench.quality.plover PLOVER_GSR_CAMEO.txt

The file is that of openeventdata/PLOVER, `gold_standard_records/` (CC BY-SA 4.0); it is read where it is given.

Each record is a sentence with one category of events and the texts of its actors. Our classes map to categories
as `CATEGORIES` says, whatever the modality; `RETREAT` is a deployment or a conflict that has ended. Categories
that the product does not cover (DEMAND, REJECT, PROTEST, DISAPPROVE, INVESTIGATE, CONCEDE, COERCE, SUPPORT) are no
targets, but what the mapping finds in their sentences counts against its precision in `all records`. A category is
right where the record has it; `with an actor` asks besides that one of the claim's fillers stands at the text of one
of the record's actors. AGREE counts also as told by a plan, which is what its sentences tell of ('agreed to …').
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.mapper import Mapper, frame_mapper
from kg.model import Claim, Document, Modality, Span
from kg.settings import Settings

CATEGORIES: Mapping[str, frozenset[str]] = {
    "Meeting": frozenset({"CONSULT"}),
    "Visit": frozenset({"CONSULT"}),
    "AgreementSigning": frozenset({"AGREE"}),
    "Cooperation": frozenset({"COOPERATE"}),
    "JointExercise": frozenset({"COOPERATE"}),
    "InformationSharing": frozenset({"COOPERATE"}),
    "Training": frozenset({"COOPERATE", "AID"}),
    "CapabilityDevelopment": frozenset({"COOPERATE"}),
    "ArmsTransfer": frozenset({"COOPERATE"}),
    "Aid": frozenset({"AID"}),
    "Sanction": frozenset({"SANCTION"}),
    "Threat": frozenset({"THREATEN"}),
    "ArmedConflict": frozenset({"FIGHT", "ASSAULT"}),
    "Deployment": frozenset({"MOBILIZE"}),
    "ForceBuildup": frozenset({"MOBILIZE"}),
    "WeaponTest": frozenset({"MOBILIZE"}),
}
COVERED = frozenset(c for found in CATEGORIES.values() for c in found) | {"RETREAT"}
ENDING = frozenset({"Deployment", "ArmedConflict"})
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """What the mapping finds in a record's sentence: categories, and those with one of the record's actors."""

    gold: str
    told: frozenset[str]
    acted: frozenset[str]


def categories(claim: Claim) -> frozenset[str]:
    if claim.modality is Modality.ENDED and claim.type in ENDING:
        return frozenset({"RETREAT"})
    planned = {"AGREE"} if claim.modality is Modality.PLANNED and claim.type in CATEGORIES else set()
    return CATEGORIES.get(claim.type, frozenset()) | planned


def find(record: Record, mapper: Mapper) -> Found:
    text = record["text"]
    claims = mapper.read(Document(record["id"], text, body=Span(0, len(text)))).claims
    acted = [claim for claim in claims if _names(claim, record)]
    return Found(record["event"], _union(claims), _union(acted))


def actors(record: Record) -> list[str]:
    """The texts of the actors on both sides; a side without any is an empty string in some records."""
    sides = [
        side for name in ("source", "target") for side in record.get(name) or () if isinstance(side, dict)
    ]
    return [side["actorText"] for side in sides if side.get("actorText")]


def _names(claim: Claim, record: Record) -> bool:
    """Whether a filler's words are among an actor's, or the other way round."""
    text = record["text"]
    words = [f.span.of(text) for _, fillers in claim.roles for f in fillers]
    return any(w in actor or actor in w for w in words for actor in actors(record))


def _union(claims: Iterable[Claim]) -> frozenset[str]:
    return frozenset(c for claim in claims for c in categories(claim))


def rates(hit: int, gold: int, told: int) -> str:
    precision, recall = hit / told if told else 0.0, hit / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return f"{100 * precision:10.1f}{100 * recall:10.1f}{100 * f1:10.1f}   {hit} of {gold} gold, {told} told"


def report(found: list[Found]) -> None:
    print(f"{'':24}{'precision':>10}{'recall':>10}{'F1':>10}")
    hits, golds, tolds = Counter[str](), Counter[str](), Counter[str]()
    for one in found:
        golds[one.gold] += 1
        tolds.update(one.told)
        hits[one.gold] += one.gold in one.told
    for name in sorted(COVERED):
        print(f"{name:24}{rates(hits[name], golds[name], tolds[name])}")
    covered = [one for one in found if one.gold in COVERED]
    for name, records in (("covered records", covered), ("all records", found)):
        told = sum(bool(one.told) for one in records)
        right = sum(one.gold in one.told for one in covered)
        print(f"{name:24}{rates(right, len(covered), told)}")
    acted = sum(one.gold in one.acted for one in covered)
    print(f"{'… with an actor':24}{rates(acted, len(covered), sum(bool(one.acted) for one in covered))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("records", type=Path)
    records = json.loads(parser.parse_args().records.read_text("utf-8"))
    mapper = frame_mapper(Settings())
    found = [
        find(record, mapper) for record in records if record.get("text") and record["event"] != "DOCUMENT"
    ]
    print(f"{len(found)} records, {sum(one.gold in COVERED for one in found)} of categories that are covered")
    report(found)


if __name__ == "__main__":
    main()
