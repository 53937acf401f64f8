"""What is written in one turn of an event loop."""

from __future__ import annotations

from typing import Any

from kg.engine.joined import Joined


class Written:
    """A transport that keeps what it is given to send."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def close(self) -> None:
        self.closed = True


def test_what_is_written_in_one_turn_is_sent_together_and_much_of_it_at_once() -> None:
    turns: list[Any] = []
    below = Written()
    joined = Joined(below, turns.append)  # type: ignore[arg-type]  # all that it asks of a transport
    joined.write(b"head ")
    joined.write(b"body")
    assert below.sent == []
    turns.pop()()
    assert below.sent == [b"head body"]
    joined.write(b"a" * 40_000)
    assert len(below.sent) == 2
    joined.send(b"whole")
    joined.write(b"before ")
    joined.send(b"whole")
    assert below.sent[2:] == [b"whole", b"before whole"]
    joined.write(b"end")
    joined.close()
    assert (below.sent[-1], below.closed) == (b"end", True)
