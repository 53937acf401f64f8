"""The description is valid by the shapes of DCAT-AP, those of the ranges of its properties among them.

The shapes are SEMIC's (CC BY 4.0) and are read from where they are given: `DCAT_AP_SHAPES` names a folder with
`shapes.ttl` and `range.ttl` of a release, https://semiceu.github.io/DCAT-AP/releases/3.0.1/html/shacl/
"""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from kg.publish import publish
from kg.published import open_published
from kg.settings import Settings
from kg.web import create_app
from tests.graph.readings import MINT, seedlike
from tests.publish.test_publish import edition

GIVEN = os.environ.get("DCAT_AP_SHAPES")
DATASET = URIRef(f"{MINT.base}dataset")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """What /dataset says of a data set with two versions."""
    dist = tmp_path_factory.mktemp("dist")
    publish(edition(), dist)
    publish(edition(seedlike()), dist)
    app = create_app(Settings(query_processes=1), dist)
    try:
        return Graph().parse(data=app.test_client().get("/dataset.ttl").text)
    finally:
        app.extensions["entente"].pool.close()


@pytest.mark.skipif(not GIVEN, reason="needs DCAT-AP's shapes; DCAT_AP_SHAPES names their folder")
@pytest.mark.parametrize("shapes", ["shapes", "range"])
def test_the_description_is_valid_by_the_shapes_of_dcat_ap(described: Graph, shapes: str) -> None:
    asked = Graph().parse(Path(GIVEN or "") / f"{shapes}.ttl")
    conforms, _, report = pyshacl.validate(described, shacl_graph=asked)
    assert conforms, report


@pytest.mark.parametrize(
    ("of", "properties"),
    [
        (DCAT.Catalog, ["title", "description", "publisher"]),
        (DCAT.Dataset, ["title", "description"]),
        (DCAT.Distribution, ["license"]),
        (DCAT.DataService, ["title"]),
    ],
)
def test_what_dcat_ap_wants_of_each_class_is_there(
    described: Graph, of: URIRef, properties: list[str]
) -> None:
    """Its mandatory properties, and the licence, also where its shapes are not at hand."""
    found = set(described.subjects(RDF.type, of))
    assert found
    for thing in found:
        assert [name for name in properties if (thing, DCTERMS[name], None) not in described] == [], thing
    for distribution in described.subjects(RDF.type, DCAT.Distribution):
        assert (distribution, DCAT.accessURL, None) in described


def test_the_description_stands_in_the_store_too(tmp_path: Path) -> None:
    publish(edition(seedlike()), tmp_path)
    told = open_published(tmp_path).store.triples(MINT.graph("dataset"))
    kind = ox.NamedNode(str(DCAT.Dataset))
    assert any(t.subject.value == str(DATASET) and t.object == kind for t in told)
