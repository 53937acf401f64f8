"""Things are counted each once, in all and by their groups, however few of them are in memory."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.publish import tally
from kg.publish.tally import Tally

THINGS = st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c"]), st.binary(max_size=1)), max_size=60)


@settings(deadline=None)
@given(THINGS, st.sampled_from([1, 7, 1 << 16]), st.sampled_from([1, 1 << 18]))
def test_each_thing_is_counted_once(told: list[tuple[bytes, bytes]], at_hand: int, in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tally, "AT_HAND", at_hand)
        patched.setattr(tally, "IN_MEMORY", in_memory)
        counting = Tally()
        for group, thing in told:
            counting.add(group, thing)
        total, by_group = counting.counted()
    assert total == len({thing for _, thing in told})
    assert by_group == {g: len({t for group, t in told if group == g}) for g in sorted({g for g, _ in told})}
