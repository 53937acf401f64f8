"""An event loop for those who have none."""

from __future__ import annotations

import asyncio
import threading


class LoopThread(threading.Thread):
    """An event loop that runs in a thread of its own until it is stopped."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        super().__init__(target=self.loop.run_forever, name="engine", daemon=True)
        self.start()

    def stop(self) -> None:
        """Stop the loop, and wait until it has."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.join()
        self.loop.close()
