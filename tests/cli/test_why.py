"""`kg why` tells the tree of rules down to the words of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import run
from tests.graph.readings import seedlike
from tests.pipeline.small import publish, small

ENGAGES = ("id:state/japan", "ent:engagesWith", "id:alliance/nato")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("why")
    publish(small(folder, seedlike()))
    return folder / "dist"


def test_the_tree_names_rules_and_ends_in_quotes(dist: Path) -> None:
    """The statement in words first, its rule beneath, and at the end what a document says and where."""
    told = run("why", "--dist", dist, *ENGAGES)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("Japan engages with ")
    assert "because: " in told.output
    assert "(prp-spo2)" in told.output
    assert "#char=" in told.output


def test_json_has_the_same_tree_and_all_derivations_have_no_fewer_steps(dist: Path) -> None:
    shortest, every = (
        json.loads(run("why", "--json", "--dist", dist, *more, *ENGAGES).output) for more in ([], ["--all"])
    )
    assert shortest["words"].startswith("Japan engages with ")
    assert len(shortest["steps"]) == 1
    assert len(every["steps"]) >= 1


def test_what_is_not_stated_and_what_is_no_statement_are_told_apart(dist: Path) -> None:
    """Exit 1 for a statement that nobody makes, 2 for words that make none."""
    unknown = run("why", "--dist", dist, "id:state/japan", "ent:allyOf", "id:state/japan")
    assert unknown.exit_code == 1
    assert "Traceback" not in unknown.output
    wrong = run("why", "--dist", dist, "id:state/japan", "a", '"open')
    assert wrong.exit_code == 2
