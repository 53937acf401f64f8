"""What was seen and gave no claim is told, with the reason: in words, and in the document's graph of claims."""

from rdflib import RDF, URIRef

from kg.cli.explain import explained
from kg.graph.claims import OA
from tests.extract.sentences import reading
from tests.graph.readings import MINT, graphs

TEXT = (
    "Troops were deployed. Ministry of Defence officials came. If Poland sent troops, Russia would protest."
)


def test_every_omission_is_explained_with_its_words_place_and_reason() -> None:
    known = reading(TEXT)
    lines = list(explained(known))
    assert len({o.reason for o in known.omissions}) > 1
    for omission in known.omissions:
        start = f"  {omission.evidence.exact!r} at {omission.evidence.span.start}: {omission.reason}"
        assert any(line.startswith(start) for line in lines)


def test_every_omission_stands_in_the_graph_of_claims_with_its_words_place_and_reason() -> None:
    known = reading(TEXT)
    graph = graphs(known).claims["test"].graph()
    found = set()
    for node in graph.subjects(RDF.type, URIRef(MINT.term("Omission"))):
        (evidence,) = graph.objects(node, URIRef(MINT.term("evidence")))
        (reason,) = graph.objects(node, URIRef(MINT.term("reason")))
        (start,) = graph.objects(evidence, OA.start)
        (exact,) = graph.objects(evidence, OA.exact)
        found.add((start.toPython(), str(exact), str(reason)))
    assert found == {(o.evidence.span.start, o.evidence.exact, o.reason) for o in known.omissions}
