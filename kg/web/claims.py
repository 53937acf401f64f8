"""What documents claim, as values ready for pages: read document by document, and kept as long as the version is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cachetools import LRUCache

from kg.published import PublishedDocument
from kg.web.reading import Reader, Row, value_of

KEPT = 2_000  # documents whose claims are kept
SOURCES = {"claimant", "reporter"}  # roles of those whose word a claim is, not of those who act in it


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its IRI and its name."""

    iri: str
    name: str

    @property
    def kind(self) -> str:
        """What kind of thing it is, as its IRI tells: `state`, `international-organisation` …"""
        return self.iri.rstrip("/").rsplit("/", 2)[-2] if self.iri.count("/") > 1 else ""


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part in what is claimed: for whom, as what, and where the text names them."""

    who: Named
    acts_for: Named | None = None
    capacity: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a claim, as the text has them."""

    amount: Decimal | None = None
    currency: str = ""
    quantity: Decimal | None = None
    share: Decimal | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim: what is said to have happened, how it holds, whose word it is, and its words in the document."""

    iri: str
    event: str
    type: str
    modality: str
    document: PublishedDocument
    span: tuple[int, int]
    exact: str
    start: str
    end: str
    figures: Figures
    rule: str
    lifted: bool
    roles: Mapping[str, Sequence[Part]]

    @property
    def stretch(self) -> str:
        """The IRI of the stretch of text."""
        return f"{self.document.iri}#char={self.span[0]},{self.span[1]}"

    @property
    def acting(self) -> Iterator[tuple[str, Part]]:
        """Everybody and everything in the event, with the role."""
        return ((role, part) for role, parts in self.roles.items() if role not in SOURCES for part in parts)

    @property
    def whose_word(self) -> Sequence[Part]:
        """Who says so, where it is not the document itself."""
        return [part for role in sorted(SOURCES) for part in self.roles.get(role, ())]

    def names(self, iri: str) -> bool:
        """Whether a thing takes part, or somebody takes part for it."""
        parts = (part for parts in self.roles.values() for part in parts)
        return any(iri in {part.who.iri, part.acts_for and part.acts_for.iri} for part in parts)


class Claims:
    """The claims of one version of the data set."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._graphs = {
            f"{reader.published.base}graph/claims/{reader.short(d.iri)}": d
            for d in reader.published.documents.values()
        }
        self._kept: LRUCache[str, tuple[ClaimView, ...]] = LRUCache(KEPT)

    def of_document(self, document: PublishedDocument) -> tuple[ClaimView, ...]:
        """What a document claims, in the order of its text."""
        kept = self._kept.get(document.iri)
        if kept is None:
            kept = self._kept[document.iri] = tuple(self._read(document))
        return kept

    def of_thing(self, iri: str, most: int) -> list[ClaimView]:
        """The claims that name a thing, in its latest documents, as many as `most` of them."""
        graphs = (value_of(row["graph"]) for row in self._reader.rows("telling", thing=iri))
        documents = [self._graphs[graph] for graph in graphs if graph in self._graphs]
        latest = sorted(documents, key=lambda d: (d.date or "", d.name), reverse=True)[:most]
        return [claim for document in latest for claim in self.of_document(document) if claim.names(iri)]

    def of_event(self, iri: str) -> list[ClaimView]:
        """The claims that tell of an event, or the one claim of this IRI."""
        graphs = (value_of(row["graph"]) for row in self._reader.rows("telling_of", event=iri))
        documents = [self._graphs[graph] for graph in sorted(graphs) if graph in self._graphs]
        return [c for d in documents for c in self.of_document(d) if iri in {c.event, c.iri}]

    def _read(self, document: PublishedDocument) -> Iterator[ClaimView]:
        graph = f"{self._reader.published.base}graph/claims/{self._reader.short(document.iri)}"
        parts = self._parts(graph)
        lifted = {value_of(row["claim"]) for row in self._reader.rows("lifted", graph=graph)}
        for row in self._reader.rows("told", graph=graph):
            claim = value_of(row["claim"])
            yield ClaimView(
                iri=claim,
                event=value_of(row["event"]),
                type=self._reader.short(value_of(row["type"])),
                modality=self._reader.short(value_of(row["modality"])),
                document=document,
                span=(int(value_of(row["from"])), int(value_of(row["to"]))),
                exact=value_of(row["exact"]),
                start=value_of(row["start"]),
                end=value_of(row["end"]),
                figures=_figures(row),
                rule=value_of(row["rule"]),
                lifted=claim in lifted,
                roles=parts.get(claim, {}),
            )

    def _parts(self, graph: str) -> Mapping[str, Mapping[str, Sequence[Part]]]:
        """Who takes part in the claims of a graph, by claim and role."""
        found: dict[str, dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
        for row in self._reader.rows("taking_part", graph=graph):
            acts_for = value_of(row["acts_for"])
            part = Part(
                who=self.named(value_of(row["filler"])),
                acts_for=self.named(acts_for) if acts_for else None,
                capacity=value_of(row["capacity"]),
                span=(int(value_of(row["from"])), int(value_of(row["to"]))) if row["from"] else None,
            )
            found[value_of(row["claim"])][self._reader.short(value_of(row["role"]))].append(part)
        return found

    def named(self, iri: str) -> Named:
        """A thing with its name."""
        return Named(iri, self._reader.label(iri))


def _figures(row: Row) -> Figures:
    numbers = {n: Decimal(value_of(row[n])) if row[n] else None for n in ("amount", "quantity", "share")}
    return Figures(currency=value_of(row["currency"]), bound=value_of(row["bound"]), **numbers)


@lru_cache(2)
def claims_of(reader: Reader) -> Claims:
    """The claims that a reader reads, kept as long as the reader is."""
    return Claims(reader)
