"""Builds, requests and queries leave spans with OpenTelemetry; without it nothing is different."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from kg import tracing
from kg.pipeline import STAGES
from kg.settings import SettingError
from kg.terms import DEFAULT_BASE
from kg.web.endpoint import Endpoint
from kg.web.front import Front
from kg.web.observing import Observer
from kg.web.room import Hold, Seats
from kg.web.sources import RemoteSource
from tests.graph.readings import meeting
from tests.pipeline.small import publish, small

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What is exported while a test runs."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield exporter
    provider.shutdown()


def named(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {one.name: one for one in exporter.get_finished_spans()}


def request(front: Front, path: str, headers: list[tuple[bytes, bytes]]) -> list[Any]:
    sent: list[Any] = []

    async def send(event: Any) -> None:
        sent.append(event)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    asyncio.run(front(scope, receive, send))
    return sent


async def teapot(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def front() -> Front:
    """The server's application, over one that answers everything alike."""
    made = Front(lambda _loop: None, 1, Hold(1), Seats(1))  # type: ignore[arg-type,return-value]  # never begun
    made._flask = teapot  # type: ignore[assignment]
    made._endpoint = Endpoint(SimpleNamespace(source=RemoteSource("", DEFAULT_BASE)))  # type: ignore[arg-type]
    return made


def test_a_build_has_a_span_with_one_for_each_stage_in_it(
    spans: InMemorySpanExporter, tmp_path: Path
) -> None:
    publish(small(tmp_path, meeting("a")))
    found = named(spans)
    assert {"build", *(name for name, _ in STAGES)} <= found.keys()
    whole = found["build"].context
    assert all(found[name].parent == whole for name, _ in STAGES)


def test_a_request_has_a_span_with_its_status_in_the_trace_of_who_asked(spans: InMemorySpanExporter) -> None:
    request(front(), "/dumps/", [(b"traceparent", f"00-{TRACE}-b7ad6b7169203331-01".encode())])
    one = named(spans)["HTTP GET"]
    assert dict(one.attributes or {}) == {
        "http.request.method": "GET",
        "url.path": "/dumps/",
        "http.response.status_code": 418,
    }
    assert f"{one.context.trace_id:032x}" == TRACE


def test_a_query_has_a_span_that_knows_it_by_its_hash_only(spans: InMemorySpanExporter) -> None:
    with Observer().query("SELECT * { ?secret ?p ?o }") as seen:
        seen.outcome, seen.rows = "answered", 7
    told = dict(named(spans)["query"].attributes or {})
    assert (told["entente.query.outcome"], told["entente.query.rows"]) == ("answered", 7)
    assert "secret" not in str(told)


def test_without_the_package_everything_goes_on_untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "trace", None)
    assert request(front(), "/", [])[0]["status"] == 418


def test_an_endpoint_without_the_extra_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(SettingError, match="telemetry"):
        tracing.begin()
