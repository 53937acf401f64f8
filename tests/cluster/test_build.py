"""A build on a cluster gives the bytes of a local one, whatever dies on the way, and holds back what that does."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench import corpus
from kg.pipeline import Work
from kg.published import open_published
from tests.built import ROOT, kg
from tests.cluster.given import bad, good, load
from tests.pipeline.small import publish, small

MASTER = "local-cluster[2,1,1024]"
PATIENCE = 1500
EXECUTOR, WORKER = "CoarseGrainedExecutorBackend", "-m kg.cluster.daemon"


def written(out: Path) -> list[bytes]:
    """The lines of all quads that a cluster wrote, sorted."""
    shards = (gzip.decompress(shard.read_bytes()) for shard in (out / "quads").glob("*.nq.gz"))
    return sorted(line for shard in shards for line in shard.splitlines(keepends=True))


def published(dist: Path) -> list[bytes]:
    """The lines of a local build's dump, sorted, but for those that describe the data set."""
    whole = gzip.decompress((open_published(dist).folder / "dumps" / "entente.nq.gz").read_bytes())
    return sorted(line for line in whole.splitlines(keepends=True) if b"/graph/dataset> .\n" not in line)


def processes(root: int) -> dict[int, tuple[int, str]]:
    """The processes beneath one: the parent and the command line of each."""
    listed = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    every = {int(pid): (int(parent), args[0] if args else "") for pid, parent, *args in rows}
    beneath = {root}
    while more := {pid for pid, (parent, _) in every.items() if parent in beneath} - beneath:
        beneath |= more
    return {pid: every[pid] for pid in beneath - {root}}


def executors(root: int) -> list[int]:
    return [pid for pid, (_, args) in processes(root).items() if EXECUTOR in args]


def workers(root: int) -> list[int]:
    """The processes that map documents, which another of the same kind has forked."""
    found = {pid: parent for pid, (parent, args) in processes(root).items() if WORKER in args}
    return [pid for pid, parent in found.items() if parent in found]


def killed(build: subprocess.Popen[str], which: Callable[[int], list[int]]) -> None:
    """Wait until such a process is at work, and kill it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and build.poll() is None:
        if found := which(build.pid):
            os.kill(found[0], signal.SIGKILL)
            return
        time.sleep(0.1)
    raise AssertionError("no such process was at work")


@pytest.mark.long
@pytest.mark.needs("java", module="pyspark")
def test_the_bytes_are_those_of_a_local_build_though_a_worker_and_an_executor_are_killed(
    tmp_path: Path,
) -> None:
    """Documents lie in a folder with metadata beside one, and in an archive of lines; processes are separate."""
    seeds, out = tmp_path / "seeds", tmp_path / "out"
    corpus.write(corpus.documents(10), tmp_path)
    (tmp_path / "texts").rename(seeds)
    (seeds / "made-000001.yaml").write_text("title: A title beside it\npublisher: Example News\n")
    (seeds / "more.jsonl").write_text(
        '{"id": "said", "text": "Japan and Norway held talks in Oslo on 3 May 2024."}\n'
    )
    local = kg("build", "--seeds", seeds, "--out", tmp_path / "dist")
    assert local.returncode == 0, local.stderr
    command = [sys.executable, "-m", "kg", "build", "--engine", "spark", "--master", MASTER]
    build = subprocess.Popen(
        [*command, "--seeds", f"file://{seeds}", "--out", f"file://{out}"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        killed(build, workers)
        killed(build, executors)
        _, said = build.communicate(timeout=PATIENCE)
    finally:
        build.kill()
    assert build.returncode == 0, said
    assert written(out) == published(tmp_path / "dist")
    assert (out / "manifest.json").exists()


@pytest.fixture(scope="module")
def on_spark() -> Iterator[Callable[[Work, Path], dict[str, int]]]:
    """Builds some work on a cluster of this process's."""
    from kg.cluster.build import Task, build

    def do(work: Work, out: Path) -> dict[str, int]:
        places = [str(path) for path in work.paths]
        return build(Task(work.settings, "local[2]", places, str(out), work.knowledge, load), lambda *_: None)

    yield do


@pytest.mark.long
@pytest.mark.needs("java", module="pyspark")
def test_documents_that_break_a_shape_or_make_a_clash_are_held_back_and_the_rest_is_as_without_them(
    tmp_path: Path, on_spark: Callable[[Work, Path], dict[str, int]]
) -> None:
    work = publish(small(tmp_path, *good()))
    counts = on_spark(replace(small(tmp_path, *good(), *bad()), knowledge=work.knowledge), tmp_path / "out")
    assert (counts["documents"], counts["held back"]) == (len(good()), len(bad()))
    assert written(tmp_path / "out") == published(tmp_path / "dist")
    shards = (tmp_path / "out" / "fates").glob("*.jsonl.gz")
    fates = b"".join(gzip.decompress(shard.read_bytes()) for shard in shards)
    assert fates.count(b'"held back"') == len(bad())


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from kg.cli.common import Failure
    from kg.cli.on_spark import build_on_spark

    monkeypatch.setitem(sys.modules, "pyspark", None)
    for name in [name for name in sys.modules if name.startswith("kg.cluster")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(Failure, match=r"entente\[spark\]"):
        build_on_spark("local[2]", [], {"seeds": tmp_path, "out": tmp_path})


@pytest.mark.long
def test_an_address_is_refused_by_the_local_engine() -> None:
    done = kg("build", "--seeds", "hdfs://somewhere/documents")
    assert done.returncode == 2
    assert "--engine spark" in done.stderr
