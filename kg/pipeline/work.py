"""What a build holds on its way through the stages, and what can stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rdflib import Graph

from kg import graph, publish
from kg.iri import Mint
from kg.mapper import Mapper
from kg.model import Document
from kg.packed import Packed
from kg.pipeline.fates import Fate, Outcome
from kg.pipeline.readings import Documents, Readings
from kg.pipeline.reasoned import Reasoned
from kg.pipeline.touched import Readers
from kg.reports import Checked
from kg.settings import Settings
from kg.turtle import labelled, read_turtle, turtle_files
from kg.violations import Report

CURATION = "curation"
DEFAULT_GRAPHS = ("ontology", "reference", "facts", CURATION, "inferred")
EMPTY = Packed(())
PASSED = "passed.txt"  # in a version's folder: the fingerprints of the documents that passed validation


class DocumentsError(ValueError):
    """Documents that cannot be built from: the reason for each path."""

    def __init__(self, reasons: Mapping[Path, str]) -> None:
        super().__init__("\n".join(f"{path}: {reason}" for path, reason in reasons.items()))
        self.reasons = reasons


class TooManyError(ValueError):
    """More documents are bad than a build may hold back: the work, and its bound in percent."""

    def __init__(self, work: Work, bad: int, total: int) -> None:
        bound = work.settings.most_held_back
        super().__init__(
            f"{bad} of {total} documents would be held back, more than the {bound} percent that are allowed; "
            "correct them, or set ENTENTE_MOST_HELD_BACK or --most-held-back higher"
        )
        self.work = work


class TooManyFactsError(ValueError):
    """More triples than the reasoner in memory takes: how many there are, and the bound."""

    def __init__(self, triples: int, bound: int) -> None:
        super().__init__(
            f"there are {triples:,} triples to reason over, more than the {bound:,} that fit in memory; build on a "
            "cluster (--engine spark, docs/cluster.md), or set ENTENTE_MOST_FACTS higher where there is memory"
        )
        self.triples, self.bound = triples, bound


class InvalidError(ValueError):
    """Nothing can be published, as what is wrong lies with no document or with all: the work, with its report."""

    def __init__(self, work: Work) -> None:
        super().__init__("\n".join(map(str, work.report.violations)))
        self.work = work


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The texts that people review, as graphs: ontology, reference data, lexicon, links to others.

    `links` are graphs by their names: all links, and those of each source, as each file has one.
    """

    ontology: Graph
    reference: Graph
    lexicon: Graph
    links: Mapping[str, Graph] = field(default_factory=dict)

    @classmethod
    def load(cls, settings: Settings) -> Knowledge:
        """Read the ontology folder. Raises TurtleError."""
        folder, base = settings.ontology, settings.base
        files = turtle_files(folder / "links")
        links = {f"links/{file.stem}": read_turtle([file], base) for file in files}
        return cls(
            labelled(read_turtle(turtle_files(folder), base)),
            read_turtle(turtle_files(folder / "reference"), base),
            read_turtle(turtle_files(folder / "frames"), base),
            {"links": read_turtle(files, base)} | links,
        )


@dataclass(frozen=True, slots=True)
class Work:
    """What a build holds; each stage returns it with its own part added.

    `mapper` loads the mapper; `edition` names what reads documents, and is empty where no readings are kept.
    `readers` are its parts, where the mapper tells by which words it asks. `again` says how many documents are read
    again for what changed in these, and what that was.
    `keys` are those of all documents given. `files` are where they were read from, by their names. `held` are
    documents that are held back, `report` says why; `readings` are without them, and read each time that they are
    asked for. `passed` are the fingerprints of the documents that passed validation. `fates` tell what became of
    every document up to validation. `curated` is what curators have written into the version before.
    """

    settings: Settings
    paths: tuple[Path, ...]
    mapper: Callable[[], Mapper]
    knowledge: Knowledge
    edition: str = ""
    readers: Readers | None = None
    again: str = ""
    keys: tuple[str, ...] = ()
    fates: tuple[Fate, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    held: tuple[Document, ...] = ()
    readings: Readings = field(default_factory=Readings)
    curated: Graph = field(default_factory=Graph)
    graphs: graph.Graphs | None = None
    report: Report = field(default_factory=Report)
    passed: frozenset[str] = frozenset()
    inferred: Packed = EMPTY
    reasoned: Reasoned | None = None
    publication: publish.Publication | None = None

    @property
    def documents(self) -> Documents:
        """The documents of the readings."""
        return self.readings.documents

    @property
    def built(self) -> graph.Graphs:
        """The graphs; raises RuntimeError before the stage that builds them."""
        if self.graphs is None:
            raise RuntimeError("the graphs are not built yet")
        return self.graphs

    def all_fates(self) -> list[Fate]:
        """What became of every document, those that validation or reasoning held back among them."""
        reasons: dict[str, str] = {}
        for violation in self.report.violations:
            reasons.setdefault(violation.document, str(violation))
        held = {document.name for document in self.held}
        return [
            replace(fate, outcome=Outcome.HELD_BACK, reason=reasons.get(fate.document, ""))
            if fate.outcome is Outcome.PUBLISHED and fate.document in held
            else fate
            for fate in self.fates
        ]

    def refuse_too_many_bad(self) -> None:
        """Raises TooManyError where more documents are bad than may be held back."""
        bad = sum(fate.outcome.bad for fate in self.all_fates())
        if bad * 100 > self.settings.most_held_back * len(self.fates):
            raise TooManyError(self, bad, len(self.fates))

    def checked(self) -> list[Checked]:
        """The documents that were checked, those that are held back among them, by their names."""
        documents = sorted((*self.documents, *self.held), key=lambda document: document.name)
        return [Checked(document, self.files[document.name]) for document in documents]

    def default_graphs(self) -> list[str]:
        """The IRIs of the graphs that a query sees which names none."""
        return [Mint(self.settings.base).graph(name) for name in DEFAULT_GRAPHS]

    def named_graphs(self) -> dict[str, Graph | Packed]:
        """All graphs that are published, by their IRIs."""
        mint = Mint(self.settings.base)
        known = self.knowledge
        graphs: dict[str, Graph | Packed] = {
            "ontology": known.ontology,
            "reference": known.reference,
            "lexicon": known.lexicon,
            **known.links,
            "facts": self.built.facts,
            "inferred": self.inferred,
        }
        if len(self.curated):
            graphs[CURATION] = self.curated
        claims = {mint.claims(name): claims for name, claims in self.built.claims.items()}
        return {**{mint.graph(name): held for name, held in graphs.items()}, **claims}

    def counts(self) -> dict[str, int]:
        """The figures of the closing summary, by what they count."""
        heads = [one.head for one in self.readings.held]
        events = self.built.facts.subjects_of(Mint(self.settings.base).term("supportedBy"))
        return {
            "documents": len(self.documents),
            "held back": sum(fate.outcome.bad for fate in self.all_fates()),
            "mentions": sum(head.mentions for head in heads),
            "claims": sum(head.claims for head in heads),
            "facts": len(events),
            "disputed": len(self.built.verdict.disputed),
            "omissions": sum(head.omissions for head in heads),
            "asserted": sum(map(len, self.named_graphs().values())) - len(self.inferred),
            "inferred": len(self.inferred),
        }
