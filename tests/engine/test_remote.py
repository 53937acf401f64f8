"""The same door to another server's data: a real Oxigraph server behind ours."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask.testing import FlaskClient

from bench.ports import free_port
from kg.settings import Settings
from kg.web import create_app

OXIGRAPH = Path(__file__).parents[2] / ".venv" / "bin" / "oxigraph"
pytestmark = pytest.mark.skipif(not OXIGRAPH.is_file(), reason="the Oxigraph server is not installed")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("oxigraph")
    process = subprocess.Popen([OXIGRAPH, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"])
    address = f"http://127.0.0.1:{port}"
    turtle = "<urn:s> <urn:p> 'in the default graph' ."
    for _ in range(200):
        try:
            requests.put(
                f"{address}/store?default", data=turtle, headers={"Content-Type": "text/turtle"}, timeout=5
            ).raise_for_status()
            break
        except requests.ConnectionError:
            time.sleep(0.05)
    requests.put(
        f"{address}/store?graph=urn:g", data=turtle, headers={"Content-Type": "text/turtle"}, timeout=5
    ).raise_for_status()
    yield f"{address}/query"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def client(endpoint: str) -> Iterator[FlaskClient]:
    app = create_app(Settings(query_processes=1, endpoint=endpoint, answer_rows=10, query_seconds=5))
    yield app.test_client()
    app.extensions["entente"].pool.close()


def ask(client: FlaskClient, query: str, accept: str = "text/csv", **more: str):
    return client.get("/sparql", query_string={"query": query, **more}, headers={"Accept": accept})


def test_queries_are_answered_from_there_in_the_form_asked_for(client: FlaskClient) -> None:
    assert ask(client, "SELECT ?s { ?s ?p ?o }").text.split() == ["s", "urn:s"]
    assert ask(client, "ASK { ?s ?p ?o }", "application/sparql-results+json").json["boolean"] is True
    assert "<urn:s>" in ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle").text
    assert "urn:s" in ask(client, "SELECT ?s { ?s ?p ?o }", **{"default-graph-uri": "urn:g"}).text


def test_the_bounds_hold_there_too(client: FlaskClient) -> None:
    many = "SELECT * { VALUES ?a { 1 2 3 4 } VALUES ?b { 1 2 3 4 } }"
    assert ask(client, many).status_code == 413
    endless = Path(__file__).with_name("endless.rq").read_text()
    assert ask(client, endless, timeout="0.5").status_code == 504


def test_the_description_tells_no_size_that_is_not_known(client: FlaskClient) -> None:
    told = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "Service" in told
    assert "triples" not in told


def test_its_refusals_are_told(client: FlaskClient) -> None:
    refused = ask(client, "SELECT * {")
    assert refused.status_code == 400
    assert "error at 1:" in refused.text


def test_nothing_is_kept_of_data_whose_version_is_unknown(client: FlaskClient, endpoint: str) -> None:
    query = "SELECT ?o { <urn:new> ?p ?o }"
    before = ask(client, query)
    assert "ETag" not in before.headers
    requests.post(
        endpoint.replace("/query", "/update"),
        data="INSERT DATA { <urn:new> <urn:p> 'now' }",
        headers={"Content-Type": "application/sparql-update"},
        timeout=5,
    ).raise_for_status()
    assert "now" in ask(client, query).text


def test_nothing_is_written_through_ours(client: FlaskClient) -> None:
    assert client.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403


def test_an_endpoint_that_is_gone_is_told() -> None:
    app = create_app(Settings(query_processes=1, endpoint=f"http://127.0.0.1:{free_port()}/query"))
    answer = ask(app.test_client(), "ASK {}", "application/sparql-results+json")
    app.extensions["entente"].pool.close()
    assert answer.status_code == 500
    assert "does not answer" in answer.text
