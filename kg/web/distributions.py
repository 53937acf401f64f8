"""The files of the dumps in DCAT and VoID, with their sums: the server tells them, as they come after the version."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from flask import render_template

from kg.published import CLAIMS, WHOLE, Published, PublishedFile
from kg.web.reading import Reader
from kg.web.service import reader_of


def distributions(here: Reader) -> Iterator[ox.Triple]:
    """What is said of the files; of a version that a curator wrote, too, of those of the whole that was built last."""
    published = here.published
    files = [(published, file) for file in published.dumps if file.content_sha256 and file.part != "dataset"]
    if published.built != published.version:
        built = reader_of(published.built).published
        files += [(built, file) for file in built.dumps if file.part == WHOLE]
    turtle = render_template(
        "distributions.ttl",
        base=published.base,
        licence=here.licence,
        files=[_told(version, file) for version, file in files],
    )
    return (quad.triple for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE))


def _told(version: Published, file: PublishedFile) -> dict[str, object]:
    """What is said of a file: its IRI and address, what it is of, and what is in it."""
    name, part = file.name.removesuffix(".gz"), file.part
    whole = f"{version.base}dataset"
    return {
        "iri": f"{whole}/{version.version}#{name}",
        "folder": f"{version.base}dumps/{version.version}/",
        "download": f"{version.base}dumps/{version.version}/{name}",
        "of": whole if part == WHOLE else f"{whole}#{CLAIMS if part.startswith(f'{CLAIMS}-') else part}",
        "title": "the whole" if part == WHOLE else part.replace("-", " "),
        "file": file,
    }
