"""Maps of the world: countries shaded, places marked; shapes of Natural Earth, in the projection of that name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import radians
from pathlib import Path
from typing import Any

BUNDLE = Path(__file__).parent.parent / "static" / "bundle"


@dataclass(frozen=True, slots=True)
class Shaded:
    """A country to shade, by its two letters of ISO 3166-1: as what, and what it stands for."""

    code: str
    look: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A place to mark."""

    latitude: float
    longitude: float
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country's shape; one too small for a shape is a dot at its place."""

    path: str
    shaded: Shaded


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the map."""

    x: float
    y: float
    placed: Placed


@dataclass(frozen=True, slots=True)
class Atlas:
    """A map, laid out over the picture of all land."""

    countries: Sequence[Country]
    markers: Sequence[Marker]
    width: float
    height: float


@lru_cache(1)
def world() -> Mapping[str, Any] | None:
    """The shapes of countries that the set-up wrote; None where it did not."""
    path = BUNDLE / "world.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def atlas(shaded: Iterable[Shaded], placed: Iterable[Placed]) -> Atlas | None:
    """A map of countries and places; None where there is nothing to show, or no shapes."""
    told = world()
    if told is None:
        return None
    shapes = {country["code"]: country["path"] for country in told["countries"]}
    countries = [Country(shapes[one.code], one) for one in shaded if shapes.get(one.code)]
    markers = [Marker(*project(one.latitude, one.longitude, told), one) for one in placed]
    return Atlas(countries, markers, told["width"], told["height"]) if countries or markers else None


def project(latitude: float, longitude: float, told: Mapping[str, Any]) -> tuple[float, float]:
    """Where a place is on the map: the Natural Earth projection (Šavrič, Jenny, Patterson, Petrovič, Hurni 2011)."""
    phi, lam = radians(latitude), radians(longitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    left, top = told["translate"]
    return round(left + told["scale"] * x, 1), round(top - told["scale"] * y, 1)
