"""Runs the application on granian, a production server, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kg.settings import Settings
from kg.web.app import create_app
from kg.web.observing import log_as_json
from kg.web.sources import PlainSource

THREADS = 24  # requests that are in hand at once, most of them waiting for a worker process or a client


def serve(settings: Settings, dist: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve what is published in `dist`; returns when the process is told to stop."""
    _run(lambda: create_app(settings, dist), host, port)


def serve_empty(settings: Settings, folder: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve a plain data set of its own, kept in `folder`, that whoever has the update token may write."""
    _run(lambda: create_app(settings, source=PlainSource(folder, settings.base)), host, port)


def _run(make: Callable[[], Flask], host: str, port: int) -> None:
    """Run an application, made in the process that serves it."""
    log_as_json()
    server = Granian(
        "kg.web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]  # granian takes the name as well
    )
    server.serve(target_loader=lambda _target="": make(), wrap_loader=False)
