"""What a version's folder says of itself, and in which format it is laid out.

manifest.json stands when the version is published; dumps.json when its dumps are written, which is afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

FILE, DUMPS = "manifest.json", "dumps.json"
FORMAT = 3  # that this release writes; manifests that name none are of format 1


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
    _write(folder / FILE, manifest | {"format": FORMAT})


def dumps_of(folder: Path, manifest: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """What is said of each file of a version's dumps; None before they are written. Raises OSError, ValueError.

    Up to format 2 the manifest told it.
    """
    if "dumps" in manifest:
        told: list[dict[str, Any]] = manifest["dumps"]
        return told
    try:
        told = json.loads((folder / DUMPS).read_text("utf-8"))["dumps"]
    except FileNotFoundError:
        return None
    return told


def write_dumps_list(folder: Path, dumps: Sequence[dict[str, Any]]) -> None:
    """Say, in one step, that a version's dumps are written, and what is to be said of each."""
    part = folder / f".{DUMPS}"
    _write(part, {"dumps": list(dumps)})
    part.replace(folder / DUMPS)


def _write(file: Path, told: dict[str, Any]) -> None:
    text = msgspec.json.format(msgspec.json.encode(told, order="sorted"))
    file.write_bytes(text + b"\n")
