"""The publication policy lifts what happened by the document's word or the agents' own, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Namespace, URIRef

from kg.graph import Policy, PolicyError
from kg.model import Modality, Reading, Time
from tests.graph.readings import (
    JAPAN,
    MINISTRY,
    MINT,
    NAKATANI,
    NATO,
    POLICY,
    RUSSIA,
    RUTTE,
    TOMAHAWK,
    claim,
    document,
    graphs,
)

ENT = Namespace(MINT.term(""))
TEXT = "Japan deployed Tomahawk missiles. Gen Nakatani said so. Mark Rutte denied it."
QUOTE = "Japan deployed Tomahawk missiles"
DOC = document("policy", TEXT)


def deployment(modality: Modality = Modality.ACTUAL, **more):
    return claim(DOC, "Deployment", QUOTE, modality, deployer=[JAPAN], asset=[TOMAHAWK], **more)


def accepted(*claims) -> int:
    return len(graphs(Reading(DOC, claims=claims)).verdict.accepted)


@pytest.mark.parametrize(
    "modality", [Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED, Modality.DENIED]
)
def test_what_is_planned_expected_proposed_or_denied_is_no_fact(modality: Modality) -> None:
    assert accepted(deployment(modality)) == 0


def test_what_the_document_says_in_its_own_voice_is_a_fact_whoever_reports_it() -> None:
    assert accepted(deployment()) == 1
    assert accepted(deployment(reported=[RUTTE])) == 1


def test_what_ended_is_a_fact_only_with_its_end() -> None:
    assert accepted(deployment(Modality.ENDED)) == 0
    assert accepted(deployment(Modality.ENDED, time=Time(end="2024-12"))) == 1


@pytest.mark.parametrize(
    ("claimant", "lifted"),
    [
        (JAPAN, True),
        ((NAKATANI, JAPAN), True),
        (MINISTRY, True),
        (NAKATANI, False),
        ((RUTTE, NATO), False),
        (RUSSIA, False),
    ],
    ids=[
        "the agent",
        "who speaks for the agent",
        "the agent's organ",
        "a person for nobody",
        "another",
        "a rival",
    ],
)
def test_an_attributed_claim_is_a_fact_only_from_an_agent_of_the_event(claimant, lifted: bool) -> None:
    assert accepted(deployment(by=[claimant])) == lifted


def test_a_target_does_not_lift_what_it_says_was_done_to_it() -> None:
    threat = claim(DOC, "Threat", QUOTE, by=[JAPAN], actor=[RUSSIA], target=[JAPAN])
    assert accepted(threat) == 0


def test_a_fact_that_somebody_denies_is_listed_as_disputed_and_not_lifted() -> None:
    told = deployment()
    denial = replace(
        deployment(Modality.DENIED, by=[(RUTTE, NATO)]),
        evidence=claim(DOC, "X", "Mark Rutte denied it").evidence,
    )
    built = graphs(Reading(DOC, claims=(told, denial)))
    assert not built.verdict.accepted
    assert len(built.facts) == 0
    first, second = (URIRef(one.iri) for one in built.told["policy"])
    assert list(built.claims["policy"].graph().subject_objects(ENT.disputes)) == [(second, first)]


def test_a_user_s_own_policy_takes_the_place_of_the_default() -> None:
    all_in = Policy(f"SELECT ?claim ?denial {{ ?claim a <{ENT.Claim}> OPTIONAL {{ ?denial a <{ENT.No}> }} }}")
    reading = Reading(DOC, claims=(deployment(Modality.PLANNED),))
    assert len(graphs(reading, policy=all_in).verdict.accepted) == 1


@pytest.mark.parametrize("text", ["SELECT nonsense", "ASK { ?s ?p ?o }", "SELECT ?claim { ?claim ?p ?o }"])
def test_a_policy_that_does_not_answer_is_refused_with_its_path(text: str) -> None:
    with pytest.raises(PolicyError, match=r"mine\.rq"):
        graphs(Reading(DOC, claims=(deployment(),)), policy=replace(POLICY, text=text, path=Path("mine.rq")))
