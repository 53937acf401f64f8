"""The gold of our own stands in its texts, and the mapping reads all of it without a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Modality
from kg.read import read
from tests.extract.sentences import mapper

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = sorted(GOLD.glob("**/texts/*.txt"))
READ = [pytest.param(p, marks=[pytest.mark.long] if "newsroom" in p.parts else [], id=p.stem) for p in TEXTS]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_gold_quote_stands_in_its_text(path: Path) -> None:
    text = path.read_text("utf-8")
    gold = path.parents[1] / "gold" / f"{path.stem}.jsonl"
    facts = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    assert facts
    for quote in (q for fact in facts for q in (fact["quote"], *fact.get("also_told", []))):
        assert text[quote["start"] : quote["end"]] == quote["exact"]
    assert {fact["modality"] for fact in facts} <= {str(m) for m in Modality}


@pytest.mark.parametrize("path", READ)
def test_each_text_gives_claims_whose_words_stand_in_it(path: Path) -> None:
    found = mapper().read(read(path))
    assert found.claims
    assert all(c.evidence.span.of(found.document.text) == c.evidence.exact for c in found.claims)
