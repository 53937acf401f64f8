"""Evaluates what a request asks for, and tells refusals in the terms of HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from flask import request

from kg.complaints import legible
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.engine.job import Answer, Job
from kg.engine.outcome import BusyError, RefusedError
from kg.web.observing import Seen
from kg.web.problems import Problem, not_acceptable
from kg.web.protocol import Operation
from kg.web.service import Wanted, service
from kg.write import WriteRefusedError

STATUS = {
    "syntax": 400,
    "time": 504,
    "memory": 507,
    "rows": 413,
    "size": 413,
    "engine": 500,
    "nested": 400,
    "forbidden": 403,
    "moved": 503,
}
ADVICE = {
    "nested": "; nest it less deeply, list values by IN or VALUES, or ask in several queries",
    "rows": "; add LIMIT, ask for a part with 'partial=true', or take a dump from /dumps/",
    "size": "; add LIMIT, or take a dump from /dumps/",
    "time": "; make it narrower, or take a dump from /dumps/ and ask at home",
    "memory": "; make it narrower, or take a dump from /dumps/ and ask at home",
}
OF_WRITES = dict.fromkeys(("time", "memory", "nested"), "; send it in several parts")


def evaluated(asked: Operation, wanted: Wanted) -> Answer:
    """The whole answer of the service; its refusals as problems."""
    here = service()
    return done(here.job(here.source.served(), asked, wanted, request.base_url), asked)


def done(job: Job, asked: Operation) -> Answer:
    """The whole answer that a job gives to what was asked; refusals as problems."""
    here = service()
    with watched(here.observer.query(asked.text)) as seen:
        answer = here.pool.query(job)
        seen.rows = answer.rows
        return answer


@contextmanager
def watched(watching: AbstractContextManager[Seen], advice: Mapping[str, str] = ADVICE) -> Iterator[Seen]:
    """Watch a query or a write, and tell what the engine refuses in the terms of HTTP, and what to do."""
    with watching as seen, _as_problems(seen, advice):
        yield seen
        seen.outcome = "ok"


@contextmanager
def _as_problems(seen: Seen, advice: Mapping[str, str]) -> Iterator[None]:
    try:
        yield
    except BusyError as error:
        seen.outcome = "busy"
        raise Problem(503, str(error), {"Retry-After": str(error.retry_after)}) from error
    except WriteRefusedError as error:
        seen.outcome = "refused"
        raise Problem(422, f"nothing was written, because it would break these rules:\n{error}") from error
    except RefusedError as error:
        reason, detail = error.refusal.reason, error.refusal.detail
        seen.outcome = reason
        if reason == "unacceptable":
            raise not_acceptable(GRAPH_FORMATS if detail == "graph" else RESULT_FORMATS) from error
        headers = {"Retry-After": "1"} if reason == "moved" else {}
        words = legible(detail) if reason == "syntax" else detail
        raise Problem(STATUS[reason], words + advice.get(reason, ""), headers) from error
