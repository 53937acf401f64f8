"""Writes a version that differs from the one before in few graphs; the files of the others are shared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.archive import FOLDER, Some, write_graphs
from kg.iri import Mint
from kg.manifest import write_manifest
from kg.packed import Packed
from kg.publish.before import Before
from kg.publish.changes import Difference
from kg.publish.dumps import by_part
from kg.publish.quads import quads
from kg.publish.revision import Revision
from kg.publish.withdrawn import names_between
from kg.publish.writing import NAMES

CURATION = "curation"
LASTING_FILES = ("passed.txt",)  # which documents passed validation: a write changes none


def write_revision(revision: Revision, building: Path, store: ox.Store, counts: Mapping[str, int]) -> None:
    """Write what the revision changes into the store and the folder of the version; the manifest last.

    The store has what curators wrote already. Dumps come afterwards, those of the whole with the next build.
    """
    before, under = revision.before, Mint(revision.base).graph("")
    described = f"{under}dataset"
    old = before.graphs.get(described, Packed())
    about = revision.description(old.lines, before.manifest["default_graphs"])
    telling = {described: Packed(about)} if about else {}
    graphs = {**revision.new, **telling}
    following = {name: held for name, held in graphs.items() if name != f"{under}{CURATION}"}
    _put(store, revision.difference | revision.difference_of(telling), following)
    revision.changes.write(building, revision.version, revision.base)
    (building / NAMES).write_bytes(names_between(*revision.states, revision.base))
    _share(before.folder, building)
    manifest = {name: told for name, told in before.manifest.items() if name != "dumps"}
    new: dict[str, Any] = {
        "version": revision.version,
        "content": None,
        "origin": revision.origin,
        "counts": counts,
        "changes": revision.changes.told(),
        "graphs": _archived(before, building, graphs, under),
        "figures": revision.counted and revision.counted.stored,
    }
    write_manifest(building, manifest | new)


def _archived(
    before: Before, building: Path, graphs: Mapping[str, Packed], under: str
) -> list[dict[str, Any]]:
    """Write the graphs that differ, link the files of the others; what the manifest says of the files."""
    changed = by_part({name: held for name, held in graphs.items() if held}, under)
    left = {f"{FOLDER}/{part}" for part in by_part(graphs, under)}
    told = before.manifest.get("graphs")
    if told is None:  # up to format 2 there are no such files
        rest = Some(before.graphs, [name for name in before.graphs if name not in graphs])
        return write_graphs({**changed, **by_part(rest, under)}, building)
    files = write_graphs(changed, building)
    lasting = [one for one in told if one["path"] not in left]
    for one in lasting:
        os.link(before.folder / one["path"], building / one["path"])
    return sorted([*files, *lasting], key=lambda one: str(one["path"]))


def _put(store: ox.Store, difference: Difference, now: Mapping[str, Packed]) -> None:
    """Let graphs become what they are now; what has not changed is not touched."""
    removed, added = (
        {name: lines for name, lines in told.items() if name in now}
        for told in (difference.removed, difference.added)
    )
    for quad in quads(removed):
        store.remove(quad)
    store.bulk_extend(quads(added))
    for name, held in now.items():
        if not held:
            store.remove_graph(ox.NamedNode(name))  # else the store would go on listing it
    store.flush()


def _share(before: Path, building: Path) -> None:
    """Link the files of the version before that stay as they are."""
    (building / "documents").mkdir(exist_ok=True)
    for file in (before / "documents").iterdir():
        os.link(file, building / "documents" / file.name)
    for name in LASTING_FILES:
        if (before / name).is_file():
            os.link(before / name, building / name)
