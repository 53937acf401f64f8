"""What is in deploy/ would run: the unit is one that systemd takes, and images and services fit the commands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Collection
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from kg.cli import group
from kg.settings import Settings
from tests.built import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
STORES: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.stores.yaml").read_text("utf-8"))
UNIT = (DEPLOY / "entente.service").read_text("utf-8")


def steps(word: str) -> list[str]:
    """What follows an instruction of the image's definition, wherever it stands."""
    return re.findall(rf"^{word}\s+(.*)$", DOCKERFILE, re.MULTILINE)


def understood(command: list[str]) -> None:
    """Parse a command line as `kg` would, but for the paths in it, which lie elsewhere; raises click's errors."""
    chosen = group.get_command(click.Context(group), command[0])
    assert chosen is not None, command[0]
    _, rest, _ = chosen.make_parser(click.Context(chosen)).parse_args(command[1:])
    assert not rest


@pytest.mark.needs("systemd-analyze")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """The interpreter that it names is replaced by one that is here."""
    unit = tmp_path / "entente.service"
    unit.write_text(UNIT.replace("/opt/entente/bin/python", sys.executable), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.needs("systemd-analyze")
def test_the_unit_leaves_a_server_few_rights() -> None:
    command = [
        "systemd-analyze",
        "security",
        "--offline=true",
        "--threshold=25",
        str(DEPLOY / "entente.service"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_unit_starts_a_command_that_there_is() -> None:
    (started,) = re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)
    interpreter, *words = shlex.split(started)
    assert interpreter.startswith("/")
    assert words[:2] == ["-m", "kg"]
    understood(words[2:])


def test_the_image_starts_a_command_that_there_is_as_nobody_in_particular() -> None:
    entry, start = (yaml.safe_load(steps(word)[-1]) for word in ("ENTRYPOINT", "CMD"))
    assert entry == ["python", "-m", "kg"]
    understood(start)
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER entente$", last, re.MULTILINE)
    assert last.index("useradd") < last.index("USER entente")


def test_the_image_is_made_of_files_that_there_are() -> None:
    """What it is copied from is sent to the builder, and the targets of make that it runs exist."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert not {
        *(
            "kg",
            "ontology",
            "shapes",
            "seeds",
            "client",
            "Makefile",
            "requirements.lock",
            "requirements-run.lock",
        )
    } & set(ignored)
    (target,) = re.findall(r"make (\w+)", next(step for step in steps("RUN") if "make setup" in step))
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_image_asks_a_server_whether_it_is_well(server: str) -> None:
    """The command of its health check, with the address of a server that runs here."""
    (check,) = re.findall(r"^HEALTHCHECK .*?CMD (.*)$", DOCKERFILE, re.MULTILINE)
    command = shlex.split(check.replace("http://127.0.0.1:8000", server))
    assert subprocess.run([sys.executable, *command[1:]], check=False).returncode == 0
    command = shlex.split(check.replace(":8000", ":1"))
    assert subprocess.run([sys.executable, *command[1:]], stderr=subprocess.DEVNULL, check=False).returncode


def test_services_fit_each_other_and_the_commands() -> None:
    services = COMPOSE["services"]
    understood(services["build"]["command"])
    assert unknown(COMPOSE, services.keys()) == set()


def unknown(told: dict[str, Any], known: Collection[str]) -> set[str]:
    """What services name that does not exist: volumes, settings, other services, files beside them."""
    services = told["services"].values()
    sources = {volume.partition(":")[0] for one in services for volume in one.get("volumes", ())}
    volumes = {source for source in sources if source[0] not in "./$"}
    beside = {source for source in sources if source.startswith("./")}
    settings = {setting for one in services for setting in one.get("environment", {})}
    return {
        *volumes - {*COMPOSE["volumes"], *told["volumes"]},
        *{s for s in settings if s.removeprefix("ENTENTE_").lower() not in Settings.__dataclass_fields__},
        *{name for one in services for name in one.get("depends_on", ())} - set(known),
        *{file for file in beside if not (DEPLOY / file).is_file()},
    }


def test_what_does_not_exist_is_noticed() -> None:
    wrong = {
        "volumes": ["lost:/x", "./nothing:/y"],
        "environment": {"ENTENTE_WRONG": "1"},
        "depends_on": ["no"],
    }
    found = unknown({"services": {"one": wrong}, "volumes": {}}, ())
    assert found == {"lost", "./nothing", "ENTENTE_WRONG", "no"}


def test_stores_fit_the_services_that_ask_them() -> None:
    """Both stores are asked, and given graphs, by names and ports that they have, of the release that is tested."""
    services = STORES["services"]
    understood(services["publish"]["command"])
    assert unknown(STORES, {*COMPOSE["services"], *services}) == set()
    for setting, path in (("stores", "query"), ("stores_graphs", "store")):
        slots = {
            services[name]["environment"][f"ENTENTE_{setting.upper()}"] for name in ("server", "publish")
        }
        assert slots == {f"http://store-a:7878/{path},http://store-b:7878/{path}"}
    for name in ("store-a", "store-b"):
        _, _, version = services[name]["image"].partition(":")
        assert version == metadata.version("oxigraph")
        assert services[name]["command"][-1].endswith(":7878")
        assert "ports" not in services[name]


def test_the_proxy_passes_requests_on_to_the_server_of_the_services() -> None:
    (upstream,) = re.findall(r"server (\w+):(\d+);", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert upstream[0] in COMPOSE["services"]
    assert upstream[1] in steps("EXPOSE")
