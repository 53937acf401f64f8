"""Parts of what is sent, for clients that go on where a transfer broke off (RFC 9110 section 14)."""

from __future__ import annotations

from typing import TypeVar

from flask import request
from werkzeug.http import parse_range_header
from werkzeug.wrappers import Response

Answer = TypeVar("Answer", bound=Response)


def in_part(response: Answer, size: int | None) -> Answer:
    """The response, the one range of its bytes that is asked for, or 304; `size` is that of the whole.

    Ranges in other units, malformed ones and several at once are ignored, as section 14.2 has it: the whole is
    sent. Raises werkzeug's RequestedRangeNotSatisfiable for a range that begins behind the end.
    """
    asked = parse_range_header(request.headers.get("Range"))
    one = asked is not None and asked.units == "bytes" and len(asked.ranges) == 1 and request.method == "GET"
    environ = {name: value for name, value in request.environ.items() if one or name != "HTTP_RANGE"}
    response.make_conditional(environ, accept_ranges=True, complete_length=size)
    return response
