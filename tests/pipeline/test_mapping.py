"""The mapping's bytes are the same in any order of files, under any hash seed, with one process or many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.built import ROOT

pytestmark = pytest.mark.long  # each reading is one of an interpreter that starts anew

TEXTS = {
    "talks": "Japan and Australia held talks in Perth on 12 May 2025. The two sides signed a defence pact.\n",
    "arms": "Poland ordered 96 helicopters and 20 howitzers. Germany, France and Italy will train its pilots.\n",
    "speech": '"Germany has sent 12 tanks to Ukraine," Boris Pistorius said. He met Mark Rutte in Brussels.\n',
    "plans": "Sweden, Norway and Finland plan a joint exercise. Washington and Jordan share intelligence.\n",
}
READ = """
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from kg.mapper import load_mapper
from kg.pipeline.readings import unpacked
from kg.pipeline.mapping import mapped
from kg.read import sources
from kg.settings import Settings

if __name__ == "__main__":
    jobs, *paths = sys.argv[1:]
    settings = replace(Settings(), jobs=int(jobs))
    made = mapped(sources(map(Path, paths)), partial(load_mapper, settings), settings)
    readings = [unpacked(content).reading for _, content, _ in made]
    assert {r.document.name for r in readings} == {Path(path).stem for path in paths}
    print(*sorted(map(repr, readings)), sep="\\n")
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "read.py").write_text(READ, "utf-8")
    return sorted(folder.glob("*.txt"))


def readings(files: list[Path], *, jobs: int = 1, seed: str = "0") -> bytes:
    """All that the documents give, as the text of their values, in an interpreter of its own."""
    script = files[0].parent / "read.py"
    environ = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(jobs), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def first(files: list[Path]) -> bytes:
    told = readings(files)
    assert told.count(b"Claim(") > 5
    return told


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_readings_do_not_depend_on_the_hash_seed(files: list[Path], first: bytes, seed: str) -> None:
    assert readings(files, seed=seed) == first


def test_the_readings_do_not_depend_on_the_order_of_the_files(files: list[Path], first: bytes) -> None:
    assert readings(files[::-1]) == first


def test_several_processes_read_the_same(files: list[Path], first: bytes) -> None:
    assert readings(files, jobs=2, seed="7") == first


def test_a_build_with_several_processes_publishes_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    sums = []
    for jobs, seed in (("1", "1"), ("2", "2")):
        out = tmp_path / jobs
        seeds = tmp_path / "seeds"
        seeds.mkdir(exist_ok=True)
        for file in files:
            (seeds / file.name).write_bytes(file.read_bytes())
        command = [sys.executable, "-m", "kg", "build", "--seeds", seeds, "--out", out, "--jobs", jobs]
        environ = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        dumps = sorted((out / "current" / "dumps").iterdir())
        sums.append({dump.name: dump.read_bytes() for dump in dumps if dump.is_file()})
    assert len(sums[0]) > len(TEXTS)
    assert sums[0] == sums[1], json.dumps([n for n in sums[0] if sums[0][n] != sums[1].get(n)])
