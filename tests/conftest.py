"""What all tests share: those that need a program of the system's say so, and must find it in CI."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from tests.built import kg, served

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


def build_once(shared: Path) -> Path:
    """What `kg build` publishes of the seeds in a folder that all processes share; the first to come builds it."""
    dist = shared / "built" / "dist"
    dist.parent.mkdir(exist_ok=True)
    with (shared / "built" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (dist / "current").exists():
            done = kg("build", "--out", dist)
            assert done.returncode == 0, done.stderr
    return dist


@pytest.fixture(scope="session", autouse=True)
def building(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Future[Path] | None:
    """The build of the seeds, begun at once where a test needs it: those that do not are run meanwhile."""
    if not any("built" in getattr(item, "fixturenames", ()) for item in request.session.items):
        return None
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return ThreadPoolExecutor(1, "building").submit(build_once, shared)


@pytest.fixture(scope="session")
def built(building: Future[Path]) -> Path:
    """What `kg build` publishes of the seeds, once for all processes that run tests."""
    return building.result()


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server over what is built."""
    with served(built) as address:
        yield address
