"""Readings are held as they are kept, and read when they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline.fates import Mapped
from kg.pipeline.kept import kept_in
from kg.pipeline.readings import HeldReading, Readings, packed
from tests.graph.readings import meeting, seedlike

GIVEN = (meeting("a"), seedlike())


def held(*readings) -> Readings:
    return Readings(HeldReading.of(packed(Mapped(reading))) for reading in readings)


def test_readings_and_their_documents_come_out_as_they_were() -> None:
    readings = held(*GIVEN)
    assert tuple(readings) == GIVEN
    assert tuple(readings.documents) == tuple(reading.document for reading in GIVEN)
    assert tuple(readings[1:]) == GIVEN[1:]
    assert readings == held(*GIVEN) != held(GIVEN[0])
    assert tuple(readings.without({"a"})) == GIVEN[1:]


def test_what_is_kept_is_read_from_its_file_and_damage_is_told(tmp_path: Path) -> None:
    with kept_in(tmp_path, "1") as kept:
        kept.put("key", packed(Mapped(GIVEN[0])))
        (one, later) = kept.held("key"), kept.later("key")
    assert later is not None
    assert one is not None
    assert one.reading() == GIVEN[0]
    with kept_in(tmp_path, "1") as kept:
        kept.base.execute("UPDATE kept SET content = x'00'")
    with pytest.raises(OSError, match="build again"):
        one.reading()


def test_what_is_kept_can_be_read_while_more_is_put_and_a_file_that_goes_meanwhile_is_told(
    tmp_path: Path,
) -> None:
    content = packed(Mapped(GIVEN[0]))
    with kept_in(tmp_path, "1") as kept:
        kept.put("key", content)
        later = kept.later("key")
        assert later is not None
        assert later() == content
    for file in tmp_path.iterdir():
        file.unlink()
    with pytest.raises(OSError, match="build again"):
        later()
