"""A build tells of itself in lines of JSON where the setting asks for it, and in nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from kg import logs
from kg.cli import build, group
from kg.pipeline import Work
from tests.graph.readings import meeting, seedlike
from tests.pipeline.small import small


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def built(work: Work, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[dict[str, object]]]:
    """The exit code of a build and the lines that it wrote."""
    monkeypatch.setenv("ENTENTE_LOG", "json")
    monkeypatch.setattr(build, "prepare", lambda *_: work)
    done = CliRunner().invoke(
        group, ["build", "--seeds", str(work.settings.seeds), "--out", str(work.settings.dist)]
    )
    return done.exit_code, [json.loads(line) for line in done.stderr.splitlines()]


def test_each_stage_and_the_version_have_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = built(small(tmp_path, seedlike(), meeting("a")), monkeypatch)
    assert code == 0
    stages = [line["stage"] for line in lines if line["event"] == "stage ended"]
    assert stages == [
        "Reading",
        "Mapping",
        "Building graphs",
        "Validating",
        "Reasoning",
        "Publishing",
        "Dumping",
    ]
    assert all({"timestamp", "level"} <= line.keys() for line in lines)
    last = lines[-1]
    assert (last["event"], last["documents"]) == ("published", 2)
    assert (tmp_path / "dist" / "current").readlink().name == last["version"]


def test_a_document_that_is_not_published_has_its_line_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = small(tmp_path, seedlike(), meeting("a"))
    (work.settings.seeds / "a.txt").write_bytes(b"")
    code, lines = built(work, monkeypatch)
    assert code == 4
    (told,) = [line for line in lines if line["event"] == "unreadable"]
    assert str(told["place"]).endswith("a.txt")
    assert told["reason"]


def test_where_nothing_is_published_a_line_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = small(tmp_path, seedlike())
    (work.settings.seeds / "seed-like.txt").write_bytes(b"")
    code, lines = built(work, monkeypatch)
    assert code == 1
    assert lines[-1]["event"] == "not published"
    assert "seed-like.txt" in str(lines[-1]["reason"])


def test_a_long_stage_tells_now_and_then_how_much_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter([0.0, 5.0, 20.0, 21.0, 22.0])
    monkeypatch.setattr(logs.time, "monotonic", lambda: next(seconds))
    logs.log_as_json()
    with logs.stages() as watch:
        for done in range(4):
            watch("Mapping", done * 10, 40)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["stage began", "progress", "stage ended"]
    assert (lines[1]["done"], lines[1]["left"]) == (20, 20.0)


def test_lines_of_a_moment_are_written_together_and_none_is_lost(tmp_path: Path) -> None:
    """Not even those of many threads, or of a process that ends at once."""
    program = (
        "import structlog, threading; from kg.logs import log_as_json; log_as_json(together=True);"
        "log = structlog.get_logger();"
        "threads = [threading.Thread(target=lambda: [log.info('x') for _ in range(500)]) for _ in range(4)];"
        "[t.start() for t in threads]; [t.join() for t in threads]"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=tmp_path)
    assert [json.loads(line)["event"] for line in done.stderr.splitlines()] == ["x"] * 2000
