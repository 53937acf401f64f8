"""The graphs of a version as files: packed, read one by one, and shared between versions where they stay.

graphs/PART: a line of JSON with name, sum and length of each graph, and then the packed graphs one after the other.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.packed import Packed

FOLDER = "graphs"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a graph stands, and the sum of its lines."""

    path: Path
    start: int
    length: int
    sum: bytes


class Archive(Mapping[str, Packed]):
    """The graphs of a version's folder by their names, sorted; each is read when it is asked for.

    Raises OSError and ValueError for files that are not what `write_graphs` writes.
    """

    def __init__(self, folder: Path) -> None:
        places = (place for path in sorted((folder / FOLDER).iterdir()) for place in _places(path))
        self._places = dict(sorted(places))

    def __getitem__(self, name: str) -> Packed:
        """A graph."""
        place = self._places[name]
        with place.path.open("rb") as file:
            file.seek(place.start)
            return Packed.restored(file.read(place.length))

    def __iter__(self) -> Iterator[str]:
        """The names of the graphs."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many graphs there are."""
        return len(self._places)

    @property
    def sums(self) -> Mapping[str, bytes]:
        """The sum of each graph, by which it is known whether it has changed."""
        return {name: place.sum for name, place in self._places.items()}


class Some(Mapping[str, Packed]):
    """Some of many graphs, read when they are asked for where the many are."""

    def __init__(self, graphs: Mapping[str, Packed], names: Collection[str]) -> None:
        self._graphs, self._names = graphs, dict.fromkeys(names)

    def __getitem__(self, name: str) -> Packed:
        """A graph."""
        if name not in self._names:
            raise KeyError(name)
        return self._graphs[name]

    def __iter__(self) -> Iterator[str]:
        """The names of the graphs."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many graphs there are."""
        return len(self._names)

    @property
    def sums(self) -> Mapping[str, bytes]:
        """The sum of each graph."""
        told = sums(self._graphs)
        return {name: told[name] for name in self._names}


def sums(graphs: Mapping[str, Packed]) -> Mapping[str, bytes]:
    """The sum of each graph, without reading those that are in files."""
    if isinstance(graphs, Archive | Some):
        return graphs.sums
    return {name: one.sum for name, one in graphs.items()}


def is_archived(folder: Path) -> bool:
    """Whether a version's folder has its graphs as files; releases up to format 2 wrote none."""
    return (folder / FOLDER).is_dir()


def write_graphs(
    parts: Mapping[str, Mapping[str, Packed]],
    folder: Path,
    before: Path | None = None,
    told: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Write graphs by parts into a version's folder; what a manifest says of the files.

    A file of the version `before` that holds the same is shared; `told` is what is said of its files, by path.
    """
    (folder / FOLDER).mkdir(exist_ok=True)
    return [
        _written(f"{FOLDER}/{part}", graphs, folder, before, told or {})
        for part, graphs in sorted(parts.items())
    ]


def _written(
    path: str,
    graphs: Mapping[str, Packed],
    folder: Path,
    before: Path | None,
    told: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    same = before and told.get(path)
    if before and same and same["holds"] == holding(graphs):
        os.link(before / path, folder / path)
        return dict(same)
    held = [graphs[name].stored for name in sorted(graphs)]
    index = [[name, graphs[name].sum.hex(), len(one)] for name, one in zip(sorted(graphs), held, strict=True)]
    content = b"".join([json.dumps(index).encode(), b"\n", *held])
    (folder / path).write_bytes(content)
    return {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "holds": holding(graphs)}


def holding(graphs: Mapping[str, Packed]) -> str:
    """What tells whether some graphs hold the same as others."""
    told = hashlib.sha256()
    for name, one in sorted(sums(graphs).items()):
        told.update(one + f"{name}\n".encode())
    return told.hexdigest()


def _places(path: Path) -> Iterator[tuple[str, _Place]]:
    with path.open("rb") as file:
        head = file.readline()
    start = len(head)
    for name, held, length in json.loads(head):
        yield name, _Place(path, start, length, bytes.fromhex(held))
        start += length
