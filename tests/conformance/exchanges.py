"""The HTTP exchanges of the W3C protocol tests: as RDF, or as prose in the deprecated ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox
import requests
from rdflib import RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conformance.comparing import dataset
from tests.conformance.suite import MF, entries, manifest

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
OWN_ADDRESS = re.compile(r"^(/gsp|/sparql|\$GRAPHSTORE\$)")
UNFINISHED = re.compile(r'(foaf:\w+\s+"[^"]*")(?=\n\n|\Z)')
PROSE = re.compile(
    r"#### Request\s+(?P<request>.*?)#### Response\s+(?P<response>.*?)(?=#### Request|\Z)", re.S
)


@dataclass(frozen=True)
class Exchange:
    """One request and what is expected of its response; `status` is a pattern such as `2..|3..`."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    status: str
    truth: bool | None = None
    graph: str | None = None
    names_new: str | None = None


def exchanges(path: str, entry: URIRef) -> list[Exchange]:
    """The exchanges of a test that is told as RDF."""
    found = manifest(path)
    connection = found.value(entry, MF.action)
    return [_exchange(found, request) for request in Collection(found, found.value(connection, HT.requests))]


def prose(path: str) -> Iterator[tuple[str, Exchange]]:
    """The exchanges of tests told as prose, in the order of the manifest: each builds on the last."""
    found = manifest(path)
    for entry in entries(path):
        told = max((str(o) for o in found.objects(entry, RDFS.comment)), key=len)
        for match in PROSE.finditer(told):
            yield str(entry).rpartition("#")[2], _told(match["request"], match["response"])


def _exchange(found: Graph, request: Node) -> Exchange:
    response = found.value(request, HT.resp)
    headers = _headers(found, request)
    codes = [str(s).rpartition("#")[2] for s in found.objects(response, MF.expectedStatus)]
    truth = found.value(response, MF.expectedBoolean)
    new = found.value(response, MF.expectedLocation)
    return Exchange(
        method=str(found.value(request, HT.methodName)),
        path=str(found.value(request, HT.absolutePath)),
        headers=headers,
        body=_content(found, found.value(request, HT.body)),
        status="|".join(STATUS.get(c, c.removeprefix("StatusCode").replace("xx", "..")) for c in codes),
        truth=None if truth is None else str(truth) == "true",
        graph=(_content(found, found.value(response, HT.body)) or b"").decode() or None,
        names_new=None if new is None else str(new),
    )


def _headers(found: Graph, message: Node | None) -> dict[str, str]:
    listed = found.value(message, HT.headers)
    headers = Collection(found, listed) if listed else ()
    return {str(found.value(h, HT.fieldName)): str(found.value(h, HT.fieldValue)) for h in headers}


def _content(found: Graph, body: Node | None) -> bytes | None:
    """The bytes of a body; the tests name its encoding."""
    if body is None:
        return None
    encoding = str(found.value(body, CNT.characterEncoding) or "UTF-8")
    return str(found.value(body, CNT.chars)).encode(encoding)


def _told(request: str, response: str) -> Exchange:
    """An exchange told as prose; some lack the full stop at the end of their Turtle."""
    head, _, body = _dedented(request).partition("\n\n")
    first, *lines = head.splitlines()
    method, path, _version = first.split()
    answer_head, _, graph = _dedented(response).partition("\n\n")
    status = answer_head.split()[0]
    new = re.search(r"Location: (\S+)", answer_head)
    headers = dict(line.split(": ", 1) for line in lines if not line.startswith(("Host:", "Content-Length:")))
    return Exchange(
        method=method,
        path=path,
        headers=headers,
        body=UNFINISHED.sub(r"\1 .", body).encode() or None,
        status={"200": "20[04]", "204": "20[04]"}.get(status, status),
        graph=graph if graph.strip() and method == "GET" else None,
        names_new=new[1] if new else None,
    )


def _dedented(text: str) -> str:
    lines = (line.removeprefix("    ").rstrip() for line in text.strip("\n").splitlines())
    return "\n".join(lines).strip("\n")


def faults(session: requests.Session, steps: list[Exchange], address: str) -> list[object]:
    """What is wrong with the first response that is, where the requests are made one after the other.

    The tests' own address is replaced by the server's.
    """
    names = {
        "http%3A%2F%2Fwww.example%2Fgsp": quote(address, safe=""),
        "http://www.example/gsp": address,
        "http://$HOST$/$GRAPHSTORE$": address,
    }
    for step in steps:
        answer = session.request(
            step.method,
            OWN_ADDRESS.sub(address, placed(step.path, names)),
            headers=dict(step.headers),
            data=None if step.body is None else placed_body(step.body, names),
            timeout=30,
        )
        if not _is_as_told(answer, step, names):
            return [step, answer.status_code, dict(answer.headers), answer.text]
        if step.names_new is not None:
            names[step.names_new] = answer.headers["Location"]
    return []


def _is_as_told(answer: requests.Response, step: Exchange, names: Mapping[str, str]) -> bool:
    """Whether a response has the status, the truth and the graph that its test tells."""
    if not re.fullmatch(step.status, str(answer.status_code)):
        return False
    if step.truth is not None:
        truth = bool(ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON))
        if truth is not step.truth:
            return False
    if step.graph is None:
        return True
    turtle = answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    return turtle and same_graph(answer.content, placed(step.graph, names).encode(), answer.url)


def placed(text: str, names: Mapping[str, str]) -> str:
    """A text with the names of the tests' hosts replaced by those of the server."""
    for name, where in names.items():
        text = text.replace(name, where)
    return text


def placed_body(body: bytes, names: Mapping[str, str]) -> bytes:
    """A body with the hosts replaced; one that is no UTF-8 is meant to be so and stays."""
    try:
        return placed(body.decode("utf-8"), names).encode()
    except UnicodeDecodeError:
        return body


def same_graph(one: bytes, other: bytes, base: str) -> bool:
    """Whether two Turtle documents tell the same graph."""
    graphs = [
        dataset(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True))
        for text in (one, other)
    ]
    return graphs[0] == graphs[1]
