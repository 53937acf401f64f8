"""Evaluates what a request asks for, and tells refusals in the terms of HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from flask import request

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
CLASSES = re.compile(r"\[(?:'(?:\\.|[^'\\])*'|[^\]'])*\]")  # of characters, as the parser lists them
LISTED = re.compile(r'"[^"]*"|[^",\s][^",]*')
NAMED = {
    "Prefix not found": "no PREFIX declares the prefix of the name before this",
    "IRI parsing failed": "the IRI before this is none",
}


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


def legible(detail: str) -> str:
    """A parser's complaint, without the classes of characters and the keywords that it also would have taken.

    What it says in a sentence of its own is the reason; signs that would do are told, and of keywords it names
    any, which help nobody.
    """
    place, told, expected = detail.partition(": expected ")
    if not told:
        return detail
    listed = LISTED.findall(CLASSES.sub("", expected.removeprefix("one of ")))
    ends = [one.strip() for one in listed if one.strip()]
    said = [NAMED.get(one, one) for one in ends if " " in one and not one.startswith('"')]
    if said:
        return f"{place}: {said[0]}"
    signs = [one for one in ends if one.startswith('"') and not one.startswith('"\\')]
    missing = f", {' or '.join(signs)} perhaps" if signs else ""
    return f"{place}: this is no SPARQL from here on, or something is missing before it{missing}"
