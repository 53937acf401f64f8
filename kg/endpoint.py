"""Another program's SPARQL 1.1 endpoint, over HTTP: asked, and its graphs put in place.

Answers are read whole, within a bound, and parsed: whatever an endpoint writes, and in whichever form, what is
handed on is in the terms of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as ox

from kg.sparql import as_select, form_of

WORDS = 4096  # bytes of what an endpoint says of an error that are passed on
LARGEST = 512 << 20  # bytes of an answer that are read
LOADING = 3600.0  # seconds for a graph that is put in place
PATIENCE = 60.0  # seconds for an answer, where whoever asks has no time limit of its own
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples, text/turtle;q=0.5"

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class EndpointError(Exception):
    """An endpoint that does not do what it was asked: which, why, and the status of its answer if there was one."""

    def __init__(self, address: str, words: str, status: int | None = None) -> None:
        super().__init__(words)
        self.address, self.status = address, status


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of one endpoint: of queries and, where it can be written to, of graphs.

    `login` is `user:password`, used where the endpoint asks for it (RFC 7616, RFC 7617).
    """

    queries: str
    graphs: str = ""
    login: str = ""

    def ask(
        self,
        query: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        seconds: float = PATIENCE,
    ) -> Found:
        """The answer to a query over the given graphs, or over the endpoint's own data set. Raises EndpointError."""
        fields = [
            ("query", query),
            *(("default-graph-uri", iri) for iri in default_graphs),
            *(("named-graph-uri", iri) for iri in named_graphs),
        ]
        form = form_of(query)
        headers = {"Accept": TRIPLES if form in {"CONSTRUCT", "DESCRIBE"} else ROWS}
        request = Request(self.queries, urlencode(fields).encode(), headers)  # noqa: S310  # an address of the operator's
        kind, body = self._send(request, seconds)
        try:
            found = _parsed(kind, body)
        except (KeyError, SyntaxError) as error:
            raise EndpointError(self.queries, f"the endpoint's answer cannot be read: {error}") from error
        if form == "ASK" and isinstance(
            found, ox.QuerySolutions
        ):  # Virtuoso 7: a row, be it a wrong one, is a yes
            plain = as_select(query)
            rows = self.ask(plain, default_graphs, named_graphs, seconds) if plain else found
            return _truth(isinstance(rows, ox.QuerySolutions) and any(True for _ in rows))
        return found

    def put(self, graph: str, triples: Sequence[bytes]) -> None:
        """Put a graph in place of what it held, given as lines of N-Triples. Raises EndpointError."""
        self._write("PUT", graph, triples)

    def add(self, graph: str, triples: Sequence[bytes]) -> None:
        """Add to a graph. Raises EndpointError."""
        self._write("POST", graph, triples)

    def delete(self, graph: str) -> None:
        """Remove a graph, if it is there. Raises EndpointError."""
        try:
            self._write("DELETE", graph, ())
        except EndpointError as error:
            if error.status != 404:
                raise

    def _write(self, method: str, graph: str, triples: Sequence[bytes]) -> None:
        """A request of the Graph Store HTTP Protocol (sections 5.3 to 5.5); Turtle is what every store reads."""
        request = Request(  # noqa: S310  # an address of the operator's
            f"{self.graphs}{'&' if '?' in self.graphs else '?'}graph={quote(graph, safe='')}",
            b"".join(triples) or None,
            {"Content-Type": "text/turtle"},
            method=method,
        )
        self._send(request, LOADING)

    def _send(self, request: Request, seconds: float) -> tuple[str, bytes]:
        """The media type and the body of a response."""
        try:
            with self._opener().open(request, timeout=seconds) as response:
                return response.headers.get_content_type(), _whole(response, request.full_url)
        except HTTPError as error:
            words = error.read(WORDS).decode("utf-8", "replace")
            raise EndpointError(request.full_url, words or str(error), error.code) from error
        except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
            told = f"the endpoint behind this one does not answer: {error}"
            raise EndpointError(request.full_url, told) from error

    def _opener(self) -> OpenerDirector:
        user, _, password = self.login.partition(":")
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, [a for a in (self.queries, self.graphs) if a], user, password)
        return build_opener(*((HTTPDigestAuthHandler(known), HTTPBasicAuthHandler(known)) if user else ()))


def _whole(response: HTTPResponse, address: str) -> bytes:
    body = response.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise EndpointError(address, f"the endpoint's answer has more than {LARGEST:,} bytes")
    return body


def _parsed(kind: str, body: bytes) -> Found:
    """An answer; triples as the engine answers with them, each once."""
    if kind in RESULTS:
        return ox.parse_query_results(body, format=RESULTS[kind])
    held = ox.Store()
    held.bulk_load(body, format=GRAPHS[kind], to_graph=ox.DefaultGraph())
    return held.query("CONSTRUCT WHERE { ?subject ?property ?value }")


def _truth(value: bool) -> Found:
    """A truth value as the engine answers with it."""
    return ox.Store().query("ASK {}" if value else "ASK { FILTER(false) }")
