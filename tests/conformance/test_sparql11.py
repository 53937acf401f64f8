"""The W3C tests of the SPARQL 1.1 query and update languages and of the result formats, over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import requests

from tests.conformance.comparing import (
    FORMATS,
    MEDIA_TYPES,
    canonical,
    csv_rows,
    dataset,
    rows,
    rows_of_graph,
    same_rows,
)
from tests.conformance.deviations import CANONICAL, DEVIATIONS
from tests.conformance.servers import Server, running
from tests.conformance.suite import HOME, QUERY, UPDATE, Case, Data, cases, iri_of
from tests.written import replacement

pytestmark = pytest.mark.skipif(not HOME.is_dir(), reason=f"the W3C tests are not at {HOME}")

RDF = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
QUADS = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
NAMED_HOSTS = (
    "127.0.0.1:{port},www.example.com,example.org,example.com,example1.org,example2.org,invalid.endpoint.org"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(services=NAMED_HOSTS) as started:
        yield started


def parameters(kinds: str, folders: Iterable[str]) -> list[object]:
    """The tests whose kind has a word in it; known deviations are expected to fail, and to be told if not."""
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(reason=DEVIATIONS[case.id], strict=True)]
            if case.id in DEVIATIONS
            else [],
        )
        for case in cases(*folders)
        if kinds in case.kind
    ]


@pytest.mark.long
@pytest.mark.parametrize("case", parameters("Syntax", [*QUERY, *UPDATE]))
def test_syntax(server: Server, case: Case) -> None:
    """What is no SPARQL is refused with 400; what is, is not, whatever else may come of it."""
    kind = "update" if "Update" in case.kind else "query"
    answer = server.session.post(
        server.sparql, data=case.request.read_bytes(), headers={"Content-Type": f"application/sparql-{kind}"}
    )
    assert (answer.status_code == 400) == ("Negative" in case.kind), answer.text


@pytest.mark.long
@pytest.mark.parametrize("case", parameters("UpdateEvaluation", UPDATE))
def test_update(server: Server, case: Case) -> None:
    """After an update the data set is the expected one."""
    fill(server, case.data)
    post(server, "update", case.request.read_bytes()).raise_for_status()
    assert state(server) == dataset(quads(case.after))


@pytest.mark.long
@pytest.mark.parametrize("case", parameters("QueryEvaluation", [f for f in QUERY if f != "service"]))
def test_query(server: Server, case: Case) -> None:
    """A query has the expected answer."""
    fill(server, case.data)
    check_answer(server, case)


@pytest.mark.long
@pytest.mark.parametrize("case", parameters("CSVResultFormat", QUERY))
def test_csv(server: Server, case: Case) -> None:
    """An answer in CSV has the expected lines."""
    fill(server, case.data)
    answer = ask(server, based(case), "text/csv")
    assert case.result is not None
    assert csv_rows(answer.content) == csv_rows(case.result.read_bytes())


@pytest.mark.long
@pytest.mark.parametrize("case", parameters("QueryEvaluation", ["service"]))
def test_service(case: Case) -> None:
    """A federated query has the expected answer; the operator's setting says where the hosts are."""
    with ExitStack() as others:
        moved, listed = ["invalid.endpoint.org=http://127.0.0.1:9"], ["127.0.0.1:9"]
        for endpoint, data in reversed(case.services):
            there = others.enter_context(running(services=",".join(listed)))
            fill(there, Data((data,)))
            moved.append(f"{urlsplit(endpoint).netloc}={there.address}")
            listed.append(urlsplit(there.address).netloc)
        here = others.enter_context(running(services=",".join(moved)))
        fill(here, case.data)
        check_answer(here, case)


def check_answer(server: Server, case: Case) -> None:
    """Whether the answer to a query is the one that its file tells."""
    path = case.result
    assert path is not None
    if path.suffix in FORMATS:
        expected = rows(path.read_bytes(), FORMATS[path.suffix])
        answer = ask(server, based(case), MEDIA_TYPES[path.suffix])
        found = rows(answer.content, FORMATS[path.suffix])
    elif b"result-set#" in path.read_bytes():
        expected = rows_of_graph(path, iri_of(path))
        found = rows(ask(server, based(case), MEDIA_TYPES[".srj"]).content, FORMATS[".srj"])
    else:
        answer = ask(server, based(case), "application/n-triples")
        told = dataset(ox.Quad(*q.triple) for q in ox.parse(answer.content, ox.RdfFormat.N_TRIPLES))
        assert told == dataset(quads(Data((path,))))
        return
    if isinstance(expected, bool) or isinstance(found, bool):
        assert found is expected
    else:
        told = f"expected {expected}, found {found}"
        assert same_rows(found, expected) == (case.id not in CANONICAL), told
        assert same_rows(canonical(found), canonical(expected)), told


def based(case: Case) -> str:
    """The query of a test with its own IRI as base, against which it names its files."""
    return f"BASE <{iri_of(case.request)}>\n{case.text}"


def ask(server: Server, query: str, accept: str) -> requests.Response:
    """The answer to a query."""
    answer = post(server, "query", query.encode(), accept)
    assert answer.ok, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == accept
    return answer


def post(server: Server, kind: str, body: bytes, accept: str = "*/*") -> requests.Response:
    """What the server says to a query or an update sent as it is."""
    headers = {"Content-Type": f"application/sparql-{kind}", "Accept": accept}
    return server.session.post(server.sparql, data=body, headers=headers, timeout=60)


def fill(server: Server, data: Data) -> None:
    """Make the data set exactly this one."""
    update = replacement(quads(data), [name for name, _ in data.named])
    answer = post(server, "update", update.encode())
    assert answer.ok, answer.text


def state(server: Server) -> ox.Dataset:
    """The data set as it is."""
    answer = ask(server, QUADS, MEDIA_TYPES[".srj"])
    found = ox.parse_query_results(answer.content, format=FORMATS[".srj"])
    assert isinstance(found, ox.QuerySolutions)
    return dataset(ox.Quad(s["s"], s["p"], s["o"], s["g"] or ox.DefaultGraph()) for s in found)


def quads(data: Data) -> Iterator[ox.Quad]:
    """The quads of files; blank nodes of different files are different ones."""
    named = [(path, ox.NamedNode(name)) for name, path in data.named]
    for path, graph in [*((path, ox.DefaultGraph()) for path in data.default), *named]:
        found = ox.parse(path.read_bytes(), RDF[path.suffix], base_iri=iri_of(path), rename_blank_nodes=True)
        yield from (ox.Quad(q.subject, q.predicate, q.object, graph) for q in found)
