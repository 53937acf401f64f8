"""What a version's folder says of itself, and in which format it is laid out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = "manifest.json"
FORMAT = 2  # that this release writes; manifests that name none are of format 1


class FormatError(Exception):
    """A version that a later release wrote: its folder, its format, and what to do."""

    def __init__(self, folder: Path, found: object) -> None:
        super().__init__(
            f"{folder}: a later release wrote this (format {found}; this one reads formats 1 to {FORMAT}); "
            "install that release, or work in another folder"
        )
        self.folder, self.found = folder, found


def manifest_of(folder: Path) -> dict[str, Any]:
    """What a version's manifest says; raises FormatError for one that a later release wrote, OSError, ValueError."""
    told: dict[str, Any] = json.loads((folder / FILE).read_text("utf-8"))
    if told.get("format", 1) not in range(1, FORMAT + 1):
        raise FormatError(folder, told["format"])
    return told


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write a version's manifest, in the format of this release."""
    text = json.dumps(manifest | {"format": FORMAT}, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / FILE).write_text(text + "\n", "utf-8")
