"""What an operator sees of the queries: a line in the log for each, and metrics for Prometheus."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from kg.tracing import span

SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


@dataclass(slots=True)
class Seen:
    """One query or write as it goes: filled in by whoever handles it."""

    outcome: str = "failed"
    rows: int = 0
    kept: bool = False


@dataclass
class Observer:
    """Counts and logs; one for each application."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    rows: Counter = field(init=False)

    def __post_init__(self) -> None:
        """Name the metrics."""
        to = self.registry
        self.requests = Counter(
            "entente_requests", "Responses by route and status", ["route", "status"], registry=to
        )
        self.seconds = Histogram(
            "entente_query_seconds", "Time of queries and writes", ["outcome"], buckets=SECONDS, registry=to
        )
        self.rows = Counter("entente_rows", "Rows and triples of answers", registry=to)

    def watch(self, load: Callable[[], tuple[int, int]]) -> None:
        """Let the metrics tell how many queries run and wait."""
        gauges = [("running", "Queries that run", 0), ("waiting", "Queries that wait for their turn", 1)]
        for name, words, index in gauges:
            gauge = Gauge(f"entente_queries_{name}", words, registry=self.registry)
            gauge.set_function(lambda index=index: load()[index])  # type: ignore[misc]  # bound by its default

    @contextmanager
    def query(self, text: str) -> Iterator[Seen]:
        """Watch one query or write; the log knows it by its hash, not by its words."""
        seen, started = Seen(), time.perf_counter()
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        try:
            with span("query", {"entente.query.hash": name}) as tell:
                yield seen
                tell("entente.query.outcome", seen.outcome)
                tell("entente.query.rows", seen.rows)
        finally:
            took = time.perf_counter() - started
            self.seconds.labels(seen.outcome).observe(took)
            self.rows.inc(seen.rows)
            self._log.info(
                "query",
                hash=name,
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
