"""Queries that another SPARQL 1.1 endpoint answers, within the same bounds as those of our own stores."""

from __future__ import annotations

import shutil
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from kg.engine.formats import RESULT_FORMATS
from kg.engine.job import Answer, Job, Refusal
from kg.engine.sink import COUNTERS, Sink

WORDS = 4096  # bytes of what the endpoint says of an error that are passed on


def is_remote(store: str) -> bool:
    """Whether a data set stands at an endpoint, and not in a folder."""
    return store.startswith(("http://", "https://"))


def ask(job: Job) -> Answer | Refusal:
    """The endpoint's answer to a job, in the form asked for. Raises TooManyError as a store's answer does."""
    accept = ", ".join(kind for kind in (job.bindings, job.graph) if kind)
    fields = [
        ("query", job.text),
        *(("default-graph-uri", iri) for iri in job.chosen.default or ()),
        *(("named-graph-uri", iri) for iri in job.chosen.named or ()),
    ]
    request = Request(job.dataset.store, urlencode(fields).encode(), {"Accept": accept})  # noqa: S310  # http(s), as asked above
    try:
        with urlopen(request, timeout=job.seconds) as response:  # noqa: S310  # as above
            media_type = response.headers.get_content_type()
            if media_type not in {job.bindings, job.graph}:
                return Refusal("unacceptable", "bindings" if job.bindings is None else "graph")
            form = RESULT_FORMATS.get(media_type)
            counter = COUNTERS[form.name]() if form else None
            sink = Sink(
                Path(job.spool), job.bounds.size, gzip=job.gzip, counter=counter, most_rows=job.bounds.rows
            )
            shutil.copyfileobj(response, sink)
    except HTTPError as error:
        words = error.read(WORDS).decode("utf-8", "replace")
        return Refusal("syntax" if error.code == 400 else "engine", words or str(error))
    except (URLError, HTTPException, TimeoutError) as error:
        return Refusal("engine", f"the endpoint behind this one does not answer: {error}")
    return Answer(
        "bindings" if form else "graph", media_type, sink.rows, job.gzip, False, sink.close(), sink.spooled
    )
