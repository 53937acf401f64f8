"""What the commands share: settings, paths to documents, errors in words, progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from kg.lexicon import LexiconError
from kg.manifest import FormatError
from kg.published import NotPublishedError
from kg.reference import ReferenceDataError
from kg.settings import SettingError, Settings
from kg.store import QueryError, StoreError
from kg.terms import UnknownTermError
from kg.turtle import TurtleError
from kg.watching import Watch

WRONG, NOT_UNDERSTOOD, NOT_PUBLISHED, HELD_BACK = 1, 2, 3, 4
MENDABLE = (
    *(FormatError, SettingError, StoreError, QueryError, TurtleError),
    *(UnknownTermError, LexiconError, ReferenceDataError),
)
SIDECARS = {".yaml", ".yml"}


class Failure(click.ClickException):
    """An error in words, with the exit code that tells scripts what kind it is."""

    def __init__(self, message: str, exit_code: int = WRONG) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it for the class, and reads it here


class Place(click.ParamType[Path | str]):
    """A path on this machine, or an address such as hdfs://host/folder, which stays as it is."""

    name = "path"

    def __init__(self, must_exist: bool = True) -> None:
        self._path = click.Path(path_type=Path, exists=must_exist)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The path or address; fails for a path that is not there."""
        return str(value) if "://" in str(value) else Path(self._path.convert(value, param, ctx))


def here(place: Path | str | int | None) -> Path | None:
    """A place as a path. Raises Failure for an address."""
    if place is None or isinstance(place, Path):
        return place
    raise Failure(f"{place}: addresses are for --engine spark", NOT_UNDERSTOOD)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn the errors that a user can mend into words and an exit code."""
    try:
        yield
    except NotPublishedError as error:
        raise Failure(str(error), NOT_PUBLISHED) from error
    except MENDABLE as error:
        raise Failure(str(error), NOT_UNDERSTOOD) from error


def settings_with(**given: Path | str | int | None) -> Settings:
    """The environment's settings, with what the command line gives in their place; None is not given."""
    told = {name: value for name, value in given.items() if value is not None}
    return replace(Settings.from_environment(), **told)  # type: ignore[arg-type]  # each command gives its fields' types


def documents_at(paths: Sequence[Path]) -> list[Path]:
    """The files of documents at paths: a file is itself, a folder all files under it, sorted by name.

    Hidden files, and files of metadata beside a document, are none. Raises Failure for an empty folder.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        documents = [p for p in inside if p.suffix.lower() not in SIDECARS]
        if not documents:
            raise Failure(
                f"{path}: no documents in this folder; put .txt, .html or .pdf files there", NOT_UNDERSTOOD
            )
        found += documents
    return list(dict.fromkeys(found))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


@contextmanager
def progress() -> Iterator[Watch]:
    """A bar on standard error for each stage."""
    columns = (
        TextColumn("{task.description:<16}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, object] = {}

        def watch(stage: str, done: int, total: int) -> None:
            task = tasks.get(stage)
            if task is None:
                task = tasks[stage] = bars.add_task(stage, total=total)
            bars.update(task, completed=done, total=total)  # type: ignore[arg-type]  # the number that add_task gave

        yield watch
