"""The page of frames is what the lexicon and the gold give."""

from pathlib import Path

import pytest

from kg.lexicon import read_lexicon
from tools.frames import FRAMES, PAGE, PATHS, examples, page

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"


def plain(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("- example")]


def test_the_page_shows_the_frames_of_the_lexicon() -> None:
    assert plain(PAGE.read_text("utf-8")) == plain(page({})), "write it anew: python -m tools.frames"


def test_every_path_of_the_lexicon_that_is_no_preposition_is_told_in_words() -> None:
    frames = read_lexicon(FRAMES).frames
    paths = {step for f in frames for s in f.slots for p in s.places for step in p.path.split(".")}
    assert not {p for p in paths - PATHS.keys() if "-" in p or p in {"subj", "obj", "iobj", "self", "poss"}}


@pytest.mark.long
@pytest.mark.skipif(not EVAL.exists(), reason="needs the gold, ../shared/eval")
def test_the_examples_are_those_of_the_gold() -> None:
    assert PAGE.read_text("utf-8") == page(examples(EVAL)), "write it anew: python -m tools.frames"
