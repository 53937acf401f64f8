"""What is published can be copied into one file and comes back from it to the byte, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.publish.backup import BackupError, restore
from kg.published import open_published
from tests.graph.readings import meeting, seedlike
from tests.pipeline.small import publish, small


def files(dist: Path) -> dict[str, bytes]:
    return {str(p.relative_to(dist)): p.read_bytes() for p in (dist / "versions").rglob("*") if p.is_file()}


def run(*args: str | Path) -> str:
    done = CliRunner().invoke(group, [*map(str, args)])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_backup_brings_every_version_back_to_the_byte(tmp_path: Path) -> None:
    publish(small(tmp_path, seedlike()))
    publish(small(tmp_path, seedlike(), meeting("a")))
    run("backup", tmp_path / "all.tar.gz", "--dist", tmp_path / "dist")
    told = run("restore", tmp_path / "all.tar.gz", "--dist", tmp_path / "again")
    assert files(tmp_path / "again") == files(tmp_path / "dist")
    one, other = open_published(tmp_path / "dist"), open_published(tmp_path / "again")
    assert one.version == other.version
    assert one.version in told
    assert one.store.size() == other.store.size()


def test_a_backup_that_is_damaged_or_none_changes_nothing(tmp_path: Path) -> None:
    publish(small(tmp_path, seedlike()))
    file, again = tmp_path / "all.tar.gz", tmp_path / "again"
    run("backup", file, "--dist", tmp_path / "dist")
    whole = file.read_bytes()
    for content in (whole[: len(whole) // 2], b"none"):
        file.write_bytes(content)
        with pytest.raises(BackupError):
            restore(file, again)
        assert [p.name for p in again.iterdir()] == [".lock"]


def test_a_backup_is_not_restored_over_something_that_is_published(tmp_path: Path) -> None:
    publish(small(tmp_path, seedlike()))
    run("backup", tmp_path / "all.tar.gz", "--dist", tmp_path / "dist")
    with pytest.raises(BackupError, match="something is published here"):
        restore(tmp_path / "all.tar.gz", tmp_path / "dist")
