"""One happening that two documents tell is one event with two claims; others much like it stay apart.

In `pairs/`, `NAME-a` and `NAME-b` tell of one happening, `NAME-c` of another.
"""

from pathlib import Path

import pytest

from kg.graph import Graphs
from kg.model import Reading
from kg.read import read
from tests.extract.sentences import mapper
from tests.graph.readings import graphs

PAIRS = Path(__file__).parent / "pairs"
NAMES = sorted({path.stem.removesuffix("-a") for path in PAIRS.glob("*-a.txt")})


def mapped(*names: str) -> list[Reading]:
    return [mapper().read(read(PAIRS / f"{name}.txt")) for name in names]


def events(built: Graphs, document: str) -> set[str]:
    return {one.event for one in built.told[document]}


@pytest.mark.parametrize("name", NAMES)
def test_two_documents_that_tell_of_one_happening_make_one_event_with_two_claims(name: str) -> None:
    built = graphs(*mapped(f"{name}-a", f"{name}-b"))
    told = [one for claims in built.told.values() for one in claims]
    assert len(told) == 2
    assert len({one.iri for one in told}) == 2
    assert len({one.event for one in told}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_happening_much_like_it_stays_an_event_of_its_own(name: str) -> None:
    built = graphs(*mapped(f"{name}-a", f"{name}-b", f"{name}-c"))
    assert events(built, f"{name}-a") == events(built, f"{name}-b")
    assert events(built, f"{name}-c").isdisjoint(events(built, f"{name}-a"))


def test_the_events_do_not_depend_on_the_order_of_the_documents() -> None:
    readings = mapped(*(f"{name}-{which}" for name in NAMES for which in "abc"))
    one, other = graphs(*readings), graphs(*reversed(readings))
    assert one.told == other.told
    assert len({event for document in one.told for event in events(one, document)}) == 2 * len(NAMES)
