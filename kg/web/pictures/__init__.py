"""Pictures, drawn on the server: each module works out where things go, and a template of its name writes the SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to show: its name in addresses, its heading, the template that writes it, and what it draws."""

    name: str
    heading: str
    template: str
    drawn: Any


def pictures(*drawn: tuple[str, str, str, Any]) -> list[Picture]:
    """Those of the pictures that there is anything to see in."""
    return [Picture(*one) for one in drawn if one[-1] is not None]
