"""What is written in one turn of an event loop is sent together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

TOGETHER = 1 << 15  # bytes that are held back for what follows; more is sent at once


class Joined(asyncio.Transport):
    """Sends by another transport what is written to it in one turn of the event loop.

    The head and the body of a small answer come one after the other, and so do small tasks for a worker; a call of
    the kernel for each would cost as much as finding an answer.
    """

    def __init__(self, transport: asyncio.Transport, soon: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__()
        self._transport, self._soon = transport, soon
        self._held: list[bytes] = []
        self._size = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take what is to be sent."""
        if not self._held:
            self._soon(self._send)
        self._held.append(bytes(data))
        self._size += len(data)
        if self._size > TOGETHER:
            self._send()

    def send(self, data: bytes) -> None:
        """Send something that is whole at once, behind what is held."""
        if self._held:
            self.write(data)
            self._send()
        else:
            self._transport.write(data)

    def close(self) -> None:
        """Send what is held, then close."""
        self._send()
        self._transport.close()

    def abort(self) -> None:
        """Close at once; what is held is lost."""
        self._held.clear()
        self._transport.abort()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known of the connection."""
        return self._transport.get_extra_info(name, default)

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._transport.is_closing()

    def pause_reading(self) -> None:
        """Take no more from the client for now."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Go on taking from the client."""
        self._transport.resume_reading()

    def _send(self) -> None:
        if self._held:
            data, self._held, self._size = b"".join(self._held), [], 0
            self._transport.write(data)
