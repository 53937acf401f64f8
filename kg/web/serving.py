"""Runs the application on granian, a production server, until it is told to stop."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kg.settings import Settings
from kg.web.app import create_app

THREADS = 64  # requests that are in hand at once, most of them waiting for a worker process or for a client


def serve(settings: Settings, dist: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve what is published in `dist`; returns when the process is told to stop."""

    def load(_target: str = "") -> Flask:
        """Make the application, in the process that serves it."""
        return create_app(settings, dist)

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
    server.serve(target_loader=load, wrap_loader=False)
