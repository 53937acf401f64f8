"""What a build holds on its way through the stages, and what can stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Graph, URIRef

from kg import graph, publish, reason
from kg.iri import Mint
from kg.mapper import Mapper
from kg.model import Document, Reading
from kg.settings import Settings
from kg.turtle import read_turtle, turtle_files
from kg.validate import Report

DEFAULT_GRAPHS = ("ontology", "reference", "facts", "curation", "inferred")


class DocumentsError(ValueError):
    """Documents that cannot be built from: the reason for each path."""

    def __init__(self, reasons: Mapping[Path, str]) -> None:
        super().__init__("\n".join(f"{path}: {reason}" for path, reason in reasons.items()))
        self.reasons = reasons


class InvalidError(ValueError):
    """Graphs that break the rules of the shapes, and so are not published."""

    def __init__(self, report: Report) -> None:
        super().__init__("\n".join(map(str, report.violations)))
        self.report = report


class InconsistentError(ValueError):
    """Graphs that contradict the ontology, and so are not published."""

    def __init__(self, clashes: Sequence[reason.Clash]) -> None:
        super().__init__("\n".join(clash.message for clash in clashes))
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The texts that people review, as graphs: ontology, reference data, lexicon, links to others."""

    ontology: Graph
    reference: Graph
    lexicon: Graph
    links: Graph

    @classmethod
    def load(cls, settings: Settings) -> Knowledge:
        """Read the ontology folder. Raises TurtleError."""
        folder = settings.ontology
        return cls(
            *(
                read_turtle(turtle_files(part), settings.base)
                for part in (folder, folder / "reference", folder / "frames", folder / "links")
            )
        )


@dataclass(frozen=True, slots=True)
class Work:
    """What a build holds; each stage returns it with its own part added."""

    settings: Settings
    paths: tuple[Path, ...]
    mapper: Mapper
    knowledge: Knowledge
    documents: tuple[Document, ...] = ()
    readings: tuple[Reading, ...] = ()
    graphs: graph.Graphs | None = None
    report: Report = field(default_factory=Report)
    inferred: Graph = field(default_factory=Graph)
    inference: reason.Inference | None = None
    publication: publish.Publication | None = None

    @property
    def built(self) -> graph.Graphs:
        """The graphs; raises RuntimeError before the stage that builds them."""
        if self.graphs is None:
            raise RuntimeError("the graphs are not built yet")
        return self.graphs

    def named_graphs(self) -> dict[str, Graph]:
        """All graphs that are published, by their IRIs."""
        mint = Mint(self.settings.base)
        known = self.knowledge
        graphs = {
            "ontology": known.ontology,
            "reference": known.reference,
            "lexicon": known.lexicon,
            "links": known.links,
            "facts": self.built.facts,
            "inferred": self.inferred,
        }
        claims = {mint.claims(name): claims for name, claims in self.built.claims.items()}
        return {mint.graph(name): held for name, held in graphs.items()} | claims

    def counts(self) -> dict[str, int]:
        """The figures of the closing summary, by what they count."""
        events = set(self.built.facts.subjects(URIRef(Mint(self.settings.base).term("supportedBy"))))
        return {
            "documents": len(self.documents),
            "mentions": sum(len(reading.mentions) for reading in self.readings),
            "claims": sum(len(reading.claims) for reading in self.readings),
            "facts": len(events),
            "disputed": len(self.built.verdict.disputed),
            "omissions": sum(len(reading.omissions) for reading in self.readings),
            "asserted": sum(map(len, self.named_graphs().values())) - len(self.inferred),
            "inferred": len(self.inferred),
        }
