"""Between the IRIs of the data set and the addresses of this server: the same, but for the base."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from kg.terms import PREFIXES

REMEMBERED = 1 << 14  # names whose addresses are; a page has the same ones many times
SAFE = "/:@!$&'()*+,;=~-._%"


@lru_cache(REMEMBERED)
def local_path(iri: str, base: str) -> str | None:
    """The address on this server of an IRI of the data set; None for an IRI of anybody else's."""
    if not iri.startswith(base):
        return None
    path, hash_, fragment = iri.removeprefix(base).partition("#")
    return f"/{quoted(path)}{hash_}{quoted(fragment)}"


def quoted(path: str) -> str:
    """A path as it stands in an address (RFC 3986 section 3.3)."""
    return quote(path, safe=SAFE)


def page_path(iri: str, base: str) -> str:
    """The address of the page about a thing of ours; of anything else, its IRI."""
    return (local_path(iri, base) or iri).replace("/id/", "/page/", 1)


def link(iri: str, base: str) -> str | None:
    """Where a link to an IRI leads: this server for our own, the IRI itself on the web, else nowhere."""
    return local_path(iri, base) or (iri if iri.startswith(("http://", "https://")) else None)


def compact(iri: str) -> str:
    """An IRI with the prefix of the common table, where it falls under one."""
    name, namespace = max(
        ((n, ns) for n, ns in PREFIXES.items() if iri.startswith(ns)),
        key=lambda p: len(p[1]),
        default=("", ""),
    )
    return f"{name}:{iri.removeprefix(namespace)}" if namespace else iri
