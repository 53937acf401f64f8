"""The lock files resolve for every version of Python that is supported, from the ranges that pyproject.toml gives."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
LOCKS = ("requirements.lock", "requirements-run.lock", "requirements-spark.lock", "bench/peers.lock")


def pinned(lock: str, python: str, system: str = "linux") -> dict[str, str]:
    """The versions that a lock file installs under a version of Python."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
        "platform_system": system.capitalize(),
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": "x86_64",
    }
    found: dict[str, str] = {}
    for requirement in requirements(ROOT / lock):
        if requirement.marker is None or requirement.marker.evaluate(environment):
            name = canonicalize_name(requirement.name)
            assert name not in found, f"{lock}: {name} is pinned twice for {python}"
            (one,) = requirement.specifier
            found[name] = one.version
    return found


def requirements(lock: Path) -> Iterator[Requirement]:
    for line in lock.read_text("utf-8").splitlines():
        if line and not line[0].isspace() and line[0] != "#":
            yield Requirement(line.removesuffix("\\").strip())


@pytest.mark.parametrize("python", VERSIONS)
def test_every_dependency_is_pinned_within_its_range_for_each_python(python: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = pinned("requirements.lock", python)
    for text in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate():
            assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), text


@pytest.mark.parametrize("python", VERSIONS)
def test_what_runs_is_pinned_as_it_was_tested(python: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run, tested = pinned("requirements-run.lock", python), pinned("requirements.lock", python)
    assert {canonicalize_name(Requirement(text).name) for text in project["dependencies"]} <= run.keys()
    assert run.items() <= tested.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    """pip then installs nothing but the very files that were resolved."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text("utf-8"))
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])


def test_the_extra_for_clusters_is_pinned_within_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (wanted,) = map(Requirement, project["optional-dependencies"]["spark"])
    assert wanted.specifier.contains(pinned("requirements-spark.lock", "3.11")["pyspark"])
