"""Facts take what their accepted claims agree on."""

import pytest
from rdflib import RDF, SKOS, Literal, Namespace, URIRef

from kg.graph.times import agreed
from kg.model import Time, Values
from tests.graph.readings import JAPAN, MINT, MISSION, NATO, TOKYO, graphs, meeting, seedlike

ENT = Namespace(MINT.term(""))


def test_planned_events_are_no_facts_and_stated_ones_are() -> None:
    facts = graphs(seedlike()).facts.graph()
    assert {str(t).removeprefix(ENT) for _, t in facts.subject_objects(RDF.type)} == {
        "Meeting",
        "Establishment",
        "Statement",
        "Institution",
    }


def test_a_fact_engages_the_states_and_bodies_for_which_persons_act() -> None:
    facts = graphs(meeting("a")).facts.graph()
    assert set(facts.objects(None, ENT.engages)) == {URIRef(JAPAN.iri), URIRef(NATO.iri)}


def test_a_fact_names_every_claim_that_supports_it() -> None:
    built = graphs(meeting("a"), meeting("b"))
    claims = {URIRef(one.iri) for told in built.told.values() for one in told}
    facts = built.facts.graph()
    assert set(facts.objects(None, ENT.supportedBy)) == claims
    assert len(set(facts.subjects(ENT.supportedBy, None))) == 1


def test_of_nested_dates_a_fact_takes_the_finest() -> None:
    facts = graphs(meeting("a"), meeting("b", time=Time("2025-04-08"))).facts.graph()
    assert [str(t) for t in facts.objects(None, ENT.startTime)] == ["2025-04-08"]


def test_where_documents_disagree_on_a_number_they_tell_of_two_events() -> None:
    def spending(name: str, amount: float):
        reading = meeting(name)
        first = reading.claims[0]
        changed = type(first)(
            document=name,
            type="DefenceSpending",
            roles=first.roles,
            modality=first.modality,
            evidence=first.evidence,
            rule="x",
            time=first.time,
            values=Values(amount=amount, currency="USD"),
        )
        return type(reading)(reading.document, claims=(changed,))

    amounts = graphs(spending("a", 1e9), spending("b", 2e9)).facts.graph().subject_objects(ENT.amount)
    assert len({s for s, _ in amounts}) == 2


def test_things_minted_from_text_are_named_in_the_facts_and_reference_things_are_not() -> None:
    facts = graphs(seedlike()).facts.graph()
    assert facts.value(URIRef(MISSION.iri), SKOS.prefLabel) == Literal(MISSION.label, lang="en")
    assert facts.value(URIRef(TOKYO.iri), SKOS.prefLabel) is None


@pytest.mark.parametrize(
    ("dates", "common"),
    [
        ([], None),
        (["2025"], "2025"),
        (["2025", "2025-04"], "2025-04"),
        (["2025-04", "2025-05"], None),
        (["2025-04-08", "2025", "2025-04"], "2025-04-08"),
    ],
)
def test_dates_agree_where_each_lies_in_the_next_coarser(dates: list[str], common: str | None) -> None:
    assert agreed(dates) == common
