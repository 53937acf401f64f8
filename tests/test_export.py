"""The flat export says the same of a reading and of what was published of it."""

import csv
import io
import json
from pathlib import Path

from kg.export import csv_lines, json_lines, record
from kg.published import open_published
from kg.published_claims import published_claims
from tests.graph.readings import meeting, seedlike
from tests.pipeline.small import publish, small


def records() -> list[object]:
    return [record(claim) for claim in seedlike().claims]


def test_a_record_has_the_keys_of_the_guidelines_and_the_quote_letter_for_letter() -> None:
    told = [json.loads(line) for line in json_lines(records())]
    text = seedlike().document.text
    for one in told:
        assert list(one) == [
            *(
                "document",
                "type",
                "modality",
                "roles",
                "time",
                "values",
                "attributed_to",
                "reported_by",
                "quote",
            )
        ]
        assert text[one["quote"]["start"] : one["quote"]["end"]] == one["quote"]["exact"]
    plan = told[-1]
    assert plan["time"] == {"end": "2027"}
    assert plan["values"] == {"quantity": 400}
    assert [f["label"] for f in plan["attributed_to"]] == ["Gen Nakatani"]
    assert [f["label"] for f in plan["reported_by"]] == ["Kyodo News"]


def test_published_claims_give_the_records_of_the_reading(tmp_path: Path) -> None:
    publish(small(tmp_path, seedlike(), meeting("another")))
    published = [record(claim) for claim in published_claims(open_published(tmp_path / "dist"))]
    given = [record(claim) for reading in (meeting("another"), seedlike()) for claim in reading.claims]
    assert sorted(json_lines(published)) == sorted(json_lines(given))


def test_accepted_claims_are_those_behind_facts(tmp_path: Path) -> None:
    publish(small(tmp_path, seedlike()))
    accepted = published_claims(open_published(tmp_path / "dist"), accepted=True)
    assert [claim.type for claim in accepted] == ["Meeting", "Establishment", "Statement"]


def test_csv_has_a_header_and_a_row_for_each_record() -> None:
    rows = list(csv.DictReader(io.StringIO("\n".join(csv_lines(records())))))
    assert [row["type"] for row in rows] == ["Meeting", "Establishment", "Statement", "Deployment"]
    assert rows[0]["roles"] == "participant: Mark Rutte; Gen Nakatani | place: Tokyo"
    assert (rows[3]["end"], rows[3]["quantity"], rows[3]["attributed_to"]) == ("2027", "400", "Gen Nakatani")
