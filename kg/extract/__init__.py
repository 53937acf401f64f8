"""From annotated text to claims, driven by the lexicon."""

from __future__ import annotations

from kg.extract.claims import Extractor, extractor

__all__ = ["Extractor", "extractor"]
