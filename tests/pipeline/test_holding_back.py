"""A document that breaks a shape or makes a clash is held back by name, with its words; the rest goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import OWL, RDF, BNode, Graph, URIRef

from kg.model import Entity, Evidence, Reading, Span, Time
from kg.pipeline import InvalidError, TooManyFactsError, Work, run
from kg.pipeline.blame import Blame
from kg.pipeline.work import PASSED
from kg.published import open_published
from kg.validate import Validator
from kg.violations import Violation
from tests.graph.readings import BRUSSELS, JAPAN, MINT, NATO, TOKYO, claim, document, meeting, seedlike, thing
from tests.pipeline.small import publish, small


def misquoted() -> Reading:
    reading = seedlike()
    wrong = replace(reading.claims[0], evidence=Evidence(Span(0, 36), "Mark Rutte met Gen Nakatani in Osaka"))
    return replace(reading, claims=(wrong, *reading.claims[1:]))


def opening(name: str, kind: str, institution: str = "House of Friendship") -> Reading:
    """A document in which an institution is opened, under one IRI whatever kind of thing it is taken for."""
    told = document(name, f"Japan opened the {institution} in Brussels, says {name}.")
    iri = MINT.thing("Institution", institution)
    opened = Entity(iri, kind, institution)
    quote = f"Japan opened the {institution} in Brussels"
    found = claim(told, "Establishment", quote, founder=[JAPAN], institution=[opened], place=[BRUSSELS])
    return Reading(told, claims=(found,))


def clashing(name: str = "clash") -> Reading:
    """A document in which Japan is a person, too."""
    told = document(name, "Japan met Japan in Tokyo.")
    person = replace(thing("Person", "Japan"), iri=JAPAN.iri, reference=False)
    met = claim(told, "Meeting", "Japan met Japan", participant=[JAPAN, person], place=[TOKYO])
    return Reading(told, claims=(met,))


def held(work: Work) -> set[str]:
    return {one.name for one in work.held}


def published(folder: Path) -> set[str]:
    return set(open_published(folder / "dist").documents)


def test_a_document_that_breaks_a_shape_is_held_back_and_the_rest_is_published(tmp_path: Path) -> None:
    work = publish(small(tmp_path, misquoted(), meeting("good")))
    assert held(work) == {"seed-like"}
    assert published(tmp_path) == {"good"}
    assert {violation.document for violation in work.report.violations} == {"seed-like"}
    assert work.counts() | {"documents": 1, "held back": 1} == work.counts()


def test_a_clash_holds_back_its_document_and_is_told_down_to_quotes_and_axioms(tmp_path: Path) -> None:
    work = publish(small(tmp_path, clashing(), meeting("good")))
    assert held(work) == {"clash"}
    assert published(tmp_path) == {"good"}
    (violation, *_) = work.report.violations
    words = str(violation)
    assert "cax-adc" in words
    assert "Japan is a person" in words.replace("Person", "person")
    assert "“Japan met Japan” (" in words
    assert "#char=0,15" in words
    assert "asserted in the graph 'reference'" in words
    assert violation.evidence == Evidence(Span(0, 15), "Japan met Japan")


def test_the_outcome_is_that_of_a_build_without_what_is_held_back(tmp_path: Path) -> None:
    """Facts and inferences are those of the good documents alone, to the byte."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with_bad = publish(small(one, misquoted(), clashing(), meeting("a"), meeting("b")))
    without = small(other, meeting("a"), meeting("b"))
    without = publish(replace(without, knowledge=with_bad.knowledge))
    assert with_bad.publication is not None
    assert without.publication is not None
    assert with_bad.publication.version == without.publication.version


def test_of_documents_that_clash_with_each_other_the_new_one_is_held_back(tmp_path: Path) -> None:
    publish(small(tmp_path, opening("first", "Institution")))
    work = publish(small(tmp_path, opening("first", "Institution"), opening("second", "Person")))
    assert held(work) == {"second"}
    assert published(tmp_path) == {"first"}


def test_a_document_that_has_changed_counts_as_new(tmp_path: Path) -> None:
    publish(small(tmp_path, opening("first", "Institution"), opening("second", "Institution")))
    changed = opening("first", "Person")
    text = f"{changed.document.text} It has changed."
    changed = replace(changed, document=replace(changed.document, text=text))
    assert held(publish(small(tmp_path, changed, opening("second", "Institution")))) == {"first"}


def test_of_new_documents_that_clash_those_that_fewest_bear_out_are_held_back(tmp_path: Path) -> None:
    readings = [opening("a", "Institution"), opening("b", "Institution"), opening("odd", "Person")]
    assert held(publish(small(tmp_path, *readings))) == {"odd"}


def test_where_nothing_tells_them_apart_all_go(tmp_path: Path) -> None:
    readings = [opening("a", "Institution"), opening("b", "Person"), meeting("good")]
    for order in (readings, readings[::-1]):
        assert held(publish(small(tmp_path, *order))) == {"a", "b"}


