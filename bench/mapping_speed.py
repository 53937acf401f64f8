"""How much longer the whole mapping takes than the bare spaCy pipeline on the same texts, in one run.

    python -m bench.mapping_speed FOLDER [FOLDER ...]   e.g. seeds ../shared/eval/dev/texts

Prints the ratio of processor times; ends with exit code 1 where it is above the bound. Each side reads one document
at a time, as `kg build` does, each is measured several times in turn, and the best time counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.mapper import frame_mapper
from kg.read import read
from kg.settings import Settings

BOUND = 1.5
ROUNDS = 5


@dataclass(frozen=True)
class Speed:
    """What was measured: documents, words, seconds of the bare pipeline and of the whole mapping."""

    documents: int
    words: int
    bare: float
    whole: float

    @property
    def ratio(self) -> float:
        return self.whole / self.bare


def measure(folders: list[Path], rounds: int = ROUNDS) -> Speed:
    mapper = frame_mapper(Settings())
    documents = [read(path) for folder in folders for path in sorted(folder.glob("*.txt"))]
    prose = [d.body.of(d.text) if d.body.end else d.text for d in documents]

    def bare() -> None:
        for text in prose:
            mapper.annotator.nlp(text)

    def whole() -> None:
        for document in documents:
            mapper.read(document)

    bare(), whole()  # fill the caches that both share
    times = [(_seconds(bare), _seconds(whole)) for _ in range(rounds)]
    words = sum(len(text.split()) for text in prose)
    return Speed(len(documents), words, min(b for b, _ in times), min(w for _, w in times))


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(folders: list[str]) -> int:
    speed = measure([Path(folder) for folder in folders])
    print(f"{speed.documents} documents, {speed.words:,} words")
    print(f"bare pipeline  {speed.bare:6.2f} s  {speed.words / speed.bare:8,.0f} words/s")
    print(f"whole mapping  {speed.whole:6.2f} s  {speed.words / speed.whole:8,.0f} words/s")
    print(f"ratio          {speed.ratio:6.2f}    (bound {BOUND})")
    return int(speed.ratio > BOUND)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
