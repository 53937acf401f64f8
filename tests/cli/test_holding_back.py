"""`kg build` and `kg validate` with a document that contradicts what the ontology folder says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.published import open_published

NEVER = """
<https://w3id.org/entente/id/never> a owl:NegativePropertyAssertion ;
    owl:sourceIndividual <https://w3id.org/entente/id/state/norway> ;
    owl:assertionProperty ent:cooperatesWith ;
    owl:targetIndividual <https://w3id.org/entente/id/state/sweden> .
"""


@pytest.fixture
def folder(tmp_path: Path, few_places: Path) -> Path:
    """Two documents, and the real ontology, which denies what one of them implies."""
    alignments = few_places / "alignments.ttl"
    text = alignments.read_text("utf-8") + NEVER
    alignments.unlink()
    alignments.write_text(text, "utf-8")
    (tmp_path / "seeds").mkdir()
    for name, text in (
        ("north", "Norway and Sweden signed a defence agreement on Monday."),
        ("pacific", "Japan and Australia signed a defence agreement on 6 January 2022."),
    ):
        (tmp_path / "seeds" / f"{name}.txt").write_text(text)
    return tmp_path


@pytest.mark.long
def test_the_rest_is_published_and_told_apart_by_exit_code_and_report(folder: Path) -> None:
    """Both commands name the document, the rule and the words; a build goes on with the other document."""
    run = CliRunner()
    built = run.invoke(group, ["build", "--seeds", str(folder / "seeds"), "--out", str(folder / "dist")])
    assert built.exit_code == 4, built.stderr
    for words in ("published without north", "prp-npa1", "“Norway and Sweden signed a defence agreement”"):
        assert words in built.stderr
    published = open_published(folder / "dist")
    assert set(published.documents) == {"pacific"}
    assert published.counts["held back"] == 1
    checked = run.invoke(group, ["validate", str(folder / "seeds"), "--format", "sarif"])
    assert checked.exit_code == 1, checked.stderr
    (log,) = json.loads(checked.stdout)["runs"]
    (place,) = log["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"].endswith("/seeds/north.txt")
    assert place["physicalLocation"]["region"]["startLine"] == 1
    alone = run.invoke(group, ["validate", str(folder / "seeds" / "pacific.txt")])
    assert (alone.exit_code, alone.stdout) == (0, "1 document checked, 0 held back\n")
