"""What holds of whatever the mapping gives, over the documents of the gold; and how well it must do on them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from kg.export import json_lines, record
from kg.extract.triggers import triggers
from kg.model import Omission, Reading
from kg.read import read
from tests.extract.sentences import mapper, reading

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
pytestmark = pytest.mark.skipif(not EVAL.exists(), reason="needs the gold, ../shared/eval")
# Floors and, for `overclaim`, the ceiling: the seed's as promised, the others' what was reached, less two points.
FLOORS = {
    "seed": {"argument_f1": 93, "modality": 98, "quote": 100},
    "dev": {
        **{"argument_f1": 75, "fact_f1": 79, "source_f1": 90},
        **{"link": 97, "time": 91, "value": 88, "modality": 94, "quote": 100},
    },
}
CEILINGS = {"seed": 0, "dev": 5.1}  # 3 of about 60


@cache
def readings(name: str) -> tuple[Reading, ...]:
    return tuple(mapper().read(read(path)) for path in sorted((EVAL / name / "texts").glob("*.txt")))


@cache
def figures(name: str, folder: Path) -> dict[str, float]:
    for one in readings(name):
        file = folder / f"{one.document.name}.jsonl"
        file.write_text("".join(f"{line}\n" for line in json_lines(map(record, one.claims))), "utf-8")
    gold, texts = EVAL / name / "gold", EVAL / name / "texts"
    command = [sys.executable, EVAL / "score.py", gold, folder, "--texts", texts, "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(told)


@pytest.mark.parametrize("name", FLOORS)
def test_every_quote_and_every_filler_stands_in_the_text_at_its_offsets(name: str) -> None:
    for one in readings(name):
        text = one.document.text
        for claim in one.claims:
            for told in (claim.evidence, *claim.also_told):
                assert told.exact
                assert told.span.of(text) == told.exact
            for filler in (f for _, fillers in claim.roles for f in fillers):
                assert 0 <= filler.span.start < filler.span.end <= len(text)


@pytest.mark.parametrize("name", FLOORS)
def test_every_claim_has_a_filler_and_fills_no_role_with_one_thing_twice(name: str) -> None:
    for claim in (c for one in readings(name) for c in one.claims):
        assert any(fillers for _, fillers in claim.roles)
        for _, fillers in claim.roles:
            assert len({f.entity.iri for f in fillers}) == len(fillers)


@pytest.mark.parametrize("name", FLOORS)
def test_the_figures_do_not_fall(name: str, tmp_path: Path) -> None:
    got = figures(name, tmp_path)
    assert {figure: got[figure] for figure, floor in FLOORS[name].items() if got[figure] < floor} == {}
    assert got["overclaim"] <= CEILINGS[name]


@pytest.mark.parametrize("name", FLOORS)
def test_every_word_of_the_lexicon_gives_a_claim_or_is_listed_with_the_reason(name: str) -> None:
    unseen = [f"{one.document.name}: {word}" for one in readings(name) for word in silent(one)]
    assert unseen == []


def silent(one: Reading) -> list[str]:
    """The triggers of a document that neither a claim's quote nor an omission covers."""
    found = []
    annotated = mapper().annotator.annotate(one.document)
    told = [e.span for c in one.claims for e in (c.evidence, *c.also_told)]
    told += [o.evidence.span for o in one.omissions]
    for parsed in annotated.passages:
        if parsed.kind == "heading":
            continue
        for sentence in parsed.doc.sents:
            for trigger, _ in triggers(sentence, parsed, mapper().extractor.lexicon):
                span = parsed.span(trigger.token)
                if not any(stretch.start < span.end and span.start < stretch.end for stretch in told):
                    found.append(parsed.words(span))
    return found


REASONS = [
    ("a trigger without its sides", "Troops were deployed.", "trigger", "deployed", "no-filler"),
    (
        "what is only supposed",
        "If Poland sent troops to Ukraine, Russia would protest.",
        "trigger",
        "sent",
        "hypothetical",
    ),
    (
        "a name that may mean two things",
        "Ministry of Defence officials came.",
        "mention",
        "Ministry of Defence",
        "ambiguous",
    ),
]


@pytest.mark.parametrize(
    ("text", "kind", "words", "reason"), [case[1:] for case in REASONS], ids=[case[0] for case in REASONS]
)
def test_the_reason_is_told_for(text: str, kind: str, words: str, reason: str) -> None:
    told: list[Omission] = [o for o in reading(text).omissions if o.evidence.exact == words]
    assert (kind, reason) in {(o.kind, o.reason) for o in told}
