"""Addresses that are nearly right: another case, a slash too many, the words of a name instead of its form."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from kg.iri import slug
from kg.web.negotiation import split_ending
from kg.web.reading import Reader


def near_miss(here: Reader, path: str) -> str | None:
    """The address that a client must have meant by one where nothing is; None where that is not clear."""
    plain = path.rstrip("/") or "/"
    first, *rest = plain.strip("/").split("/")
    formed = "/".join(("", first.lower(), *(_formed(part) for part in rest)))
    tried = dict.fromkeys((plain, f"{plain}/", plain.lower(), f"{plain.lower()}/", formed))
    return next((one for one in tried if one != path and _is_something(here, one)), None) or _data(
        here, plain
    )


def _formed(part: str) -> str:
    """A part of an address as it would be minted; a file's ending stays."""
    name, dot, ending = part.rpartition(".")
    return f"{slug(name)}.{ending.lower()}" if dot and name else slug(part)


def _data(here: Reader, path: str) -> str | None:
    """The data of a thing, for its name with a file's ending."""
    name = path.removeprefix("/id/")
    stem, dot, _ = name.rpartition(".")
    return f"/data/{name}" if name != path and dot and here.knows(f"id/{stem}") else None


def _is_something(here: Reader, path: str) -> bool:
    """Whether something is at an address."""
    first, _, name = path.strip("/").partition("/")
    if first in {"id", "page", "data", "graph", "doc"} and name:
        kind = "id" if first in {"page", "data"} else first
        bare = name if first in {"id", "page"} else split_ending(name)[0]
        return not path.endswith("/") and here.knows(f"{kind}/{bare}")
    try:
        _, values = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # there is one within a request
    except (HTTPException, RequestRedirect):
        return False
    return not any(values.values())  # a rule with a name in it matches any name
