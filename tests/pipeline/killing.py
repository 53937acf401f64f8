"""A program that kills builds at every step and looks at what they leave; run by test_killed.py.

    python -m tests.pipeline.killing FOLDER POINTS

It forks for each build, having touched no store itself: the threads of a store do not outlive a fork.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType

from kg.pipeline import Work
from kg.published import current_version, open_published
from tests.graph.readings import meeting, seedlike
from tests.pipeline.small import publish, small

DAMAGED = (
    *("manifest.json", "dumps", "graphs", "documents", "store"),
    *(".readings.sqlite", ".graphs.sqlite", ".conforming.sqlite", ".closure"),
)
COMING = "coming"  # what is seen of dumps that are not yet written
STEPS = ("open", "os.", "shutil.", "sqlite3.", "fcntl.")  # events of the interpreter that touch files
Do = Callable[[], object]


def forked(do: Do) -> tuple[int, str]:
    """Do something in a process of its own: the signal that ended it, and what it says."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as pipe:
            said = pipe.read()
        return os.waitpid(child, 0)[1] & 0x7F, said
    try:
        told = str(do())
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent judges it
        told = f"{type(error).__name__} {isinstance(error, OSError)}: {error}"
    os.write(writing, told.encode())
    os._exit(0)


def steps(do: Do, dist: Path, last: int | None = None) -> int:
    """Do something, killing the process at a step; without one, tell how many steps it takes."""
    taken = 0

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal taken
        if event.startswith(STEPS) and any(str(dist) in str(arg) for arg in args):
            taken += 1
            if taken == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    do()
    return taken


def seen(dist: Path) -> str:
    """What a reader sees: the version, a hash of its files, how much its store holds, and a hash of its dumps."""
    if not (dist / "current").is_symlink():
        return "nothing"
    told, dumps = hashlib.sha256(), hashlib.sha256()
    published = open_published(dist)
    for path in sorted(published.folder.rglob("*")):
        if path.is_file() and "store" not in path.parts and path.suffix != ".sqlite":
            held = dumps if {"dumps", "dumps.json"} & {*path.parts} else told
            held.update(str(path.relative_to(published.folder)).encode() + path.read_bytes())
    dumped = dumps.hexdigest() if published.is_dumped else COMING
    return f"{published.version} {told.hexdigest()} {published.store.size()} {dumped}"


def litter(dist: Path) -> list[str]:
    return sorted(
        path.name for path in dist.iterdir() if path.name.startswith((".building", ".writing", ".cur"))
    )


class Trials:
    """Builds that end badly, each into a folder of its own in which a version is published already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        readings = [seedlike(), meeting("a"), meeting("b")]
        self.new, self.old = (
            replace(small(folder, *given), edition="1") for given in (readings, readings[:1])
        )

    def start(self, name: str, *, with_new: bool = False) -> Path:
        """A folder with the old version published in it, or the new one on top."""
        forked(partial(self.build, self.folder / name, self.old))
        if with_new:
            forked(partial(self.build, self.folder / name))
        return self.folder / name

    def build(self, place: Path, work: Work | None = None) -> str:
        work = work or self.new
        publish(replace(work, settings=replace(work.settings, dist=place)))
        return "built"

    def all(self, points: int) -> Iterator[tuple[str, Path, Do]]:
        """Ways in which a build ends: in words, where, and what to do."""
        place = self.start("counted")
        total = int(forked(partial(steps, partial(self.build, place), place))[1])
        for n in sorted({1 + (total - 1) * i // max(points - 1, 1) for i in range(points)}):
            place = self.start(f"killed-{n}")
            yield f"killed at {n} of {total}", place, partial(steps, partial(self.build, place), place, n)
        for size in (100, 5_000, 20_000):
            place = self.start(f"full-{size}")
            yield f"no file above {size} bytes", place, partial(limited, size, partial(self.build, place))
        place = self.start("denied")
        yield "permissions taken away", place, partial(denied, place, partial(self.build, place))
        for part in DAMAGED:
            place = self.start(f"damaged-{part}", with_new=True)
            version = place / "versions" / current_version(place)
            damaged(place / part if part.startswith(".") else version / part)
            yield f"damaged {part}", place, partial(self.build, place)


def main(folder: Path, points: int) -> None:
    """Print a line of JSON for each way of ending a build: what a reader saw after it, and after the next one."""
    trials = Trials(folder)
    before = forked(partial(seen, trials.start("before")))[1]
    after = forked(partial(seen, trials.start("after", with_new=True)))[1]
    for how, place, do in trials.all(points):
        told: dict[str, object] = {"how": how, "before": before, "after": after}
        told["ended"] = forked(do)
        told["left"] = forked(partial(seen, place))[1]
        told["again"] = forked(partial(trials.build, place))[1]
        told["then"] = forked(partial(seen, place))[1]
        told["litter"] = litter(place)
        print(json.dumps(told), flush=True)  # noqa: T201  # this is what the test reads


def limited(size: int, do: Do) -> object:
    """Do something where no file may grow above a size, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return do()


def denied(dist: Path, do: Do) -> object:
    """Do something as somebody who may not write there."""
    dist.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        return do()
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        dist.chmod(0o755)


def damaged(path: Path) -> None:
    """Change the middle of a file, or of each file under a folder."""
    for file in [path, *path.rglob("*")]:
        if file.is_file() and (size := file.stat().st_size):
            with file.open("r+b") as content:
                content.seek(size // 2)
                byte = content.read(1)
                content.seek(size // 2)
                content.write(bytes([byte[0] ^ 0xFF]))


def _quiet(_signal: int, _frame: FrameType | None) -> None:
    """A file that grows too long is an error of the call, no end of the process."""


if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, _quiet)
    main(Path(sys.argv[1]), int(sys.argv[2]))
