"""What is to be published, and what was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Graph

from kg.model import Document
from kg.packed import Packed
from kg.publish.withdrawn import Withdrawal

ABOUT = Path(__file__).with_name("dataset.ttl")


@dataclass(frozen=True, slots=True)
class Edition:
    """What is to be published: graphs by their IRIs, the documents, and the figures of the build.

    `further` names files to stand in the version's folder, each with what writes it to a path; `about` is
    what people say of the data set; `reasons` tell why documents of the version before are gone, by names.
    """

    base: str
    graphs: Mapping[str, Graph | Packed]
    default_graphs: Sequence[str]
    documents: Sequence[Document]
    counts: Mapping[str, int]
    further: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)
    about: str = field(default_factory=lambda: ABOUT.read_text("utf-8"))
    reasons: Mapping[str, Withdrawal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the version's identifier and its folder."""

    version: str
    folder: Path
