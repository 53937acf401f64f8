"""The example in `examples/entente-records` is an extractor that works as its page says, plugged in as installed."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.built import ROOT

EXAMPLE = ROOT / "examples" / "entente-records"
TEXT = "Japan opened a mission in Brussels in 2025. Mark Rutte met Gen Nakatani in Tokyo.\n"


def record(kind: str, quote: str, roles: dict[str, list[str]], exact: str = "") -> str:
    start = TEXT.index(quote)
    told = {role: [{"label": label} for label in labels] for role, labels in roles.items()}
    words = {"start": start, "end": start + len(quote), "exact": exact or quote}
    return json.dumps(
        {"document": "talks", "type": kind, "modality": "Actual", "roles": told, "quote": words}
    )


RECORDS = [
    record("Meeting", "Mark Rutte met Gen Nakatani", {"participant": ["Mark Rutte", "Gen Nakatani"]}),
    record("Establishment", "Japan opened a mission", {"founder": ["Japan"]}, "Japan has opened a mission"),
    record("Meeting", "Mark Rutte met Gen Nakatani", {"participant": ["Mark Rutte", "Shigeru Ishiba"]}),
]


@pytest.fixture
def plugged(tmp_path: Path) -> dict[str, str]:
    """An environment in which the example is found as if it were installed, and its records beside it."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    info = tmp_path / "site" / "entente_records-0.1.0.dist-info"
    info.mkdir(parents=True)
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(about, "utf-8")
    ((group, points),) = project["entry-points"].items()
    rows = [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(rows), "utf-8")
    for folder, name, text in (("records", "talks.jsonl", "\n".join(RECORDS)), ("seeds", "talks.txt", TEXT)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, "utf-8")
    path = os.pathsep.join([str(info.parent), str(EXAMPLE)])
    return os.environ | {"PYTHONPATH": path, "ENTENTE_RECORDS": str(tmp_path / "records")}


def kg(environ: dict[str, str], *args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


def test_what_keeps_the_laws_is_told_and_what_breaks_them_is_listed(
    plugged: dict[str, str], tmp_path: Path
) -> None:
    told = kg(plugged, "explain-document", "--extractor", "records", tmp_path / "seeds" / "talks.txt")
    assert told.returncode == 0, told.stderr
    assert "1 claim, by records 0.1.0" in told.stdout
    assert "Mark Rutte (for NATO), Gen Nakatani" not in told.stdout
    assert "quote-not-in-text (Establishment: Japan has opened a mission)" in told.stdout
    assert "filler-not-named (Meeting: participant: Shigeru Ishiba)" in told.stdout


@pytest.mark.long
def test_refused_claims_stand_in_the_published_graph_of_claims(
    plugged: dict[str, str], tmp_path: Path
) -> None:
    seeds, out = tmp_path / "seeds", tmp_path / "dist"
    done = kg(plugged, "build", "--seeds", seeds, "--out", out, "--extractor", "records")
    assert done.returncode == 0, done.stderr
    (dump,) = (out / "current" / "dumps").glob("claims-*.nt.gz")
    told = gzip.decompress(dump.read_bytes()).decode()
    reasons = {line.split('"')[1] for line in told.splitlines() if "#reason>" in line}
    assert reasons == {"quote-not-in-text", "filler-not-named"}


def test_an_extractor_says_in_words_what_it_lacks(plugged: dict[str, str], tmp_path: Path) -> None:
    del plugged["ENTENTE_RECORDS"]
    done = kg(plugged, "build", "--seeds", tmp_path / "seeds", "--out", tmp_path, "--extractor", "records")
    assert done.returncode == 2
    assert "ENTENTE_RECORDS" in done.stderr
