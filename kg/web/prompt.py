"""Queries that are answered without a task of their own.

A task, its events and its cancellation cost as much as a small query. So a plain query is given to a worker as soon
as it is read, and its answer is sent when that comes, if it is a whole and small one; anything else that comes of it,
and any other request, is the application's.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from kg.engine.asked import Asked
from kg.engine.job import Answer, Begun
from kg.engine.outcome import BusyError
from kg.engine.wire import Outcome
from kg.published import NotPublishedError
from kg.web.endpoint import Endpoint
from kg.web.exchange import Event, GoneError, Receive, Send
from kg.web.observing import Seen
from kg.web.problems import Problem
from kg.web.question import Question, key_of, question
from kg.web.turn import Turn


@dataclass(slots=True, eq=False)
class Pending:
    """A query that a worker has or will have, and where its answer goes."""

    endpoint: Endpoint
    turn: Turn
    question: Question
    asked: Asked
    seen: Seen
    left: bool = False

    def leave(self) -> None:
        """The client has gone."""
        self.left = True
        self.endpoint.here.pool.leave(self.asked)
        self.seen.end()

    def done(self, said: asyncio.Future[Outcome | Begun]) -> None:
        """Send the answer, or let the application tell what else has come of the query."""
        found = None if said.cancelled() or said.exception() else said.result()
        if self.left:
            if isinstance(found, Answer | Begun) and found.spooled:
                found.spooled.unlink(missing_ok=True)
            return
        if not isinstance(found, Answer) or found.spooled:
            self.turn.pass_on(self._go_on)
            return
        self.seen.outcome, self.seen.rows = "ok", found.rows
        self.turn.reply(self.endpoint.keep(self.question, self.seen, found).whole)
        self.endpoint.count(200)
        self.seen.end()

    async def _go_on(self, _scope: Event, _receive: Receive, _send: Send) -> None:
        endpoint, exchange = self.endpoint, self.turn.exchange

        async def give() -> None:
            answer = endpoint.here.pool.follow(self.asked)
            await endpoint.give(exchange, self.question, self.seen, answer)

        with suppress(GoneError):
            await endpoint.refusing(exchange, give)


def ask(endpoint: Endpoint, turn: Turn) -> bool:
    """See that a query is answered; False where the application has to do it, as with all that is no plain query."""
    here, exchange, body = endpoint.here, turn.exchange, turn.body
    key, served = key_of(exchange, body), endpoint.served()
    if kept := endpoint.known(key, served):
        with endpoint.once_more(kept):
            turn.reply(kept.whole)
        return True
    if not endpoint.is_asked(exchange, endpoint.prefix(exchange, served)):
        return False
    try:
        asked = question(here, served, exchange, key, body)
        if asked is None or endpoint.is_held(exchange, asked):
            return False
        given = here.pool.ask(asked.pinned.job)
    except (Problem, NotPublishedError, BusyError):
        return False  # the application comes to the same end, and tells it
    pending = Pending(endpoint, turn, asked, given, here.observer.begin(asked.text))
    turn.gone = pending.leave
    given.said.add_done_callback(pending.done)
    return True
