"""Comunica finds out by itself what our endpoint is, and joins it with what others say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.servers import running

HERE = Path(__file__).parent
NODE = Path(sys.executable).parent / "node"
ENT = "https://w3id.org/entente/ontology#"
NAMES = f"""PREFIX ent: <{ENT}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcterms: <http://purl.org/dc/terms/>"""
NOTE = "<https://w3id.org/entente/id/alliance/nato> <http://example.org/note> 'ours'"

pytestmark = pytest.mark.long


def asked(query: str, *sources: str) -> list[dict[str, str]]:
    """The solutions that Comunica finds."""
    if not (HERE / "node_modules").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("Comunica is not installed: run 'make clients'")
        pytest.skip("Comunica is not installed: run 'make clients'")
    done = subprocess.run(
        [NODE, HERE / "federated.mjs", f"{NAMES} {query}", *sources],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_takes_the_endpoint_for_one_by_its_description(server: str) -> None:
    found = asked("SELECT ?group { ?group a ent:Alliance ; skos:prefLabel 'NATO'@en }", f"{server}/sparql")
    assert found == [{"group": "https://w3id.org/entente/id/alliance/nato"}]


def test_it_joins_the_endpoint_with_the_description_of_the_data_set_and_with_another_server(
    server: str,
) -> None:
    """The description is VoID in a file, the note stands at another endpoint, the name at ours."""
    query = """SELECT ?title ?name ?note {
        ?dataset void:sparqlEndpoint ?endpoint ; dcterms:title ?title .
        ?group <http://example.org/note> ?note .
        ?group a ent:Alliance ; skos:prefLabel ?name }"""
    with running() as other:
        other.session.post(other.sparql, data={"update": f"INSERT DATA {{ {NOTE} }}"}).raise_for_status()
        found = asked(query, f"{server}/sparql", f"{server}/.well-known/void", other.sparql)
    assert {(row["name"], row["note"]) for row in found} == {("NATO", "ours")}
    assert all(row["title"] for row in found)
