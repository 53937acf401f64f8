"""/dumps: the files of each version, at addresses that never move; `latest` leads to those of the current one."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import IO, cast

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from kg.published import WHOLE, Published, PublishedFile
from kg.web.negotiation import accepts_gzip
from kg.web.problems import Problem
from kg.web.ranges import in_part
from kg.web.service import reader, reader_of
from kg.web.signposting import Link, signpost

views = Blueprint("dumps", __name__)

PACKED = "application/gzip"
COMING = re.compile(
    r"[a-z0-9-]+[.](nt|ttl|rdf|nq|trig|jsonld)([.]gz)?"
)  # the names of files that are written
SOON = "30"  # seconds after which to come again for one
FOR_EVER = "public, max-age=31536000, immutable"


@views.get("/dumps/")
def current() -> Response:
    """All files of the current version, with what they hold and the figures to check them by."""
    return Response(render_template("dumps.html", reader=reader()))


@views.get("/dumps/<version>/")
def listed(version: str) -> AnyResponse:
    """All files of a version."""
    if version == "latest":
        return _to_latest("")
    return Response(render_template("dumps.html", reader=reader_of(version)))


@views.get("/dumps/<name>")
def latest(name: str) -> AnyResponse:
    """A file of the current version; where it stays is told in Content-Location."""
    if name == "latest":
        return _to_latest("")
    published = _holder(name)
    response = _file(published, name)
    response.headers["Content-Location"] = f"/dumps/{published.version}/{name}"
    response.headers["Cache-Control"] = "no-cache"
    return response


@views.get("/dumps/<version>/<name>")
def dump(version: str, name: str) -> AnyResponse:
    """A file of a version, whole or a range of it (RFC 9110 section 14)."""
    if version == "latest":
        return _to_latest(name)
    response = _file(reader_of(version).published, name)
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _to_latest(name: str) -> AnyResponse:
    """The current version's file may be another one tomorrow: found, but not for good (307)."""
    response = redirect(f"/dumps/{_holder(name).version}/{name}", 307)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _holder(name: str) -> Published:
    """The version whose file a name means: of a file of the whole, which only builds make, the one built last."""
    published = reader().published
    return reader_of(published.built).published if name.partition(".")[0] == WHOLE else published


def _file(published: Published, name: str) -> Response:
    """A file as it is; by its name without the ending of compression, what is in it."""
    found = published.dump(name)
    if found is None and not published.is_dumped and COMING.fullmatch(name):
        raise Problem(
            503,
            f"version {published.version} has just been published, and its files are being written; come again",
            {"Retry-After": SOON},
        )
    if found is None:
        raise Problem(404, f"version {published.version} has no dump {name!r}{_elsewhere(published, name)}")
    path = published.folder / found.path
    if found.name != name:
        response = _unpacked(path, found)
    elif name.endswith(".gz"):
        response = _sent(path.open("rb"), PACKED, found.bytes, found.sha256)
    else:
        response = _sent(path.open("rb"), found.media_type, found.bytes, found.sha256)
    return signpost(response, [Link(f"{published.base}dataset/{published.version}", "describedby")])


def _elsewhere(published: Published, name: str) -> str:
    """Where to find a file that a version has not: what is told beside that."""
    if published.built == published.version or name.partition(".")[0] != WHOLE:
        return "; /dumps/ lists what there is"
    return (
        f": a curator wrote it, and files of the whole come with each build; there is /dumps/{published.built}/{name}, "
        f"and what has changed since, in /changes/{published.version}.rdfp and those before it"
    )


def _unpacked(path: Path, found: PublishedFile) -> Response:
    """What is in a compressed file: as it is for clients that decompress, and for others, and parts, unpacked."""
    if accepts_gzip(request.headers.get("Accept-Encoding")) and "Range" not in request.headers:
        response = _sent(path.open("rb"), found.media_type, found.bytes, f"{found.content_sha256}-gzip")
        response.headers["Content-Encoding"] = "gzip"
    else:
        content = cast(IO[bytes], gzip.open(path))  # noqa: SIM115  # the server closes it; a range costs what is before it
        response = _sent(content, found.media_type, found.content_bytes, found.content_sha256)
    response.vary.add("Accept-Encoding")
    return response


def _sent(content: IO[bytes], kind: str, size: int | None, tag: str | None) -> Response:
    """A file's content, or the range of it that is asked for."""
    response = Response(wrap_file(request.environ, content), mimetype=kind, direct_passthrough=True)
    response.headers["Content-Length"] = str(size)
    response.last_modified = g.shown.published
    response.set_etag(tag or "")
    return in_part(response, size)
