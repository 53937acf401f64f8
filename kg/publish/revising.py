"""Writes a version that differs from the one before in few graphs; the files of the others are shared."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.iri import Mint
from kg.manifest import manifest_of, write_manifest
from kg.publish import NAMES
from kg.publish.changes import differences
from kg.publish.dumps import WHOLE, Part, parts, told, write_dumps
from kg.publish.quads import Lines, lines_of, quads
from kg.publish.revision import Revision
from kg.publish.withdrawn import names_between
from kg.terms import prefixes

CURATION = "curation"
LASTING = ("documents", "dumps")  # folders whose files are shared, but for those of the graphs that differ
LASTING_FILES = ("passed.txt",)  # which documents passed validation: a write changes none


def write_revision(
    revision: Revision, before: Path, building: Path, store: ox.Store, counts: Mapping[str, int]
) -> None:
    """Write what the revision changes into the store and the folder of the version; the manifest last.

    `before` is the folder of the version before. The store has what curators wrote already. Files of the whole
    come with the next build.
    """
    manifest = manifest_of(before)
    table, under = prefixes(revision.base), Mint(revision.base).graph("")
    held = {name: lines for name, lines in revision.new.items() if lines}
    dumps = write_dumps([part for part in parts(held, (), under) if part.graph], building, table)
    described = Mint(revision.base).graph("dataset")
    old = lines_of(q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(described)))
    about = revision.description(old, dumps, manifest["default_graphs"])
    graphs: dict[str, Lines] = {**revision.new, **({described: about} if about else {})}
    if about:
        part = Part("dataset", {described: about}, (described,), described)
        dumps += write_dumps([part], building, table)
    following = {name: lines for name, lines in graphs.items() if name != f"{under}{CURATION}"}
    earlier = {**revision.old, described: old}
    _put(store, {name: earlier.get(name, ()) for name in following}, following)
    revision.changes.write(building, revision.version, revision.base)
    (building / NAMES).write_bytes(names_between(*revision.states, revision.base))
    changed = {graph.removeprefix(under) for graph in graphs}
    _share(before, building, changed)
    lasting = [file for file in manifest["dumps"] if file.get("part") not in {WHOLE, *changed}]
    new: dict[str, Any] = {
        "version": revision.version,
        "content": None,
        "origin": revision.origin,
        "counts": counts,
        "changes": revision.changes.told(),
        "dumps": sorted([*lasting, *told(dumps)], key=lambda file: str(file["path"])),
    }
    write_manifest(building, manifest | new)


def _put(store: ox.Store, old: Mapping[str, Lines], new: Mapping[str, Lines]) -> None:
    """Let graphs that hold the old lines hold the new ones; what has not changed is not touched."""
    added, removed = differences(old, new)
    for quad in quads(removed):
        store.remove(quad)
    store.bulk_extend(quads(added))
    for name, lines in new.items():
        if not lines:
            store.remove_graph(ox.NamedNode(name))  # else the store would go on listing it
    store.flush()


def _share(before: Path, building: Path, changed: Collection[str]) -> None:
    """Link the files of the version before that stay as they are."""
    left = {*changed, WHOLE}
    for folder in LASTING:
        (building / folder).mkdir(exist_ok=True)
        for file in (before / folder).iterdir():
            if folder == "documents" or file.name.partition(".")[0] not in left:
                os.link(file, building / folder / file.name)
    for name in LASTING_FILES:
        if (before / name).is_file():
            os.link(before / name, building / name)
