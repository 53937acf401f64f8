"""What each axiom must and must not infer, on small worlds, by the reasoner of record."""

from __future__ import annotations

import pytest
from rdflib import RDF, Namespace, URIRef

from kg.reason import close as publishable_closure
from tests.ontology.reasoning import ENT, clashes, close, in_clashes, infers, ontology, thing

TALKS = """
:talks a ent:Meeting ; ent:participant :nakatani, :rutte ; ent:engages :japan, :nato ;
    ent:engagesInTalks :japan, :nato .
:japan a ent:State . :nato a ent:Alliance . :nakatani a ent:Person . :rutte a ent:Person .
"""
OFFICES = """
:rutte-at-home a ent:OfficeHolding ; ent:person :rutte ; ent:office :premier ;
    ent:from "2010-10-14"^^xsd:date ; ent:to "2024-07-02"^^xsd:date .
:premier a ent:Office ; ent:officeOf :netherlands . :netherlands a ent:State .
"""
WAR = ":war a ent:ArmedConflict ; ent:belligerent :a ; ent:opponent :b ; ent:engages :a ."


def test_talks_engage_those_for_whom_the_participants_act_both_ways() -> None:
    assert infers(TALKS, "japan", "engagesWith", "nato")
    assert infers(TALKS, "nato", "engagesWith", "japan")


def test_talks_engage_neither_the_persons_nor_a_state_whose_office_was_held_at_another_time() -> None:
    world = TALKS + OFFICES
    assert not infers(world, "nakatani", "engagesWith", "rutte")
    assert not infers(world, "japan", "engagesWith", "netherlands")
    assert not infers(world, "netherlands", "engagesWith", "nato")


def test_talks_alone_are_no_cooperation_and_no_alliance() -> None:
    assert not infers(TALKS, "japan", "cooperatesWith", "nato")
    assert not infers(TALKS, "japan", "allyOf", "nato")


def test_nobody_is_published_as_engaging_with_itself() -> None:
    data = close(TALKS) - ontology()
    published = publishable_closure(ontology(), data, "https://w3id.org/entente/").triples
    assert not [t for t in published if t[0] == t[2]]


def test_two_separate_talks_do_not_engage_their_guests_with_each_other() -> None:
    world = """
    :one a ent:Meeting ; ent:engages :a, :b ; ent:engagesInTalks :a, :b .
    :two a ent:Meeting ; ent:engages :b, :c ; ent:engagesInTalks :b, :c ."""
    assert infers(world, "a", "engagesWith", "b")
    assert not infers(world, "a", "engagesWith", "c")


def test_parties_to_an_agreement_are_partners_and_cooperate_both_ways() -> None:
    world = """
    :signing a ent:AgreementSigning ; ent:party :a, :b ; ent:engages :a, :b ;
        ent:engagesInAgreement :a, :b ; ent:agreement :pact ."""
    assert infers(world, "a", "partnerOf", "b")
    assert infers(world, "b", "partnerOf", "a")
    assert infers(world, "b", "cooperatesWith", "a")
    assert not infers(world, "a", "partnerOf", "pact")
    assert not infers(world, "a", "engagesWith", "b")


def test_parties_that_merely_cooperate_are_no_partners_under_an_agreement() -> None:
    world = (
        ":work a ent:Cooperation ; ent:party :a, :b ; ent:engages :a, :b ; ent:engagesInCooperation :a, :b ."
    )
    assert infers(world, "a", "cooperatesWith", "b")
    assert not infers(world, "a", "partnerOf", "b")


def test_a_provider_of_aid_supports_its_recipient_but_not_the_other_way_round() -> None:
    world = ":aid a ent:Aid ; ent:provider :a ; ent:recipient :b ; ent:engages :a ."
    assert infers(world, "a", "supports", "b")
    assert infers(world, "a", "cooperatesWith", "b")
    assert infers(world, "b", "cooperatesWith", "a")
    assert not infers(world, "b", "supports", "a")


def test_two_providers_of_aid_do_not_support_each_other() -> None:
    world = ":aid a ent:Aid ; ent:provider :a, :c ; ent:recipient :b ; ent:engages :a, :c ."
    assert infers(world, "c", "supports", "b")
    assert not infers(world, "a", "supports", "c")


def test_exercise_partners_cooperate_and_the_exercise_itself_is_no_partner() -> None:
    world = """
    :drill a ent:JointExercise ; ent:participant :a, :b ; ent:exercise :balikatan ; ent:engages :a, :b ;
        ent:engagesInExercise :a, :b ."""
    assert infers(world, "a", "exercisesWith", "b")
    assert infers(world, "b", "cooperatesWith", "a")
    assert not infers(world, "a", "exercisesWith", "balikatan")
    assert not infers(world, "a", "engagesWith", "b")


