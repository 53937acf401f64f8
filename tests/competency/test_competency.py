"""The served graph answers the questions that a reader of the seed would ask.

Each question is a query; its answer, a table beside it, was worked out by hand from the text.
"""

import csv
import io
from pathlib import Path

import pytest
import requests

QUESTIONS = sorted((Path(__file__).parent / "questions").glob("*.rq"))


def rows(table: str) -> set[tuple[tuple[str, str], ...]]:
    return {tuple(sorted(row.items())) for row in csv.DictReader(io.StringIO(table))}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_the_answer_that_the_text_gives(question: Path, server: str) -> None:
    answer = requests.post(
        f"{server}/sparql",
        data={"query": question.read_text("utf-8")},
        headers={"Accept": "text/csv"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    answer.encoding = "utf-8"
    assert rows(answer.text) == rows(question.with_suffix(".csv").read_text("utf-8"))
