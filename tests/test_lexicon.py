"""The lexicon reads what stands in its Turtle, and refuses what it cannot read with the frame and the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.lexicon import LexiconError, read_lexicon
from kg.model import Modality
from kg.settings import Settings

TURTLE = """
@prefix ent: <https://w3id.org/entente/ontology#> .
@prefix frame: <https://w3id.org/entente/ontology/frames#> .
frame:one a ent:Frame ; ent:evokes ent:Visit ; ent:verb "visit" ; ent:slots "{slots}" .
"""


def test_a_frame_has_its_words_its_fallbacks_and_its_modality() -> None:
    frame = next(f for f in read_lexicon(Settings().ontology / "frames").frames if f.name == "pull-out")
    assert frame.evokes == "Deployment"
    assert "withdraw" in frame.verbs
    assert frame.sets is Modality.ENDED
    assert [slot.role for slot in frame.slots] == ["deployer", "asset", "place"]


def test_groups_of_places_keep_their_order(tmp_path: Path) -> None:
    (tmp_path / "frames.ttl").write_text(TURTLE.format(slots="visitor! = subj, by | speaker"), "utf-8")
    (slot,) = read_lexicon(tmp_path).frames[0].slots
    assert slot.needed
    assert [[place.path for place in group] for group in slot.choices] == [["subj", "by"], ["speaker"]]


@pytest.mark.parametrize("slots", ["visitor", "visitor = subj[", "visitor! = subj[nowhere]"])
def test_a_slot_that_cannot_be_read_is_named(tmp_path: Path, slots: str) -> None:
    (tmp_path / "frames.ttl").write_text(TURTLE.format(slots=slots), "utf-8")
    with pytest.raises(LexiconError, match="frames#one"):
        read_lexicon(tmp_path)


def test_each_frame_that_another_yields_to_is_there() -> None:
    frames = read_lexicon(Settings().ontology / "frames").frames
    assert {name for f in frames for name in f.unless} <= {f.name for f in frames}
