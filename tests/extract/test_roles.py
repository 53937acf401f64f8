"""What the extractor puts in a role is what the shapes let stand there: no document is held back for it."""

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection

from kg.extract.fillers import NAMED, THINGS

HOME = Path(__file__).resolve().parents[2]
ENT = "https://w3id.org/entente/ontology#"
SHAPES = Graph().parse(HOME / "shapes" / "roles.ttl")
ONTOLOGY = Graph().parse(HOME / "ontology" / "entente.ttl")
KINDS = [(role, kind) for role, kinds in NAMED.items() for kind in sorted(kinds)]


def _allowed(role: str) -> set[URIRef]:
    """The classes that the shape of a role names."""
    (shape,) = (
        s for s in SHAPES.subjects(SH.path, URIRef(ENT + role)) if (s, RDF.type, SH.PropertyShape) in SHAPES
    )
    either = SHAPES.value(shape, SH["or"])
    nodes = Collection(SHAPES, either) if either is not None else [shape]
    return {URIRef(str(SHAPES.value(node, SH["class"]))) for node in nodes}


@pytest.mark.parametrize(("role", "kind"), [*KINDS, *THINGS.items()], ids=lambda name: name)
def test_a_filler_is_of_a_class_that_its_role_takes(role: str, kind: str) -> None:
    classes = set(ONTOLOGY.transitive_objects(URIRef(ENT + kind), RDFS.subClassOf))
    assert classes & _allowed(role)
