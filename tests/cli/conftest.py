"""What tests of commands share that map documents by real data."""

import os
import shutil
from pathlib import Path

import pytest

from kg.settings import Settings


@pytest.fixture
def few_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real ontology with its reference data, but for the cities, which are most of them; commands go by it."""
    folder = tmp_path.with_name(f"{tmp_path.name}-ontology")
    shutil.copytree(
        Settings().ontology,
        folder,
        ignore=shutil.ignore_patterns("cities.ttl", "source"),
        copy_function=os.symlink,
    )
    monkeypatch.setenv("ENTENTE_ONTOLOGY", str(folder))
    return folder
