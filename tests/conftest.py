"""What all tests share: those that need a program of the system's say so, and must find it in CI."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from tests.built import ROOT, served

# How long an example takes is no promise of ours, and depends on what else the machine does.
settings.register_profile("entente", deadline=None)
settings.load_profile("entente")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--base-address` points the suite of linked data at a server, see docs/linked-data.md."""
    parser.addoption("--base-address", help="the address of a server to look at, in place of one of our own")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `needs(program, module=...)` where one of them is not there; in CI fail it."""
    for mark in item.iter_markers("needs"):
        missing = [program for program in mark.args if shutil.which(program) is None]
        missing += [module for module in mark.kwargs.values() if find_spec(module) is None]
        if missing:
            reason = f"needs {' and '.join(missing)}, not installed"
            if os.environ.get("CI") == "true":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def building(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the seeds are being built once for all processes that run tests, if one of these tests asks for it.

    It begins at once, so that tests that need no build run meanwhile; who builds holds the lock until it is done.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built"
    asked = any("built" in getattr(item, "fixturenames", ()) for item in request.session.items)
    started = begin_build(folder) if asked else None
    yield folder
    if started:
        started.wait()


def begin_build(folder: Path) -> subprocess.Popen[bytes] | None:
    """Begin to build the seeds in a folder; None where somebody builds them there, or has."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock, (folder / "told").open("a") as told:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # another process builds
            return None
        if (folder / "dist" / "current").exists():
            return None
        command = [sys.executable, "-m", "kg", "build", "--out", str(folder / "dist")]
        return subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, pass_fds=[lock.fileno()])


@pytest.fixture(scope="session")
def built(building: Path) -> Path:
    """What `kg build` publishes of the seeds, also where a test comes to ask for it only as it runs."""
    started = begin_build(building)
    if started:
        started.wait()
    with (building / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    dist = building / "dist"
    assert (dist / "current").exists(), (building / "told").read_text("utf-8")
    return dist


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server over what is built."""
    with served(built) as address:
        yield address
