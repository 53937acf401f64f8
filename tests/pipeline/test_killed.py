"""However a build ends, readers see a whole version, and the next build ends as if nothing had been."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.pipeline import BusyError
from kg.publish.alone import alone, held
from tests.built import ROOT
from tests.graph.readings import meeting
from tests.pipeline.killing import COMING
from tests.pipeline.small import publish, small

SHARED = {"damaged graphs", "damaged documents", "damaged store"}  # in which versions have the same files


@pytest.mark.long
def test_however_a_build_ends_readers_see_a_whole_version_and_the_next_build_the_same_bytes(
    tmp_path: Path,
) -> None:
    """Killed with SIGKILL at steps all along, with files that cannot grow, without rights, with damaged files."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.pipeline.killing", str(tmp_path), "10"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    endings = [json.loads(line) for line in done.stdout.splitlines() if line[0] == "{"]
    assert len(endings) == 23
    for one in endings:
        coming = (
            f"{one['after'].rpartition(' ')[0]} {COMING}"  # the new version, before its dumps are written
        )
        how, whole = one["how"], {one["before"], one["after"], coming}
        if how in SHARED:  # so what is before may go, too
            assert (one["ended"], one["again"], one["litter"]) == ([0, "built"], "built", []), one
            assert one["then"] == one["left"] != "nothing", one
            continue
        assert one["left"] in whole, one
        assert one["again"] == "built", one
        assert one["then"] == one["after"], one
        assert not one["litter"], one
        if how.startswith("killed"):
            assert one["ended"][0] == 9, one
        if how.startswith(("no file", "permissions")):
            assert "True:" in one["ended"][1], one  # told as an OSError
        if how.startswith("damaged"):
            assert one["ended"] == [0, "built"], one


def test_of_two_builds_at_once_the_second_says_so_and_stops(tmp_path: Path) -> None:
    work = small(tmp_path, meeting("a"))
    with alone(tmp_path / "dist"), pytest.raises(BusyError, match="another build is at work here"):
        publish(work)
    assert not (tmp_path / "dist" / "current").exists()
    assert publish(work).publication is not None


def test_what_a_killed_build_or_write_left_goes_and_what_is_at_work_stays(tmp_path: Path) -> None:
    dead, left, live = (tmp_path / name for name in (".building-x", ".writing-y", ".writing-z"))
    for folder in (dead, left, live):
        folder.mkdir()
        (folder / "some").write_text("bytes")
    (tmp_path / ".current-999999999").symlink_to("versions/x")
    for earlier in (".closure.sqlite", ".closure.sqlite-wal"):  # of a release that kept the closure there
        (tmp_path / earlier).write_text("bytes")
    with held(live), alone(tmp_path):
        assert sorted(p.name for p in tmp_path.iterdir()) == [".lock", ".writing-z"]


def test_a_build_after_one_that_failed_midway_maps_only_what_that_had_not(tmp_path: Path) -> None:
    """Readings outlast a build that ends later on, so that the next one goes on where it was."""
    work = replace(small(tmp_path, meeting("a"), meeting("b")), edition="1")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "versions").write_text("in the way")
    with pytest.raises(OSError, match="versions"):
        publish(work)
    (tmp_path / "dist" / "versions").unlink()
    assert all(fate.kept for fate in publish(work).fates)
