"""Where the texts stand that people review: in the repository around the code, or in the wheel beside it."""

from __future__ import annotations

from pathlib import Path

_AROUND, _BESIDE = Path(__file__).resolve().parent.parent, Path(__file__).resolve().parent / "data"
INSTALLED = not (_AROUND / "ontology" / "entente.ttl").is_file()
HOME = _BESIDE if INSTALLED else _AROUND
OUTPUT = Path("dist") if INSTALLED else _AROUND / "dist"
"""Where builds publish if nobody says otherwise: an installed package is no place for that."""
