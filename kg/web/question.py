"""A query as a request asks it, with all that its answer depends on."""

from __future__ import annotations

import msgspec

from kg.web.exchange import Exchange
from kg.web.kept import Key
from kg.web.protocol import Message, operation
from kg.web.service import Pinned, Service
from kg.web.sources import Served
from kg.web.sparql import wanted_by

TOLD_BY = (
    *(b"host", b"accept", b"accept-encoding", b"content-type", b"if-none-match"),
    *(b"x-forwarded-proto", b"x-forwarded-prefix"),
)


class Question(msgspec.Struct, frozen=True):
    """A query: the key of its answer, its text, and what answers it, of one version."""

    key: Key
    text: str
    pinned: Pinned


def question(
    here: Service, served: Served | None, exchange: Exchange, key: Key, body: bytes
) -> Question | None:
    """The query that a request asks of what is served; None where it asks for something else.

    Raises Problem for what the protocol does not allow, NotPublishedError where there is nothing to ask.
    """
    scope = exchange.scope
    asked = operation(
        Message(scope["method"], scope["query_string"], exchange.word(b"content-type") or "", body)
    )
    if asked is None or asked.update:
        return None
    wanted = wanted_by(exchange.word(b"accept"), exchange.word(b"accept-encoding"), asked.format)
    served = served or here.source.served()
    return Question(key, asked.text, here.pinned(served, asked, wanted, exchange.address, stream=True))


def key_of(exchange: Exchange, body: bytes) -> Key:
    """What a response to a request depends on, beside the version of the data, word for word."""
    scope = exchange.scope
    return (
        scope["method"],
        scope["raw_path"],
        scope["query_string"],
        body,
        *map(exchange.headers.get, TOLD_BY),
    )
