"""Queries in processes that can be killed."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.engine.job import Answer, Bounds, Dataset, Job
from kg.engine.outcome import BusyError, RefusedError
from kg.engine.pool import Pool, PoolSize
from kg.engine.process import Share
from kg.store import Store

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c"
NUMBERS = itertools.count()
LONG = f"ASK {{ {'{ ?s ?p ?o }' * 50_000} }}"  # nested by what an engine makes of it
DEEP = f"ASK {{ {'{' * 100_000}{'}' * 100_000} }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine") / "store"
    name = ox.NamedNode
    Store.build(folder, (ox.Quad(name(f"urn:{n}"), name("urn:p"), ox.Literal(str(n))) for n in range(2000)))
    return folder


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(PoolSize(processes=2, queue=2, wait=0.3, share=Share(mebibytes=400)))
    yield made
    made.close()


def job(store: Path, text: str, *, seconds: float = 10, rows: int = 10_000, **more: Any) -> Job:
    kind, spool = "application/sparql-results+json", str(store.parent / f"spool-{next(NUMBERS)}")
    return Job(Dataset(str(store)), text, "", Bounds(seconds, rows, 1 << 28), spool, bindings=kind, **more)


def simple(pool: Pool, store: Path) -> float:
    """Seconds that a simple query takes."""
    started = time.perf_counter()
    assert pool.query(job(store, "ASK { ?s ?p ?o }")).body == b'{"head":{},"boolean":true}'
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("text", "seconds", "reason"),
    [
        (ENDLESS, 0.3, "time"),
        (GREEDY, 10, "memory"),
        (DEEP, 10, "syntax"),
        (LONG, 10, "syntax"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 10, "rows"),
        ("SELECT * {", 10, "syntax"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", 10, "forbidden"),
    ],
)
def test_abuse_is_ended_and_told_and_leaves_nothing_behind(
    pool: Pool, store: Path, text: str, seconds: float, reason: str
) -> None:
    """After each abuse the next queries are answered, and soon."""
    with pytest.raises(RefusedError) as caught:
        pool.query(job(store, text, seconds=seconds))
    assert caught.value.refusal.reason == reason
    for _ in range(3):
        simple(pool, store)
    assert min(simple(pool, store) for _ in range(5)) < 0.1
    assert pool.load == (0, 0)


def test_a_worker_cannot_open_a_connection(pool: Pool, store: Path) -> None:
    """Even a job that says it may ask out gets no socket, unless the operator listed hosts."""
    with pytest.raises(RefusedError) as caught:
        pool.query(
            job(store, "ASK { SERVICE <http://127.0.0.1:8/> { ?s ?p ?o } }", hosts={"127.0.0.1:8": ""})
        )
    assert "denied" in str(caught.value)


def test_what_finds_no_room_is_turned_away_soon(pool: Pool, store: Path) -> None:
    """Two run, two wait a moment, the fifth is told at once; and then there is room again."""
    told: list[BaseException | Answer] = []

    def run() -> None:
        try:
            told.append(pool.query(job(store, ENDLESS, seconds=1.5)))
        except (RefusedError, BusyError) as error:
            told.append(error)

    threads = [threading.Thread(target=run) for _ in range(5)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, BusyError) for one in told) == 3
    assert sum(isinstance(one, RefusedError) for one in told) == 2
    simple(pool, store)


def test_a_large_answer_is_handed_over_in_a_file(pool: Pool, store: Path) -> None:
    answer = pool.query(job(store, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 9000"))
    assert answer.rows == 9000
    assert answer.spooled is not None
    assert answer.spooled.stat().st_size > 1 << 20
    answer.spooled.unlink()
