"""The server under a path of its host: where a proxy says so, or where the base of the names has a path.

Addresses are written as they are at the root of a host; here, on their way out, they get the path before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response, request

FORWARDED = "X-Forwarded-Prefix"
PATH = re.compile(r"(/[\w.~!$&'()*+,;=:@%-]+)+")
ATTRIBUTE = re.compile(r'(\s(?:href|src|action|data-suggest|data-search)=")/(?!/)')
TARGET = re.compile(r"<(/(?!/)[^>]*)>")  # of a link in a header (RFC 8288)
LOCATIONS = ("Location", "Content-Location")


def prefix_of(path: str, headers: Mapping[str, str], base: str) -> str:
    """The path that the server is under for a request; empty where that is the root of the host.

    A proxy that takes it away tells it in X-Forwarded-Prefix; else a path that begins as the base's does has it.
    """
    told = headers.get(FORWARDED, "").rstrip("/")
    if PATH.fullmatch(told):
        return told
    own = urlsplit(base).path.rstrip("/")
    return own if own and (path == own or path.startswith(f"{own}/")) else ""


def mounted(address: str) -> str:
    """An address of this server as this request's client has to ask for it."""
    return f"{request.script_root}{address}"


def remounted(response: Response) -> Response:
    """A response whose addresses begin with the path that the server is under."""
    if not request.script_root:
        return response
    for name in LOCATIONS:
        if response.headers.get(name, "").startswith("/"):
            response.headers[name] = mounted(response.headers[name])
    if "Link" in response.headers:
        response.headers["Link"] = TARGET.sub(
            lambda found: f"<{mounted(found[1])}>", response.headers["Link"]
        )
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(ATTRIBUTE.sub(rf"\g<1>{request.script_root}/", response.get_data(as_text=True)))
    return response
