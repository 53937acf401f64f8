"""Runs the application on uvicorn, a production server, until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from flask import Flask

from kg.logs import log_as_json
from kg.settings import Settings
from kg.web.app import create_app
from kg.web.connection import Connection
from kg.web.front import Front
from kg.web.room import Hold, Seats, seats
from kg.web.sources import PlainSource

SPARE_THREADS = (
    8  # for pages and files, while every query of a page that may run or wait has a thread of its own
)
FAREWELL = 5  # seconds that answers on their way may still take once the server is told to stop


def serve(settings: Settings, dist: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve what is published in `dist`; returns when the process is told to stop."""
    _run(settings, lambda loop: create_app(settings, dist, loop=loop), host, port)


def serve_empty(settings: Settings, folder: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve a plain data set of its own, kept in `folder`, that whoever has the update token may write."""
    source = PlainSource(folder, settings.base)
    _run(settings, lambda loop: create_app(settings, source=source, loop=loop), host, port)


def _run(
    settings: Settings, make: Callable[[asyncio.AbstractEventLoop], Flask], host: str, port: int
) -> None:
    log_as_json(together=True)
    room = Seats(seats(settings.connections))
    threads = settings.query_processes + settings.query_queue + SPARE_THREADS
    front = Front(make, threads, Hold(settings.bodies << 20), room)
    uvicorn.run(
        front,
        host=host,
        port=port,
        http=partial(Connection, front, room),  # type: ignore[arg-type]  # what makes a protocol is as good as its class
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=FAREWELL,
    )
