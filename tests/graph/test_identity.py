"""One happening told by several documents is one event, and what only looks alike stays apart."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, URIRef

from kg.graph.held import AtHand
from kg.graph.identity import identify
from kg.graph.memory import FORGETFUL, Memory
from kg.graph.vocabulary import Vocabulary
from kg.model import Entity, Reading, Time
from tests.graph.readings import (
    BRUSSELS,
    JAPAN,
    MINT,
    NAKATANI,
    NATO,
    RUTTE,
    graphs,
    meeting,
    ontology,
    reference,
    thing,
)

ISHIBA = thing("Person", "Shigeru Ishiba")


def events(*readings: Reading, **more) -> list[str]:
    told = graphs(*readings, **more).told
    return [told[r.document.name][0].event for r in readings]


def identified(readings: list[Reading], vocabulary: Vocabulary, memory: Memory = FORGETFUL) -> dict:
    return identify(map(AtHand, readings), MINT, vocabulary, memory=memory)


def same(one: Reading, other: Reading) -> bool:
    first, second = events(one, other)
    return first == second


def test_two_documents_that_tell_of_one_meeting_have_one_event() -> None:
    assert same(meeting("a"), meeting("b", time=Time("2025-04-08")))
    assert same(meeting("a"), meeting("b", participant=[NATO, JAPAN]))


def test_another_time_place_type_or_person_is_another_event() -> None:
    assert not same(meeting("a"), meeting("b", time=Time("2025-05")))
    assert not same(meeting("a"), meeting("b", place=[BRUSSELS]))
    assert not same(meeting("a"), meeting("b", participant=[(RUTTE, NATO), (ISHIBA, JAPAN)]))
    assert not same(meeting("a"), meeting("b", participant=[(RUTTE, NATO)]))


def test_sides_alone_single_out_no_event() -> None:
    assert not same(meeting("a", time=Time()), meeting("b", time=Time()))
    assert not same(meeting("a", time=Time("2025")), meeting("b", time=Time("2025")))


def test_two_claims_of_one_document_stay_two_events() -> None:
    reading = meeting("a")
    twice = replace(reading, claims=reading.claims * 2)
    told = graphs(twice).told["a"]
    assert told[0].event != told[1].event
    assert told[0].iri != told[1].iri


def test_a_claim_that_could_belong_to_either_of_two_events_is_merged_with_neither() -> None:
    days = events(
        meeting("a", time=Time("2025-04-08")),
        meeting("b", time=Time("2025-04-20")),
        meeting("c", time=Time("2025-04")),
    )
    assert len(set(days)) == 3


def test_an_event_is_named_by_its_first_claim_and_the_other_names_redirect_to_it() -> None:
    alone = events(meeting("a"))[0]
    built = graphs(meeting("b"), meeting("a"))
    assert built.told["b"][0].event == alone
    redirect = (URIRef(built.told["b"][0].own_event), DCTERMS.isReplacedBy, URIRef(alone))
    assert redirect in built.claims["b"]


def test_a_later_build_keeps_the_events_of_the_version_before() -> None:
    first = graphs(meeting("b"))
    before = {one.iri: one.event for one in first.told["b"]}
    assert set(events(meeting("a"), meeting("b"), before=before)) == {first.told["b"][0].event}


def test_an_event_that_was_merged_before_and_is_no_more_stays_with_the_claim_that_named_it() -> None:
    merged = graphs(meeting("a"), meeting("b"))
    before = {one.iri: one.event for told in merged.told.values() for one in told}
    apart = events(meeting("a"), meeting("b", place=[BRUSSELS]), before=before)
    assert apart[0] == merged.told["a"][0].event
    assert apart[1] != apart[0]


WHO: list[list[tuple[Entity, Entity]]] = [
    [(RUTTE, NATO), (NAKATANI, JAPAN)],
    [(RUTTE, NATO), (ISHIBA, JAPAN)],
]
WHEN = [Time("2025-04"), Time("2025-04-08"), Time("2025-04-09"), Time("2025"), Time()]


@given(
    st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(WHEN)), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
def test_merging_does_not_depend_on_the_order_of_documents(told, random) -> None:
    readings = [meeting(f"doc-{n}", time=when, participant=who) for n, (who, when) in enumerate(told)]
    shuffled = list(readings)
    random.shuffle(shuffled)
    vocabulary = Vocabulary.of(ontology(), reference(), MINT)
    assert identified(readings, vocabulary) == identified(shuffled, vocabulary)


class Remembering(dict[str, bytes]):
    """A memory that forgets nothing."""

    def content(self, key: str) -> bytes | None:
        return self.get(key)

    def put(self, key: str, content: bytes) -> None:
        self[key] = content


@given(
    st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(WHEN)), min_size=1, max_size=6),
    st.lists(st.sets(st.integers(0, 5)), max_size=3),
)
def test_what_earlier_builds_worked_out_changes_nothing(told, builds) -> None:
    readings = [meeting(f"doc-{n}", time=when, participant=who) for n, (who, when) in enumerate(told)]
    readings[0] = replace(readings[0], claims=readings[0].claims * 2)
    vocabulary, memory = Vocabulary.of(ontology(), reference(), MINT), Remembering()
    for build in builds:
        identified([reading for n, reading in enumerate(readings) if n in build], vocabulary, memory)
    assert identified(readings, vocabulary, memory) == identified(readings, vocabulary)


def test_a_reading_that_nothing_new_concerns_is_not_read_again() -> None:
    vocabulary, memory, asked = Vocabulary.of(ontology(), reference(), MINT), Remembering(), list[str]()

    class Asked(AtHand):
        def reading(self) -> Reading:
            asked.append(self.name)
            return super().reading()

    elsewhere = meeting("c", participant=[(RUTTE, NATO)])
    held = [Asked(reading) for reading in (meeting("a"), elsewhere, meeting("b"))]
    identify(held[:2], MINT, vocabulary, memory=memory)
    asked.clear()
    identify(held[:2], MINT, vocabulary, memory=memory)
    assert asked == []
    identify(held, MINT, vocabulary, memory=memory)
    assert set(asked) == {"a", "b"}
