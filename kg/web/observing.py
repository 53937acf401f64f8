"""What an operator sees of the queries: a line in the log for each, and metrics for Prometheus."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from kg.tracing import recording, span

SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


@dataclass(slots=True)
class Seen:
    """One query or write as it goes, filled in by whoever handles it; as a context, told of at its end."""

    name: str
    tell: Callable[[Seen, float], None]
    outcome: str = "failed"
    rows: int = 0
    kept: bool = False
    started: float = field(default_factory=time.perf_counter)

    def __enter__(self) -> Seen:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End, however that may be."""
        self.end()

    def end(self) -> None:
        """Tell of it."""
        self.tell(self, time.perf_counter() - self.started)


@dataclass
class Observer:
    """Counts and logs; one for each application."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    traced: bool = field(default_factory=recording)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    rows: Counter = field(init=False)
    _counter: Callable[[str, int], Counter] = field(init=False)
    _timer: Callable[[str], Histogram] = field(init=False)

    def __post_init__(self) -> None:
        """Name the metrics; those of few labels are looked up once."""
        to = self.registry
        self.requests = Counter(
            "entente_requests", "Responses by route and status", ["route", "status"], registry=to
        )
        self.seconds = Histogram(
            "entente_query_seconds", "Time of queries and writes", ["outcome"], buckets=SECONDS, registry=to
        )
        self.rows = Counter("entente_rows", "Rows and triples of answers", registry=to)
        self._counter, self._timer = cache(self.requests.labels), cache(self.seconds.labels)

    def count(self, route: str, status: int) -> None:
        """Count a response."""
        self._counter(route, status).inc()

    def watch(self, load: Callable[[], tuple[int, int]]) -> None:
        """Let the metrics tell how many queries run and wait."""
        self.gauge("queries_running", "Queries that run", lambda: load()[0])
        self.gauge("queries_waiting", "Queries that wait for their turn", lambda: load()[1])

    def gauge(self, name: str, words: str, value: Callable[[], float]) -> None:
        """Let the metrics tell what a figure is whenever they are asked."""
        Gauge(f"entente_{name}", words, registry=self.registry).set_function(value)

    def begin(self, text: str) -> Seen:
        """Watch one query, whose end is for whoever handles it to tell, without a span of its own."""
        return Seen(name_of(text), self._tell)

    def query(self, text: str) -> AbstractContextManager[Seen]:
        """Watch one query or write; the log knows it by its hash, not by its words."""
        return self.seen(name_of(text))

    def seen(self, name: str) -> AbstractContextManager[Seen]:
        """Watch a query by its hash."""
        seen = Seen(name, self._tell)
        return _traced(seen) if self.traced else seen

    def _tell(self, seen: Seen, took: float) -> None:
        self._timer(seen.outcome).observe(took)
        self.rows.inc(seen.rows)
        self._log.info(
            "query",
            hash=seen.name,
            seconds=round(took, 6),
            rows=seen.rows,
            outcome=seen.outcome,
            kept=seen.kept,
        )

    @cached_property
    def _log(self) -> Any:  # structlog's loggers are what the configuration makes them
        """The logger as it is configured when the first query is seen; looking it up costs more than its use."""
        return structlog.get_logger("kg.web").bind()

    def exposition(self) -> bytes:
        """The metrics in Prometheus' text format."""
        return generate_latest(self.registry)


def name_of(text: str) -> str:
    """What a query is called where its words are not told."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _traced(seen: Seen) -> Iterator[Seen]:
    """A query in a span of its own."""
    with seen, span("query", {"entente.query.hash": seen.name}) as tell:
        yield seen
        tell("entente.query.outcome", seen.outcome)
        tell("entente.query.rows", seen.rows)
