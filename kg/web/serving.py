"""Runs the application on granian, a production server, until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kg.settings import Settings
from kg.web.app import create_app
from kg.web.observing import log_as_json
from kg.web.sources import PlainSource, PublishedSource

SPARE_THREADS = 8  # for pages and files, while every query that may run or wait has a thread of its own


def serve(settings: Settings, dist: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve what is published in `dist`; returns when the process is told to stop."""
    _run(settings, lambda: _warm(create_app(settings, dist)), host, port)


def _warm(app: Flask) -> Flask:
    """The application, which meanwhile makes its index of names, so that the first to search need not wait."""
    source = app.extensions["entente"].source
    if isinstance(source, PublishedSource):
        threading.Thread(target=lambda: source.reader.index, daemon=True).start()
    return app


def serve_empty(settings: Settings, folder: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve a plain data set of its own, kept in `folder`, that whoever has the update token may write."""
    _run(settings, lambda: create_app(settings, source=PlainSource(folder, settings.base)), host, port)


def _run(settings: Settings, make: Callable[[], Flask], host: str, port: int) -> None:
    """Run an application, made in the process that serves it."""
    log_as_json()
    server = Granian(
        "kg.web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.query_processes + settings.query_queue + SPARE_THREADS,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]  # granian takes the name as well
    )
    server.serve(target_loader=lambda _target="": make(), wrap_loader=False)
