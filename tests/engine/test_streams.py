"""Answers that are sent while they are being written, and workers that end in the middle of one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.engine.job import Answer, Bounds, Dataset, Job
from kg.engine.outcome import Growing, RefusedError
from kg.engine.pool import Pool, PoolSize
from kg.engine.process import Share
from kg.engine.spools import own_folder
from kg.store import Store

CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams") / "store"
    name = ox.NamedNode
    Store.build(folder, (ox.Quad(name(f"urn:{n}"), name("urn:p"), ox.Literal(str(n))) for n in range(700)))
    return folder


@asynccontextmanager
async def pool(processes: int = 1) -> AsyncIterator[Pool]:
    made = Pool(PoolSize(processes, share=Share(mebibytes=500)), asyncio.get_running_loop())
    try:
        yield made
    finally:
        await made.end()


def run(test: Callable[[], Coroutine[object, object, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 60))


def job(pool: Pool, store: Path, text: str, *, rows: int = 1_000_000, seconds: float = 20) -> Job:
    kind, bounds = "text/tab-separated-values", Bounds(seconds, rows, 1 << 30)
    return Job(Dataset(str(store)), text, "", bounds, pool.spool(), bindings=kind, stream=True)


def busy() -> int:
    """The number of this process's worker that has used most of the processor."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--sort=-cputimes", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    )
    return next(int(line.split()[0]) for line in listed.stdout.splitlines() if "kg.engine.worker" in line)


def test_what_may_be_sent_is_sent_before_it_is_whole(store: Path) -> None:
    """A query that bounds its rows itself streams: its first block is there while the rest is computed."""

    async def test() -> None:
        async with pool() as workers_:
            asked = job(workers_, store, f"{CROSS} LIMIT 40000")
            growing = await workers_.answer(asked)
            assert isinstance(growing, Growing)
            async with aclosing(growing.blocks()) as blocks:
                told = [await anext(blocks)]
                assert workers_.load == (1, 0)
                told += [block async for block in blocks]
            assert b"".join(told).count(b"\n") == 40_001
            assert growing.answer().rows == 40_000
            assert not Path(asked.spool).exists()

    run(test)


def test_what_may_turn_out_too_much_is_held_back_and_refused_in_words(store: Path) -> None:
    async def test() -> None:
        async with pool() as workers_:
            with pytest.raises(RefusedError) as caught:
                await workers_.answer(job(workers_, store, CROSS, rows=30_000))
            assert caught.value.refusal.reason == "rows"

    run(test)


def test_a_stream_whose_worker_is_lost_ends_in_an_error(store: Path) -> None:
    async def test() -> None:
        async with pool() as workers_:
            growing = await workers_.answer(job(workers_, store, f"{CROSS} LIMIT 40000"))
            assert isinstance(growing, Growing)
            with pytest.raises(RefusedError):
                async with aclosing(growing.blocks()) as blocks:
                    await anext(blocks)
                    os.kill(busy(), signal.SIGKILL)
                    _ = [block async for block in blocks]

    run(test)


def test_a_query_whose_worker_is_ended_from_outside_is_done_by_another(store: Path) -> None:
    async def test() -> None:
        async with pool() as workers_:
            slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?c) < STR(?f)) }"
            asked = asyncio.ensure_future(workers_.answer(job(workers_, store, slow)))
            while workers_.load != (1, 0):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            os.kill(busy(), signal.SIGTERM)
            found = await asked
            assert isinstance(found, Answer)
            assert b"244650" in found.body

    run(test)


def test_a_query_that_nobody_waits_for_ends_and_the_next_is_answered_soon(store: Path) -> None:
    async def test() -> None:
        async with pool() as workers_:
            asked = asyncio.ensure_future(workers_.answer(job(workers_, store, ENDLESS)))
            while workers_.load != (1, 0):
                await asyncio.sleep(0.01)
            asked.cancel()
            found = await asyncio.wait_for(workers_.answer(job(workers_, store, "ASK {}")), 2)
            assert isinstance(found, Answer)
            assert workers_.load == (0, 0)

    run(test)


def test_what_was_given_to_a_worker_behind_a_slow_query_does_not_wait_for_it(store: Path) -> None:
    """Small queries follow one another in a worker; one that got behind an endless one is done elsewhere."""

    async def test() -> None:
        async with pool(2) as workers_:
            await workers_.answer(job(workers_, store, "ASK {}"))
            started = asyncio.get_running_loop().time()
            slow = asyncio.ensure_future(workers_.answer(job(workers_, store, ENDLESS, seconds=3)))
            quick = [workers_.answer(job(workers_, store, "ASK {}")) for _ in range(20)]
            found = await asyncio.gather(*quick)
            assert all(isinstance(one, Answer) for one in found)
            assert asyncio.get_running_loop().time() - started < 1
            with pytest.raises(RefusedError) as caught:
                await slow
            assert caught.value.refusal.reason == "time"
            assert workers_.load == (0, 0)

    run(test)


def test_what_was_behind_a_query_whose_worker_ends_is_done_by_the_next(store: Path) -> None:
    async def test() -> None:
        async with pool() as workers_:
            greedy = workers_.answer(
                job(workers_, store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i")
            )
            quick = [workers_.answer(job(workers_, store, "ASK {}")) for _ in range(3)]
            first, *others = await asyncio.gather(greedy, *quick, return_exceptions=True)
            assert isinstance(first, RefusedError)
            assert all(isinstance(one, Answer) for one in others)

    run(test)


def test_a_stream_that_nobody_reads_on_ends_its_query(store: Path) -> None:
    async def test() -> None:
        async with pool() as workers_:
            growing = await workers_.answer(job(workers_, store, f"{CROSS} LIMIT 40000"))
            assert isinstance(growing, Growing)
            async with aclosing(growing.blocks()) as blocks:
                await anext(blocks)
            await asyncio.wait_for(workers_.answer(job(workers_, store, "ASK {}")), 5)

    run(test)


def test_folders_of_servers_that_are_no_more_are_removed(tmp_path: Path) -> None:
    """Those of servers that run, this process among them, stay."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    for number in (ended.pid, os.getpid()):
        (tmp_path / f"entente-answers-{number}-x").mkdir()
    made = own_folder(tmp_path, "entente-answers-")
    assert {folder.name for folder in tmp_path.iterdir()} == {f"entente-answers-{os.getpid()}-x", made.name}