def test_a_clash_of_the_reference_data_stops_the_build_and_blames_no_document(tmp_path: Path) -> None:
    work = small(tmp_path, meeting("good"))
    wrong = URIRef(MINT.thing("State", "Nowhere"))
    for kind in ("State", "Person"):
        work.knowledge.reference.add((wrong, RDF.type, URIRef(MINT.term(kind))))
    with pytest.raises(InvalidError, match="cax-adc") as stopped:
        publish(work)
    assert {violation.document for violation in stopped.value.work.report.violations} == {""}
    assert not (tmp_path / "dist" / "current").exists()


def test_where_no_document_is_left_nothing_is_published(tmp_path: Path) -> None:
    publish(small(tmp_path, meeting("before")))
    with pytest.raises(InvalidError, match="seed-like"):
        publish(small(tmp_path, misquoted()))
    assert published(tmp_path) == {"before"}


def test_what_is_wrong_between_documents_lies_with_the_new_one_and_with_who_gave_the_value(
    tmp_path: Path,
) -> None:
    """A node without a value that a claim gives is blamed on all that tell of it, unless some were there before."""
    april = Time("2025-04-08")
    readings = [meeting("a", time=april), meeting("b", time=april), meeting("c", time=april, place=[])]
    publish(small(tmp_path, readings[0]))
    work = run(small(tmp_path, *readings), lambda *_: None, until="Building graphs")
    (event,) = {told.event for document in work.built.told.values() for told in document}
    found = Violation("", event, "x:shape", "x:path", "", "Correct it.")

    def blamed(value: str) -> set[str]:
        return {one.document for one in Blame.of(work).for_violation(replace(found, value=value))}

    assert blamed("") == {"b", "c"}
    assert blamed(TOKYO.iri) == {"b"}
    assert blamed("of no claim") == {"b", "c"}
    assert Blame.of(work).for_violation(replace(found, node="x:unknown"))[0].document == ""


def test_documents_that_tell_of_one_event_more_and_less_precisely_are_no_violation(tmp_path: Path) -> None:
    readings = meeting("a", time=Time("2025-04")), meeting("b", time=Time("2025-04-08"))
    work = publish(small(tmp_path, *readings))
    assert not work.held
    assert work.counts()["facts"] == 1


def test_documents_that_write_one_name_differently_are_no_violation(tmp_path: Path) -> None:
    readings = [opening(n, "Institution", label) for n, label in (("a", "Peace House"), ("b", "peace house"))]
    assert not publish(small(tmp_path, *readings)).held


def test_only_documents_that_changed_are_validated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build checks the new document and no other; one after a change of the shapes checks all."""
    checked: list[str] = []
    check = Validator.document
    monkeypatch.setattr(Validator, "document", lambda self, one: checked.append(one.name) or check(self, one))
    publish(small(tmp_path, seedlike(), opening("a", "Institution")))
    assert sorted(checked) == ["a", "seed-like"]
    assert (open_published(tmp_path / "dist").folder / PASSED).read_text("utf-8").count("\n") == 2
    checked.clear()
    publish(small(tmp_path, seedlike(), opening("a", "Institution"), opening("b", "Institution", "Hall")))
    assert checked == ["b"]
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    shape = "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:s> a sh:NodeShape ; sh:targetNode <x:n> ."
    (shapes / "one.ttl").write_text(shape)
    checked.clear()
    work = small(tmp_path, seedlike(), opening("a", "Institution"))
    run(replace(work, settings=replace(work.settings, shapes=shapes)), lambda *_: None, until="Validating")
    assert sorted(checked) == ["a", "seed-like"]


def test_a_statement_that_the_ontology_denies_is_a_clash_with_the_way_to_it(tmp_path: Path) -> None:
    """What clashes is inferred: the report tells by which rules, down to the words."""
    work = small(tmp_path, meeting("talks"), opening("good", "Institution"))
    never = BNode()
    told = {
        RDF.type: OWL.NegativePropertyAssertion,
        OWL.sourceIndividual: URIRef(NATO.iri),
        OWL.assertionProperty: URIRef(MINT.term("engagesWith")),
        OWL.targetIndividual: URIRef(JAPAN.iri),
    }
    ontology = Graph() + work.knowledge.ontology
    for predicate, value in told.items():
        ontology.add((never, predicate, value))
    work = publish(replace(work, knowledge=replace(work.knowledge, ontology=ontology)))
    assert held(work) == {"talks"}
    words = str(work.report.violations[0])
    assert "prp-npa1" in words
    assert "prp-spo2" in words
    assert "“Mark Rutte met Gen Nakatani in Tokyo” (" in words
    assert not [t for t in work.inferred if str(t[1]).endswith("#engagesWith")]


def test_more_facts_than_memory_holds_are_refused_with_advice(tmp_path: Path) -> None:
    work = small(tmp_path, meeting("good"))
    with pytest.raises(TooManyFactsError, match="--engine spark") as refused:
        publish(replace(work, settings=replace(work.settings, most_facts=10)))
    assert refused.value.bound == 10
    assert not (tmp_path / "dist" / "current").exists()
