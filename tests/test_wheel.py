"""The wheel and the source archive install and run without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.built import ROOT

pytestmark = pytest.mark.long  # builds twice, and maps the seeds


def made(folder: Path, kind: str, out: Path) -> Path:
    """What is made of a source tree: a wheel or a source archive."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = out.iterdir()
    return path


def test_a_wheel_made_of_the_source_archive_builds_and_answers_where_there_is_no_repository(
    tmp_path: Path,
) -> None:
    archive = made(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as source:
        source.extractall(tmp_path / "source", filter="data")
    (tree,) = (tmp_path / "source").iterdir()
    wheel = made(tree, "wheel", tmp_path / "wheel")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--target",
        str(tmp_path / "site"),
        str(wheel),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("ENTENTE_")}
    environ["PYTHONPATH"] = str(tmp_path / "site")
    (tmp_path / "empty").mkdir()

    def kg(*args: str) -> str:
        command = [sys.executable, "-m", "kg", *args]
        done = subprocess.run(
            command, cwd=tmp_path / "empty", env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    kg("build")
    assert (tmp_path / "empty" / "dist" / "current").is_symlink()
    assert kg("query", "--format", "csv", "SELECT (COUNT(*) AS ?n) { ?e a ent:Meeting }").split()[1] != "0"
