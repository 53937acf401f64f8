"""What all tests share: those that need a program of the system's say so, and must find it in CI."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.built import kg, served


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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `kg build` publishes of the seeds."""
    dist = tmp_path_factory.mktemp("built") / "dist"
    done = kg("build", "--out", dist)
    assert done.returncode == 0, done.stderr
    return dist


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server over what is built."""
    with served(built) as address:
        yield address
