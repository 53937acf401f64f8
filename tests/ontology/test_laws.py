"""Laws of the ontology's text: every term is told, none goes in circles, all stays within OWL 2 RL."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.terms import DEFAULT_BASE, PREFIXES
from kg.terms import ENT as TERMS
from tests.ontology.reasoning import ENT, HOME

HEAD = URIRef(f"{DEFAULT_BASE}ontology")
SCHEMA = Namespace("https://schema.org/")
GUIDELINES = Path(__file__).resolve().parents[3] / "shared" / "eval" / "GUIDELINES.md"
ONTOLOGY = Graph().parse(HOME / "entente.ttl")
ALIGNMENTS = Graph().parse(HOME / "alignments.ttl")
AREAS = Graph().parse(HOME / "areas.ttl")
DECLARED = sorted({s for s in ONTOLOGY.subjects(RDF.type) if str(s).startswith(str(ENT))})
CLASSES = set(ONTOLOGY.subjects(RDF.type, OWL.Class))
PROPERTIES = set(ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty))
# OWL 2 Profiles, 4.2.1: the datatypes of RL that this ontology has use for.
DATATYPES = {URIRef(PREFIXES["xsd"] + name) for name in ("string", "decimal", "integer", "boolean", "anyURI")}
# What OWL 2 RL allows between named classes and properties (OWL 2 Profiles, 4.2.3 to 4.2.5).
CONSTRUCTS = {OWL.inverseOf, OWL.propertyChainAxiom, OWL.members}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology}
VERSIONING = {OWL.versionInfo, OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith}
KINDS |= {OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.AllDisjointClasses}


@pytest.mark.parametrize("term", DECLARED, ids=lambda term: str(term).rpartition("#")[2])
def test_every_term_has_a_label_a_comment_an_example_and_a_source(term: URIRef) -> None:
    for told in (RDFS.label, RDFS.comment):
        (words,) = ONTOLOGY.objects(term, told)
        assert isinstance(words, Literal)
        assert words.language == "en"
    assert str(ONTOLOGY.value(term, RDFS.comment)).endswith(".")
    assert (term, SKOS.example, None) in ONTOLOGY
    assert len(list(ONTOLOGY.objects(term, DCTERMS.source))) == 1
    assert (term, RDFS.isDefinedBy, URIRef("https://w3id.org/entente/ontology")) in ONTOLOGY


@pytest.mark.parametrize("words", [RDFS.label, RDFS.comment])
def test_no_two_terms_of_a_sort_are_told_alike(words: URIRef) -> None:
    for sort in (CLASSES, PROPERTIES):
        told = Counter(str(ONTOLOGY.value(term, words)) for term in sort if str(term).startswith(str(ENT)))
        assert [text for text, times in told.items() if times > 1] == []


@pytest.mark.parametrize("relation", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_no_term_is_below_itself(relation: URIRef) -> None:
    both = ONTOLOGY + ALIGNMENTS
    for term in DECLARED:
        for parent in both.objects(term, relation):
            assert term not in set(both.transitive_objects(parent, relation))


def test_the_ontology_and_its_alignments_name_no_term_that_is_not_declared() -> None:
    named = {
        t
        for graph in (ONTOLOGY, ALIGNMENTS)
        for triple in graph
        for t in triple
        if isinstance(t, URIRef) and t in ENT
    }
    assert named <= set(DECLARED)


@pytest.mark.long
def test_lexicon_and_reference_data_name_no_term_that_is_not_declared() -> None:
    """Whatever begins with our base and is named in a text that people review is told there, too."""
    graph = Graph()
    for file in sorted(HOME.rglob("*.ttl")):
        graph.parse(file)
    told = set(graph.subjects())
    for triple in graph:
        own = {t for t in triple if isinstance(t, URIRef) and str(t).startswith(f"{DEFAULT_BASE}ontology")}
        assert {t for t in own if "#" in t} <= told


def test_each_frame_that_the_extractor_names_by_itself_is_in_the_lexicon() -> None:
    frames = {str(s) for s in Graph().parse(HOME / "frames" / "frames.ttl").subjects(RDF.type, ENT.Frame)}
    code = "".join(file.read_text("utf-8") for file in (HOME.parent / "kg" / "extract").glob("*.py"))
    named = set(re.findall(rf"{DEFAULT_BASE}ontology/frames#[\w-]+", code))
    assert named
    assert named <= frames


def test_every_earlier_version_is_kept_and_lost_no_term() -> None:
    """owl:priorVersion leads from version to version, and whoever used a term finds it in the next one."""
    here, terms, kept = ONTOLOGY, set(DECLARED), set()
    while prior := here.value(HEAD, OWL.priorVersion):
        number = str(prior).rpartition("/")[2]
        here = Graph().parse(HOME / "versions" / number / "entente.ttl")
        assert (here.value(HEAD, OWL.versionIRI), str(here.value(HEAD, OWL.versionInfo))) == (prior, number)
        before = {s for s in here.subjects(RDF.type) if str(s).startswith(str(ENT))}
        assert before <= terms
        terms = before
        kept.add(number)
    assert {folder.name for folder in (HOME / "versions").iterdir()} == kept


def test_the_axioms_stay_within_owl_2_rl() -> None:
    owl = str(OWL)
    for s, p, o in ONTOLOGY + ALIGNMENTS:
        assert p in CONSTRUCTS | VERSIONING or not str(p).startswith(owl), (s, p, o)
        if p == RDF.type and str(o).startswith(owl):
            assert o in KINDS, (s, o)
        if p == OWL.inverseOf:
            assert {s, o} <= PROPERTIES
        if p == OWL.propertyChainAxiom:
            assert s in PROPERTIES
            assert set(ONTOLOGY.items(o)) <= PROPERTIES
        if p == OWL.members:
            assert set(ONTOLOGY.items(o)) <= CLASSES
        if p in {RDFS.subClassOf, RDFS.domain}:
            assert isinstance(o, URIRef)
            assert o not in {OWL.Thing, OWL.Nothing}
        if p == RDFS.range:
            assert o in CLASSES | DATATYPES, (s, o)


def test_no_chain_runs_over_an_office() -> None:
    over = {ENT.office, ENT.officeOf, ENT.person, ENT.actsFor}
    for chain in ONTOLOGY.objects(None, OWL.propertyChainAxiom):
        assert not over & set(ONTOLOGY.items(chain))


def guideline_roles() -> dict[str, set[str]]:
    """The event classes and their roles, by the table of the annotation guidelines."""
    if not GUIDELINES.exists():
        pytest.skip(f"needs the annotation guidelines at {GUIDELINES}")
    table = re.findall(r"^\| `(\w+)` \| (`[^|]+`) \|", GUIDELINES.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", roles)) for name, roles in table}


def test_event_classes_and_roles_are_those_of_the_guidelines() -> None:
    asked = guideline_roles()
    assert len(asked) == 21
    events = set(ONTOLOGY.transitive_subjects(RDFS.subClassOf, ENT.Event)) - {ENT.Event, ENT.CooperativeEvent}
    assert {TERMS.local(str(event)) for event in events} == asked.keys()
    for name, roles in asked.items():
        own = {TERMS.local(str(r)) for r in ONTOLOGY.subjects(SCHEMA.domainIncludes, ENT[name])}
        assert own == roles, name


def test_no_target_opponent_recipient_addressee_or_place_is_an_agent_role() -> None:
    agents = {TERMS.local(str(role)) for role in ONTOLOGY.subjects(RDF.type, ENT.AgentRole)}
    never = {"target", "opponent", "recipient", "addressee", "place", "destination", "trainee"}
    assert not agents & (
        never | {"item", "asset", "agreement", "policy", "institution", "organisation", "exercise"}
    )
    assert {"participant", "party", "provider", "speaker", "actor", "belligerent", "member"} <= agents


def test_every_class_of_events_has_an_agent_role() -> None:
    agents = set(ONTOLOGY.subjects(RDF.type, ENT.AgentRole))
    for event in set(ONTOLOGY.transitive_subjects(RDFS.subClassOf, ENT.Event)) - {
        ENT.Event,
        ENT.CooperativeEvent,
    }:
        assert agents & set(ONTOLOGY.subjects(SCHEMA.domainIncludes, event)), event


def test_an_engagement_of_a_class_is_a_way_to_engage() -> None:
    for _, way in ONTOLOGY.subject_objects(ENT.engagement):
        assert (way, RDFS.subPropertyOf, ENT.engages) in ONTOLOGY


def test_every_area_is_told_and_every_area_of_an_event_class_exists() -> None:
    concepts = set(AREAS.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == 9
    for concept in concepts:
        for told in (SKOS.prefLabel, SKOS.definition, SKOS.example, SKOS.inScheme, SKOS.topConceptOf):
            assert (concept, told, None) in AREAS
    assert set(ALIGNMENTS.objects(None, DCTERMS.subject)) <= concepts


def test_codes_of_other_event_ontologies_are_well_formed() -> None:
    codes = list(ALIGNMENTS.objects(None, SKOS.notation))
    assert codes
    for code in codes:
        assert isinstance(code, Literal)
        pattern = {ENT.plover: r"[A-Z]+", ENT.cameo: r"(0[1-9]|1\d|20)\d?"}[code.datatype]
        assert re.fullmatch(pattern, str(code)), code
