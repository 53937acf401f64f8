"""The Reconciliation Service API in both versions, held to the published schemas and examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "reconciliation"
VERSIONS = ("0.2", "1.0-draft")
DRAFT = "/reconcile/1.0-draft"
pytestmark = pytest.mark.skipif(not PUBLISHED.exists(), reason="needs the schemas, ../shared/conformance")


def check(version: str, schema: str, answer: Any) -> None:
    """Hold an answer to a schema of a version; its references are resolved among the schemas beside it."""
    folder = PUBLISHED / version / "schemas"
    texts = {file.name: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}
    resources = [
        (iri, Resource.from_contents(text, default_specification=DRAFT7))
        for name, text in texts.items()
        for iri in {text.get("$id", name), name, f"{_folder(texts[schema + '.json'])}{name}"}
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    Draft7Validator(
        {**texts[f"{schema}.json"], "$schema": "http://json-schema.org/draft-07/schema#"}, registry=registry
    ).validate(answer)


def _folder(schema: Mapping[str, Any]) -> str:
    return str(schema["$id"]).rpartition("/")[0] + "/"


def examples(kind: str, validity: str) -> Iterator[Any]:
    for version in VERSIONS:
        for file in sorted((PUBLISHED / version / "examples" / kind / validity).glob("*.json")):
            yield pytest.param(version, json.loads(file.read_text("utf-8")), id=f"{version} {file.stem}")


def ask(client: FlaskClient, version: str, batch: Any) -> Any:
    if version == "0.2":
        return client.post("/reconcile", data={"queries": json.dumps(batch)})
    return client.post(f"{DRAFT}/match", json=batch)


@pytest.mark.parametrize(("version", "address"), [("0.2", "/reconcile"), ("1.0-draft", DRAFT)])
def test_a_manifest_is_valid_and_its_addresses_answer(
    client: FlaskClient, version: str, address: str
) -> None:
    manifest = client.get(address).json
    check(version, "manifest", manifest)
    assert version in manifest["versions"]
    assert client.get(f"{address}/preview?id=state/arcadia").status_code == 200
    assert client.get("/id/state%2Farcadia").status_code == 303


@pytest.mark.parametrize(("version", "batch"), list(examples("reconciliation-query-batch", "valid")))
def test_the_published_queries_are_answered_validly(client: FlaskClient, version: str, batch: Any) -> None:
    answer = ask(client, version, batch)
    assert answer.status_code == 200
    check(version, "reconciliation-result-batch", answer.json)
    asked = batch if version == "0.2" else batch["queries"]
    assert len(answer.json if version == "0.2" else answer.json["results"]) == len(asked)


@pytest.mark.parametrize(("version", "batch"), list(examples("reconciliation-query-batch", "invalid")))
def test_the_published_malformed_queries_are_refused(client: FlaskClient, version: str, batch: Any) -> None:
    assert ask(client, version, batch).status_code == 400


@pytest.mark.parametrize("version", VERSIONS)
def test_a_name_finds_its_thing(client: FlaskClient, version: str) -> None:
    """Misspelt, by identifier, and by the identifier of another data set."""
    for text in ("Arcadai", "state/arcadia", "https://w3id.org/entente/id/state/arcadia", "Q1"):
        condition = {"matchType": "name", "propertyValue": text}
        batch: Any = (
            {"q": {"query": text}} if version == "0.2" else {"queries": [{"conditions": [condition]}]}
        )
        answer = ask(client, version, batch).json
        check(version, "reconciliation-result-batch", answer)
        found = answer["q"]["result"] if version == "0.2" else answer["results"][0]["candidates"]
        assert (found[0]["id"], found[0]["name"]) == ("state/arcadia", "Arcadia")
        assert found[0]["match"]


def test_types_and_properties_choose_among_candidates(client: FlaskClient) -> None:
    def first(query: Mapping[str, Any]) -> list[str]:
        answer = client.post("/reconcile", data={"queries": json.dumps({"q": query})}).json
        return [candidate["id"] for candidate in answer["q"]["result"]]

    assert first({"query": "Arcadia", "type": "State"}) == ["state/arcadia"]
    assert first({"query": "Arcadia", "type": "Person"}) == []
    assert first({"query": "Arcadia", "type": ["State", "Person"], "type_strict": "all"}) == []
    hint = {"pid": "engagesWith", "v": {"id": "state/elbonia"}}
    assert first({"properties": [hint]}) == ["state/arcadia"]
    condition = {
        "matchType": "property",
        "propertyId": "engagesWith",
        "propertyValue": "Arcadia",
        "required": True,
    }
    name = {"matchType": "name", "propertyValue": "Arcadia"}
    answer = client.post(f"{DRAFT}/match", json={"queries": [{"conditions": [name, condition]}]}).json
    assert answer["results"] == [{"candidates": []}]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["entity", "type", "property"])
def test_suggestions_are_valid(client: FlaskClient, version: str, kind: str) -> None:
    address = "/reconcile" if version == "0.2" else DRAFT
    prefix = {"entity": "arca", "type": "ev", "property": "part"}[kind]
    answer = client.get(f"{address}/suggest/{kind}?prefix={prefix}").json
    schema = {"entity": "entities", "type": "types", "property": "properties"}[kind]
    check(version, f"suggest-{schema}-response", answer)
    if kind != "type":
        assert answer["result"][0]["name"] in {"Arcadia", "participant"}
    assert client.get(f"{address}/suggest/{kind}?prefix={prefix}&limit=x").status_code == 400


def test_a_card_about_a_suggestion_is_html_in_json(client: FlaskClient) -> None:
    card = client.get("/reconcile/flyout/entity?id=state/arcadia").json
    assert card["id"] == "state/arcadia"
    assert "<strong>Arcadia</strong>" in card["html"]
    assert client.get("/reconcile/flyout/property?id=participant").json["html"]
    assert client.get("/reconcile/flyout/type?id=Nothing").status_code == 404


QUERY = {"ids": ["state/arcadia", "nothing"], "properties": [{"id": "skos:prefLabel"}, {"id": "engagesWith"}]}


def test_values_of_things_are_fetched(client: FlaskClient) -> None:
    old = client.post("/reconcile", data={"extend": json.dumps(QUERY)}).json
    check("0.2", "data-extension-response", old)
    assert old["rows"]["state/arcadia"] == {
        "skos:prefLabel": [{"str": "Arcadia"}],
        "engagesWith": [{"id": "state/elbonia", "name": "Elbonia"}],
    }
    assert old["rows"]["nothing"]["skos:prefLabel"] == [{}]
    new = client.post(f"{DRAFT}/extend", json=QUERY).json
    check("1.0-draft", "data-extension-response", new)
    assert [row["id"] for row in new["rows"]] == ["state/arcadia", "nothing"]
    assert new["rows"][0]["properties"][0]["values"] == [{"str": "Arcadia", "lang": "en"}]


@pytest.mark.parametrize("version", VERSIONS)
def test_properties_are_proposed_for_a_type(client: FlaskClient, version: str) -> None:
    address = "/reconcile" if version == "0.2" else DRAFT
    answer = client.get(f"{address}/extend/propose?type=State&limit=3").json
    check(version, "data-extension-property-proposal", answer)
    assert len(answer["properties"]) == 3


def test_a_column_without_a_type_is_proposed_the_properties_of_all(client: FlaskClient) -> None:
    """OpenRefine asks with an empty type then."""
    answer = client.get("/reconcile/extend/propose?type=").json
    check("0.2", "data-extension-property-proposal", answer)
    assert "skos:prefLabel" in {one["id"] for one in answer["properties"]}
    assert client.get("/reconcile/extend/propose?type=a%20b%3C").json["properties"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ('{"query": "Arcadia", "limit": 1e400}', 200),
        ('{"query": "Arcadia", "limit": NaN}', 400),
        ('{"query": "http://[x"}', 200),
        ('{"query": "\\u0000 \\ud800"}', 200),
        ('{"query": "Arcadia", "type": "<a b>"}', 200),
        ('{"query": "Arcadia", "properties": [{"pid": "<a b>", "v": {"id": "<a b>"}}]}', 200),
        ('{"properties": [{"pid": "<a b>", "v": "x"}]}', 200),
        ('{"query": "Arcadia", "properties": [{"pid": null, "v": "x"}]}', 400),
    ],
)
def test_odd_queries_are_answered_or_refused(client: FlaskClient, query: str, status: int) -> None:
    assert client.post("/reconcile", data={"queries": f'{{"q": {query}}}'}).status_code == status


def test_odd_things_and_properties_have_no_values(client: FlaskClient) -> None:
    asked = {
        "ids": ["<a b>", "\0", "state/arcadia"],
        "properties": [{"id": "<a b>", "settings": {"limit": ""}}],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}).json
    assert list(answer["rows"].values()) == [{"<a b>": [{}]}] * 3


def test_any_page_may_ask_and_frame_a_preview(client: FlaskClient) -> None:
    preview = client.get("/reconcile/preview?id=state/arcadia")
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert client.get("/reconcile").headers["Access-Control-Allow-Origin"] == "*"
    assert "frame-ancestors 'none'" in client.get("/search").headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=nothing").status_code == 404
    assert client.get("/reconcile/about").status_code == 200


@pytest.mark.parametrize(
    "queries",
    ["", "no JSON", "[]", '"x"', "{}x", '{"q": 1}', '{"q": {"query": "a", "limit": -1}}', "[" * 5000],
)
def test_odd_requests_are_told_what_is_wrong(client: FlaskClient, queries: str) -> None:
    assert client.post("/reconcile", data={"queries": queries}).status_code == 400
    assert client.post(f"{DRAFT}/match", data=queries).status_code == 400
    assert client.post(f"{DRAFT}/extend", data=queries).status_code == 400


def test_too_many_queries_at_once_are_refused(client: FlaskClient) -> None:
    batch = {f"q{n}": {"query": "a"} for n in range(501)}
    assert client.post("/reconcile", data={"queries": json.dumps(batch)}).status_code == 413
