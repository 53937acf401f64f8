"""What it costs to map a corpus again after a change of one frame, of a class of words, or of the reference data.

    python -m bench.touched 300

Each step is a process of its own, over the documents of `bench.corpus`; the ontology is a copy that is changed in
between. Seconds are the processor's, for comparing what changed, loading the mapper and mapping; nothing is made of
the readings.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.builds import spent
from bench.corpus import documents, write
from kg.pipeline import prepare
from kg.pipeline.stages import map_documents, read_documents
from kg.settings import Settings

# What is changed, the file, the words in it, and what stands there afterwards.
STEPS = (
    ("everything is new", "", "", ""),
    ("nothing", "", "", ""),
    ("a remark beside the frames", "frames/frames.ttl", "frame:visit a", "# a remark\nframe:visit a"),
    ("a frame has one noun more", "frames/frames.ttl", 'noun "visit",', 'noun "visit", "sojourn",'),
    ("a frame needs a time", "frames/frames.ttl", "frame:sanction a ", "frame:sanction ent:needsTime true ; a "),
    ("a word comes into a class", "frames/words.ttl", '"howitzer"', '"howitzer", "trebuchet"'),
    ("a minister's first day in office", "reference/persons.ttl", '"2023-07-26"', '"2023-07-27"'),
    ("a city has a name more", "reference/cities.ttl", '"La Coruña"@en', '"La Coruña"@en, "Corunna"@en'),
    ("a state has a name more", "reference/states.ttl", '"Republic of Poland"', '"Polska"@en , "Republic of Poland"'),
    ("a class is new", "frames/words.ttl", "word:fighter a", 'word:oar a ent:WordClass .\nword:fighter a'),
)  # fmt: skip


def step(place: Path) -> None:
    """Map the documents of a place, and print what was read again, why, and what it cost."""
    settings = replace(Settings(), ontology=place / "ontology", dist=place / "dist", seeds=place / "texts")
    work = prepare(settings, sorted(settings.seeds.iterdir()), lambda *_: None)
    began = spent()
    work = map_documents(read_documents(work, lambda *_: None), lambda *_: None)
    again = sum(not fate.kept for fate in work.fates)
    print(json.dumps({"again": again, "why": work.again, "seconds": spent() - began}))


def measure(count: int) -> None:
    """Print a line for each step: documents read again, seconds, and what the build says."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(documents(count), place)
        shutil.copytree(Settings().ontology, place / "ontology")
        for what, file, before, after in STEPS:
            if file:
                path = place / "ontology" / file
                text = path.read_text("utf-8")
                assert before in text, f"{before!r} does not stand in {file} any more"
                path.write_text(text.replace(before, after, 1), "utf-8")
            command = [sys.executable, "-m", "bench.touched", "--step", str(place)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found = json.loads(told.splitlines()[-1])
            print(
                f"{what:<34}{found['again']:>6,} read {found['seconds']:8.1f} s   {found['why']}", flush=True
            )


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.touched")
    options.add_argument("count", type=int, nargs="?", default=300)
    options.add_argument("--step", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        step(given.step)
    else:
        measure(given.count)


if __name__ == "__main__":
    main()