def test_a_trainer_cooperates_with_its_trainee() -> None:
    world = ":course a ent:Training ; ent:trainer :a ; ent:trainee :b ; ent:engages :a ."
    assert infers(world, "a", "cooperatesWith", "b")
    assert not infers(world, "a", "supports", "b")


@pytest.mark.parametrize("relation", ["cooperatesWith", "engagesWith", "supports", "partnerOf", "allyOf"])
def test_those_who_fight_do_not_cooperate(relation: str) -> None:
    assert not infers(WAR, "a", relation, "b")


def test_places_lie_in_what_their_places_lie_in_and_events_happen_there() -> None:
    world = """
    :wiesbaden a ent:City ; ent:locatedIn :hesse . :hesse a ent:Region ; ent:locatedIn :germany .
    :germany a ent:State . :talks a ent:Meeting ; ent:place :wiesbaden ."""
    assert infers(world, "wiesbaden", "locatedIn", "germany")
    assert infers(world, "talks", "happensIn", "wiesbaden")
    assert infers(world, "talks", "happensIn", "germany")
    assert not infers(world, "germany", "locatedIn", "wiesbaden")
    assert not infers(world, "talks", "place", "germany")


def test_what_a_body_belongs_to_is_not_where_it_lies() -> None:
    world = ":shape a ent:MilitaryCommand ; ent:partOf :nato ; ent:country :belgium ."
    assert not infers(world, "shape", "locatedIn", "belgium")


def test_members_of_an_alliance_are_allies_and_its_members() -> None:
    world = """
    :one a ent:Membership ; ent:member :finland ; ent:group :nato ; ent:alliance :nato .
    :two a ent:Membership ; ent:member :norway ; ent:group :nato ; ent:alliance :nato .
    :nato a ent:Alliance ."""
    assert infers(world, "finland", "allyOf", "norway")
    assert infers(world, "norway", "allyOf", "finland")
    assert infers(world, "finland", "memberOf", "nato")
    assert not infers(world, "finland", "allyOf", "nato")


def test_members_of_a_mere_grouping_are_no_allies() -> None:
    world = """
    :one a ent:Membership ; ent:member :japan ; ent:group :g7 . :two a ent:Membership ; ent:member :italy ;
        ent:group :g7 . :g7 a ent:Grouping ."""
    assert infers(world, "japan", "memberOf", "g7")
    assert not infers(world, "japan", "allyOf", "italy")


def test_an_accession_alone_is_no_membership() -> None:
    world = ":joining a ent:Accession ; ent:member :sweden ; ent:organisation :nato . :nato a ent:Alliance ."
    assert not infers(world, "sweden", "memberOf", "nato")


def test_a_state_is_an_agent_and_a_place_under_one_address() -> None:
    types = set(close(":japan a ent:State .").objects(thing("japan"), RDF.type))
    assert {ENT.Agent, ENT.Place} <= types
    assert not clashes(
        ":japan a ent:State . :talks a ent:Meeting ; ent:place :japan ; ent:participant :japan ."
    )


def test_an_event_is_one_of_the_simple_event_model_and_its_facts_derive_from_claims() -> None:
    graph = close(TALKS + ":talks ent:supportedBy :claim .")
    sem = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    assert (thing("talks"), RDF.type, sem.Event) in graph
    assert (thing("talks"), sem.hasActor, thing("japan")) in graph
    assert (thing("talks"), URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"), thing("claim")) in graph


EXCLUDED = [
    ("Person", "State"),
    ("State", "Alliance"),
    ("City", "Person"),
    ("Company", "City"),
    ("Person", "NewsOutlet"),
    ("Office", "Person"),
    ("Event", "Claim"),
    ("Meeting", "Statement"),
    ("Visit", "ArmedConflict"),
    ("State", "Exercise"),
    ("Asset", "Person"),
    ("Policy", "State"),
    ("Institution", "Person"),
    ("Person", "Membership"),
]
COMPATIBLE = [
    ("Organisation", "Institution"),
    ("Facility", "Institution"),
    ("Item", "Asset"),
    ("State", "Place"),
]
# One world with a thing of each two types: what clashes is told of each thing by its name.
DOUBLES = "".join(f":{one}-{other} a ent:{one}, ent:{other} ." for one, other in EXCLUDED + COMPATIBLE)


@pytest.mark.parametrize("types", EXCLUDED, ids="-".join)
def test_what_excludes_each_other_is_reported_as_a_clash(types: tuple[str, str]) -> None:
    assert thing("-".join(types)) in in_clashes(DOUBLES)


@pytest.mark.parametrize("types", COMPATIBLE, ids="-".join)
def test_what_may_be_both_is_no_clash(types: tuple[str, str]) -> None:
    assert thing("-".join(types)) not in in_clashes(DOUBLES)


def test_a_person_as_the_place_of_an_event_is_a_clash() -> None:
    assert clashes(":talks a ent:Meeting ; ent:place :rutte . :rutte a ent:Person .")
