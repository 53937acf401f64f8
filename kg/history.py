"""When which version of a data set was published: a line for each in `dist/history.jsonl`, never rewritten.

Run times lie outside the graphs, so that the same input gives the same graphs; this is where they are kept.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = "history.jsonl"


@dataclass(frozen=True, slots=True)
class Moment:
    """The second at which a version became the current one; no two versions share one."""

    version: str
    published: datetime


def history(dist: Path) -> tuple[Moment, ...]:
    """The versions that were published in a folder, the oldest first; a version stands where it was last."""
    try:
        lines = (dist / FILE).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    told = [json.loads(line) for line in lines if line.endswith("}")]  # one that broke off tells nothing
    latest = {one["version"]: datetime.fromisoformat(one["published"]) for one in told}
    return tuple(Moment(*item) for item in sorted(latest.items(), key=lambda item: item[1]))


def published_at(dist: Path, version: str) -> datetime:
    """When a version was published; where no history was kept, when its folder was last changed."""
    for moment in history(dist):
        if moment.version == version:
            return moment.published
    seconds = int((dist / "versions" / version).stat().st_mtime)
    return datetime.fromtimestamp(seconds, UTC)


def record(dist: Path, version: str) -> Moment:
    """Note that a version is published now, or at SOURCE_DATE_EPOCH; a second after the last one at least.

    HTTP dates have no finer resolution (RFC 9110 section 5.6.7), and Memento tells versions apart by them.
    """
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    before = history(dist)
    if before:
        seconds = max(seconds, int(before[-1].published.timestamp()) + 1)
    moment = Moment(version, datetime.fromtimestamp(seconds, UTC))
    line = json.dumps({"version": version, "published": moment.published.isoformat()})
    with (dist / FILE).open("a", encoding="utf-8") as log:
        log.write(f"\n{line}\n")  # begins anew, where the line before broke off
    return moment
