"""What a change can matter to is checked again, and that is enough: the outcome is that of checking all."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from kg import validate
from kg.packed import Packed
from kg.reach import Reach, UnboundedError
from kg.settings import Settings
from kg.terms import PREFIXES
from kg.together import Together
from kg.turtle import read_turtle, turtle_files
from kg.validate import Validator
from tests.graph.readings import ontology

ENT, EX = Namespace(PREFIXES["ent"]), Namespace("https://example.org/")
READS = URIRef("https://w3id.org/entente/shapes#reads")
HEAD = f"""
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{EX}> . @prefix shape: <https://w3id.org/entente/shapes#> .
    ex:Shape a sh:NodeShape ; sh:targetClass ex:Kind ;"""

EVENTS = [EX[f"event{n}"] for n in range(3)]
CLAIMS = [EX[f"claim{n}"] for n in range(2)]
THINGS = [EX[f"thing{n}"] for n in range(3)]
KINDS = [ENT[name] for name in ("Meeting", "Visit", "Claim", "State", "Person", "City", "Evidence")]
DATES = [Literal(text, datatype=PREFIXES["xsd"] + "gYear", normalize=False) for text in ("2024", "2025")]
TRIPLE = st.one_of(
    st.tuples(st.sampled_from([*EVENTS, *CLAIMS, *THINGS]), st.just(RDF.type), st.sampled_from(KINDS)),
    st.tuples(
        st.sampled_from(EVENTS),
        st.sampled_from(
            [ENT[name] for name in ("participant", "place", "engages", "visitor", "destination")]
        ),
        st.sampled_from(THINGS),
    ),
    st.tuples(st.sampled_from(EVENTS), st.just(ENT.supportedBy), st.sampled_from(CLAIMS)),
    st.tuples(st.sampled_from(CLAIMS), st.just(ENT.claims), st.sampled_from(EVENTS)),
    st.tuples(st.sampled_from(EVENTS), st.sampled_from([ENT.startTime, ENT.endTime]), st.sampled_from(DATES)),
    st.tuples(
        st.sampled_from(THINGS),
        st.sampled_from([SKOS.prefLabel, SKOS.altLabel]),
        st.sampled_from([Literal(text, lang="en") for text in ("one", "other")]),
    ),
)
TRIPLES = st.lists(TRIPLE, max_size=12)


@cache
def validator() -> Validator:
    return Validator(read_turtle(turtle_files(Settings().shapes)), [ontology()])


@cache
def sound() -> tuple:
    """A meeting that conforms, as a beginning: random triples seldom do."""
    event, claim, state, city = EVENTS[0], CLAIMS[0], THINGS[0], THINGS[1]
    return (
        (event, RDF.type, ENT.Meeting),
        (event, ENT.supportedBy, claim),
        (event, ENT.participant, state),
        (event, ENT.engages, state),
        (event, ENT.place, city),
        (state, RDF.type, ENT.State),
        (state, SKOS.prefLabel, Literal("one", lang="en")),
        (city, RDF.type, ENT.City),
        (city, SKOS.prefLabel, Literal("other", lang="en")),
    )


def together(checked: list, beside: list) -> Together:
    return Together(Packed.of(checked), Packed.of([*beside, (CLAIMS[0], RDF.type, ENT.Claim)]))


@settings(max_examples=60)
@given(TRIPLES, TRIPLES, TRIPLES, st.sets(st.integers(0, 8), max_size=3), st.lists(TRIPLE, max_size=3))
def test_checking_what_a_change_can_matter_to_says_what_checking_all_says(
    extra: list, added: list, beside: list, removed: set, learned: list
) -> None:
    assert validator().all_of(together([*sound()], [])).conforms
    kinds = [triple for triple in beside if triple[1] == RDF.type]
    for start in ([*sound()], [*sound(), *extra]):
        before = together(start, kinds)
        if not validator().all_of(before).conforms:
            continue
        left = [triple for n, triple in enumerate(start) if n not in removed]
        more = [*kinds, *(triple for triple in learned if triple[1] == RDF.type)]
        for now in (together([*start, *added], kinds), together(left, kinds), together(start, more)):
            assert validator().still(now, before) == validator().all_of(now).conforms


@settings(deadline=None, max_examples=60)
@given(TRIPLES, TRIPLES, st.sampled_from([1, 3, 8]))
def test_checking_so_many_nodes_at_a_time_says_what_checking_all_at_once_says(
    extra: list, beside: list, size: int
) -> None:
    told = together([*sound(), *extra], [triple for triple in beside if triple[1] == RDF.type])
    whole = validator().all_of(told)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(validate, "STRETCH", size)
        assert validator().all_of(told) == whole


def shapes(text: str) -> Graph:
    return Graph().parse(data=HEAD + text, format="turtle")


def ways(text: str) -> set[str]:
    """The ways of a shape, `^` before a step against the property."""
    found = Reach.of(shapes(text), READS).ways
    return {"/".join("^" * inverse + _name(p) for p, inverse in way) for way in found}


def _name(predicate: bytes | None) -> str:
    return "?" if predicate is None else predicate.decode().rpartition("/")[2].rpartition("#")[2].strip(">")


KIND = "22-rdf-syntax-ns#type".rpartition("#")[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sh:property [ sh:path ex:p ; sh:class ex:C ] .", {"p", "p/type"}),
        ("sh:property [ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1 ] .", {"^q/^p"}),
        ("sh:property [ sh:path ( ex:p [ sh:zeroOrOnePath ex:q ] ) ; sh:closed true ] .", {"p", "p/q", "p/?", "p/q/?"}),
        ("sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:lessThan ex:r ] .", {"p", "q", "r"}),
        ("sh:not [ sh:or ( [ sh:class ex:C ] [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] ) ] .", {"p"}),
        ("sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ] .", {"p", "p/q"}),
        ("sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q .", {"p", "^q"}),
        ('sh:sparql [ sh:select "…" ; shape:reads ex:p, ( ex:q [ sh:inversePath ex:r ] ) ] .', {"p", "q/^r"}),
    ],
)  # fmt: skip
def test_the_ways_of_a_shape_are_those_of_its_paths_and_constraints(text: str, expected: set[str]) -> None:
    assert ways(text) == expected | {KIND}


@pytest.mark.parametrize(
    "text",
    [
        "sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ] .",
        "sh:node ex:Shape .",
        'sh:sparql [ sh:select "…" ] .',
        "sh:somethingNew ex:p .",
        'sh:name "any" . ex:Component a sh:ConstraintComponent .',
    ],
)
def test_a_shape_that_may_look_anywhere_is_told(text: str) -> None:
    with pytest.raises(UnboundedError):
        Reach.of(shapes(text), READS)


def test_where_shapes_may_look_anywhere_any_change_has_all_checked_again() -> None:
    anywhere = Validator(shapes("sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:nodeKind sh:IRI ] ."))
    told = Together(Packed.of([(EX.a, EX.p, EX.b)]), Packed())
    assert anywhere.still(told, told)
    assert not anywhere.still(told, Together(Packed(), Packed()))


def test_a_change_touches_what_looks_at_it_and_no_more() -> None:
    reach = Reach.of(
        shapes("sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:class ex:C ] ."), READS
    )
    graph = Packed.of([(EX.a, EX.p, EX.b), (EX.c, EX.q, EX.b), (EX.d, EX.p, EX.e), (EX.c, RDF.type, EX.C)])
    changed = [line for line in graph.lines if b"/C>" in line]
    assert reach.touched(changed, graph.each) == {b"<https://example.org/a>", b"<https://example.org/c>"}
    assert set(reach.around([b"<https://example.org/a>"], graph.each)) == {
        line for line in graph.lines if b"/d>" not in line
    }
