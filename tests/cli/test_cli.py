"""The command line says what it does, what went wrong and what to do, and tells scripts by its exit code."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import COMMANDS, group
from tests.built import kg
from tests.graph.readings import meeting, seedlike
from tests.pipeline.small import publish, small

ENGAGED = "SELECT ?a ?b { ?a ent:engagesWith ?b } ORDER BY ?a"


def run(*args: str | Path, env: dict[str, str] | None = None, input_: str | None = None) -> Result:
    """Run a command within this process, as from a shell."""
    return CliRunner().invoke(group, [str(a) for a in args], env=env, input=input_, prog_name="kg")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    publish(small(folder, seedlike(), meeting("another")))
    return folder / "dist"


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=lambda c: c[0] if c else "kg")
def test_every_command_explains_itself(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: kg" in result.output
    assert len(result.output.splitlines()) > 6


def test_the_help_lists_every_command_and_the_exit_codes() -> None:
    output = run("--help").output
    assert all(name in output for name in COMMANDS)
    assert "nothing is published yet" in output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["biuld"], "there is no command 'biuld'"),
        (["build", "--seeds", "/no/such/folder"], "/no/such/folder"),
        (["facts", "/no/such/file.txt"], "/no/such/file.txt"),
        (["facts", "--accepted", "pyproject.toml"], "leave out PATH"),
        (["query"], "either a QUERY or --file"),
        (["why", "id:state/japan"], "give a SUBJECT, a PROPERTY and an OBJECT"),
        (["build", "--out", "pyproject.toml"], "pyproject.toml: this is a file"),
        (["serve", "--port", "0"], "--port"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_is_wrong(args: list[str], words: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize("command", [["query", ENGAGED], ["facts"], ["serve"]], ids=lambda c: c[0])
def test_before_anything_is_published_commands_say_what_to_do(command: list[str], tmp_path: Path) -> None:
    result = run(*command, "--dist", tmp_path)
    assert result.exit_code == 3
    assert "kg build" in result.output


def test_an_empty_folder_is_an_error_that_says_so(tmp_path: Path) -> None:
    result = run("build", "--seeds", tmp_path, "--out", tmp_path / "dist")
    assert result.exit_code == 2
    assert "no documents in this folder" in result.output
    assert not (tmp_path / "dist").exists()


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    result = run("facts", "--dist", tmp_path, env={"ENTENTE_BASE": "nonsense"})
    assert result.exit_code == 2
    assert "ENTENTE_BASE" in result.output


def test_query_answers_in_a_table_or_the_form_that_is_asked_for(dist: Path) -> None:
    table = run("query", ENGAGED, "--dist", dist)
    assert "alliance/nato" in table.output
    assert "2 rows" in table.output
    plain = json.loads(run("query", ENGAGED, "--dist", dist, "--format", "json").output)
    assert len(plain["results"]["bindings"]) == 2
    assert run("query", "ASK { ?a ent:engagesWith ?b }", "--dist", dist).output.strip() == "yes"


def test_query_prints_triples_as_turtle(dist: Path) -> None:
    result = run("query", "CONSTRUCT WHERE { ?a ent:engagesWith ?b }", "--dist", dist)
    assert len(list(ox.parse(result.output, ox.RdfFormat.TURTLE))) == 2


def test_query_reads_standard_input(dist: Path) -> None:
    assert "2 rows" in run("query", "--file", "-", "--dist", dist, input_=ENGAGED).output


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?a { ?a ent:engagesWith", "error at 1:"),
        ("ASK { ?a ent:engages ?b .\n  ?b oops:is ?c }", "error at 2:13: no PREFIX declares the prefix"),
        (" ", "the query is empty"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_with_its_place_in_it(dist: Path, query: str, words: str) -> None:
    result = run("query", query, "--dist", dist)
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize(
    ("setting", "query"),
    [
        ("QUERY_SECONDS", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        ("ANSWER_ROWS", "SELECT * { VALUES ?a { 1 2 } }"),
    ],
)
def test_a_query_ends_at_the_bounds_of_the_settings_and_prints_nothing(
    dist: Path, setting: str, query: str
) -> None:
    result = run("query", query, "--dist", dist, env={f"ENTENTE_{setting}": "1"})
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"allow more by ENTENTE_{setting}" in result.stderr


def test_a_query_is_answered_from_a_version_that_has_no_store(dist: Path, tmp_path: Path) -> None:
    """As on a machine that serves from the store of another server."""
    shutil.copytree(dist, tmp_path / "dist", symlinks=True)
    shutil.rmtree(tmp_path / "dist" / "current" / "store")
    assert "2 rows" in run("query", ENGAGED, "--dist", tmp_path / "dist").output


def test_a_file_that_is_no_text_is_refused_as_a_query(dist: Path, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_bytes(b"\xff\xfe")
    result = run("query", "--file", tmp_path / "query.rq", "--dist", dist)
    assert result.exit_code == 2
    assert "no text in UTF-8" in result.output


def test_facts_prints_the_published_claims_or_only_those_behind_facts(dist: Path) -> None:
    every = [json.loads(line) for line in run("facts", "--dist", dist).output.splitlines()]
    accepted = run("facts", "--dist", dist, "--accepted").output.splitlines()
    assert len(every) == 5
    assert len(accepted) == 4
    assert "Planned" in {fact["modality"] for fact in every}


def test_facts_as_csv_has_a_header(dist: Path) -> None:
    lines = run("facts", "--dist", dist, "--format", "csv").output.splitlines()
    assert lines[0].startswith("document,type,modality")
    assert len(lines) == 6


@pytest.mark.usefixtures("few_places")
def test_facts_of_documents_goes_on_after_one_that_cannot_be_read_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text("Japan signed a treaty with Australia in Tokyo on 6 January 2022.")
    result = run("facts", tmp_path)
    assert result.exit_code == 1
    assert "a.txt" in result.stderr
    assert {json.loads(line)["document"] for line in result.stdout.splitlines()} == {"b"}


@pytest.mark.usefixtures("few_places")
def test_facts_of_paths_publishes_nothing_and_keeps_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        text = "Japan signed a treaty with Australia in Tokyo on 6 January 2022."
        (tmp_path / f"{name}.txt").write_text(text)
    result = run("facts", tmp_path, env={"ENTENTE_DIST": str(tmp_path / "dist")})
    documents = [json.loads(line)["document"] for line in result.output.splitlines()]
    assert documents == sorted(documents)
    assert not (tmp_path / "dist").exists()


@pytest.mark.usefixtures("few_places")
def test_explain_document_shows_claims_and_what_was_not_understood(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Japan signed a treaty with Australia in Tokyo on 6 January 2022.")
    output = run("explain-document", file).output
    assert "AgreementSigning, Actual" in output
    assert "Japan" in output
    assert "found by" in output


def test_build_publishes_the_seeds_and_sums_up(built: Path) -> None:
    assert (built / "current" / "manifest.json").is_file()


def test_a_process_tells_what_is_wrong_by_its_exit_code_and_prints_no_answer() -> None:
    done = kg("biuld")
    assert done.returncode == 2
    assert done.stdout == ""


@pytest.mark.usefixtures("few_places")
def test_build_reads_the_documents_of_a_list_wherever_they_are_and_publishes_nothing_of_broken_ones(
    tmp_path: Path,
) -> None:
    places = [tmp_path / "one" / "a.txt", tmp_path / "other" / "b.txt"]
    for place in places:
        place.parent.mkdir()
        place.write_text("")
    listed = tmp_path / "list.txt"
    listed.write_text("".join(f"{place}\n" for place in places))
    result = run("build", "--list", listed, "--out", tmp_path / "dist")
    assert result.exit_code == 1
    assert all(place.name in result.output for place in places)
    assert not (tmp_path / "dist" / "current").exists()
