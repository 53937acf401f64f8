"""Writes: who may make them, and what is told of them."""

from __future__ import annotations

import hmac
from pathlib import Path

from flask import request

from kg.engine.change import Body, Change, Written
from kg.engine.job import ALL, Chosen
from kg.web.evaluation import OF_WRITES, watched
from kg.web.problems import Problem
from kg.web.protocol import Operation
from kg.web.service import service


def authorise() -> None:
    """Let a request pass that may write; raises Problem for any other (RFC 6750)."""
    token = service().settings.update_token
    if not token:
        raise Problem(403, "nothing can be written here: the operator has set no token for it")
    if not has_token(request.headers.get("Authorization"), token):
        challenge = {"WWW-Authenticate": 'Bearer realm="write"'}
        raise Problem(
            401, "a write needs the header 'Authorization: Bearer …' with the operator's token", challenge
        )


def has_token(header: str | None, token: str) -> bool:
    """Whether an Authorization header has the token of those who may write; nobody has an empty one."""
    scheme, _, given = (header or "").partition(" ")
    return (
        bool(token)
        and scheme.lower() == "bearer"
        and hmac.compare_digest(given.strip().encode(), token.encode())
    )


def update(asked: Operation) -> Written:
    """Make an update."""
    authorise()
    return write("update", text=asked.text, chosen=asked.chosen)


def write(
    kind: str,
    *,
    text: str = "",
    chosen: Chosen = ALL,
    graph: str | None = None,
    bodies: tuple[Body, ...] = (),
) -> Written:
    """Make a change; the refusals of the service are raised as problems."""
    here = service()

    def change(source: Path, target: Path) -> Change:
        return Change(
            kind,
            str(source),
            str(target),
            here.settings.query_seconds,
            base=request.base_url if kind == "update" else graph or request.base_url,
            text=text,
            chosen=chosen,
            graph=graph,
            bodies=bodies,
            hosts=here.hosts,
        )

    with watched(here.observer.query(text), OF_WRITES):
        return here.source.write(here.pool, change)
