"""Reads beforehand what pages share, at the start and for each new version, so that no visitor waits for it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from flask import Flask
from werkzeug.exceptions import HTTPException

from kg.published import NotPublishedError
from kg.web.claims import claims_of
from kg.web.drawing import DRAWN
from kg.web.names import local_path, page_path
from kg.web.problems import Problem
from kg.web.reading import Reader
from kg.web.service import Service, reader, service
from kg.web.sources import PublishedSource

TOLD_OF = 12  # things whose pages are made beforehand
EVERY = 1.0  # seconds between two looks at which version is current
SHARED = (
    *("/", "/search?q=a", "/doc/", "/overview/", "/compare", "/sparql", "/ontology", "/ontology/frames"),
    *("/ontology/entailments", "/dumps/", "/dataset", "/changes", "/compare/versions"),
)


class Warmer:
    """A thread that makes the pages on which others rest, once for each version."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warmer", daemon=True)

    def start(self) -> None:
        """Begin, where a published data set is served."""
        if isinstance(self._app.extensions["entente"].source, PublishedSource):
            self._thread.start()

    def end(self) -> None:
        """Let go after the page under way."""
        self._ending.set()

    def _run(self) -> None:
        done = None
        while not self._ending.is_set():
            addresses: list[str] = []
            with self._app.test_request_context("/"), suppress(Problem, NotPublishedError):
                version = service().source.version  # none yet is no fault: who asks is told
                if version != done:
                    addresses = [*SHARED, *pages(reader())]
                    done = version
            self._make(addresses)
            if addresses and not self._ending.is_set():
                self._prepare_writes()
            self._ending.wait(EVERY)

    def _prepare_writes(self) -> None:
        """Where anybody may write: reckon what follows from the version, which the first write would wait for."""
        here: Service = self._app.extensions["entente"]
        if here.settings.update_token and isinstance(here.source, PublishedSource):
            with suppress(NotPublishedError):
                here.source.prepare_writes()

    def _make(self, addresses: list[str]) -> None:
        """Make pages as for a visitor, and give them to nobody; what is wrong with one its visitor is told."""
        for address in addresses:
            if self._ending.is_set():
                return
            with (
                self._app.test_request_context(address, headers={"Accept": "text/html"}),
                suppress(Problem, HTTPException),
            ):
                self._app.dispatch_request()


def pages(here: Reader) -> Iterator[str]:
    """The overviews, the latest document, those that most is told of in it, and a term."""
    yield from (f"/overview/{name}" for name in DRAWN)
    base = here.published.base
    documents = sorted(here.published.documents.values(), key=lambda d: (d.date or "", d.name))
    told = Counter[str]()
    for document in documents[-1:]:
        yield local_path(document.iri, base) or ""
        claims = claims_of(here).of_document(document)
        told.update(part.who.iri for claim in claims for _, part in claim.acting)
    yield from (page_path(iri, base) for iri, _ in told.most_common(TOLD_OF))
    yield "/ontology/term/Event"
