"""What there is room for at once: connections with clients, and the bytes of what they send."""

from __future__ import annotations

import resource
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from kg.web.problems import Problem

OURS = 256  # descriptors for files of answers, for stores and for worker processes
COME_AGAIN = 5  # seconds after which a client that found no room may try again


class Guest(Protocol):
    """A connection."""

    @property
    def waits(self) -> bool:
        """Whether it is the client's turn: nothing is being answered."""

    def give_way(self) -> None:
        """Close."""


@dataclass(slots=True)
class Seats:
    """So many connections; for one more, that which has waited longest for its client has to give way.

    So who opens connections only to keep them keeps nobody else out.
    """

    most: int
    _taken: dict[Guest, None] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many are taken."""
        return len(self._taken)

    def enter(self, guest: Guest) -> bool:
        """Take a seat, the last in turn to be given up again; False where all others are being answered."""
        if guest not in self._taken and len(self._taken) >= self.most:
            idle = next((one for one in self._taken if one.waits), None)
            if idle is None:
                return False
            self.leave(idle)
            idle.give_way()
        self.leave(guest)
        self._taken[guest] = None
        return True

    def leave(self, guest: Guest) -> None:
        """Give a seat back, if it was taken."""
        self._taken.pop(guest, None)


@dataclass(slots=True)
class Hold:
    """So many bytes of the bodies of all requests that are not answered yet."""

    most: int
    held: int = 0

    def take(self, size: int) -> None:
        """Take bytes in; raises Problem where they are too many."""
        if self.held + size > self.most:
            raise Problem(
                503,
                f"too much is being sent to this server at once: it holds no more than {self.most:,} bytes of requests",
                {"Retry-After": str(COME_AGAIN)},
            )
        self.held += size

    def give(self, size: int) -> None:
        """Give them back."""
        self.held -= size


def seats(wanted: int) -> int:
    """How many connections the system lets this process have, at most those; what it may open is raised for it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard == resource.RLIM_INFINITY or wanted <= hard - OURS:
        return wanted
    most = max(1, hard - OURS)
    structlog.get_logger("kg.web").warning(
        "fewer connections than set", set=wanted, possible=most, reason=f"ulimit -Hn is {hard}"
    )
    return most
