"""Spans of OpenTelemetry, for requests, queries and builds, where it is installed (the extra `telemetry`).

Where they go is for OpenTelemetry's own variables to say: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME … Without the
package, or without such a variable, nothing is recorded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

from kg.settings import SettingError

try:
    from opentelemetry import propagate, trace
except ModuleNotFoundError:  # the extra is not installed
    trace = propagate = None  # type: ignore[assignment]

NAME = "entente"
ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
Value = str | bool | int | float
Tell = Callable[[str, Value], None]
"""Says more of a span: the name of an attribute, and its value."""


def begin() -> None:
    """Send spans from this process on to where the environment says, if it does.

    Raises SettingError where the extra is missing then.
    """
    named = next((name for name in ENDPOINTS if os.environ.get(name)), None)
    if named is None:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  # an extra
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ModuleNotFoundError as error:
        wanted = "the extra 'telemetry': pip install 'entente[telemetry]'"
        raise SettingError(named, os.environ[named], wanted) from error
    if isinstance(trace.get_tracer_provider(), TracerProvider):
        return  # it was begun before, or by somebody else
    provider = TracerProvider(
        resource=Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", NAME)})
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


def span(
    name: str, told: Mapping[str, Value], carrier: Mapping[str, str] | None = None
) -> AbstractContextManager[Tell]:
    """A span around what is done within, with attributes; an error that ends it is recorded.

    `carrier` may hold a `traceparent`, by which the span belongs to a trace of who asked (W3C Trace Context).
    """
    return _recorded(name, told, carrier) if recording() else UNRECORDED


def recording() -> bool:
    """Whether anybody takes spans: a span for nobody would cost a small query a quarter of its time."""
    return trace is not None and not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)


@contextmanager
def _recorded(name: str, told: Mapping[str, Value], carrier: Mapping[str, str] | None) -> Iterator[Tell]:
    context = propagate.extract(carrier) if carrier else None
    with trace.get_tracer(NAME).start_as_current_span(name, context, attributes=dict(told)) as one:
        yield one.set_attribute


def _nothing(_name: str, _value: Value) -> None:
    """What is told where nobody listens."""


UNRECORDED = nullcontext(_nothing)
