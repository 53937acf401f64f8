"""The frozen values that flow from stage to stage.

    document → annotated text → claims → graphs → …

Everything here is a value: equal by content, safe to share between processes, in a fixed order.
Offsets are Python string offsets into `Document.text`, end exclusive (code points, RFC 5147 `char=`).
Names of classes and roles are local names of the ontology (`"Meeting"`, `"participant"`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Modality(StrEnum):
    """How a claim holds, by the words of its document."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    EXPECTED = "Expected"
    PROPOSED = "Proposed"
    DENIED = "Denied"
    ENDED = "Ended"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the stretch, letter for letter."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other stretch lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its text without byte order mark, lines ending in LF, and what is known about it.

    `body` is where the document's own prose stands in `text`; front matter lies outside it.
    """

    name: str
    text: str
    title: str | None = None
    date: date | None = None
    language: str = "en"
    source: str | None = None
    publisher: str | None = None
    media_type: str = "text/plain"
    sha256: str = ""
    body: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that documents name: from the reference data, or minted from the text.

    `kind` is the local name of its class in the ontology; `same_as` the IRIs of other data sets that
    the reference data has verified for it.
    """

    iri: str
    kind: str
    label: str
    alt: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for an entity.

    `how` says by what: `name`, `short name`, `pronoun`, `description`, `demonym`, `metonym`, `office`.
    """

    span: Span
    entity: Entity
    how: str = "name"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a document and its words; `exact` equals the text at the offsets."""

    span: Span
    exact: str


@dataclass(frozen=True, slots=True)
class Time:
    """ISO 8601 dates as coarse as the text has them: `2025`, `2025-04`, `2025-04-08`."""

    start: str | None = None
    end: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.start or self.end)


@dataclass(frozen=True, slots=True)
class Values:
    """The numbers of a claim. `currency` is an ISO 4217 code, `share_of_gdp` in percent.

    `bound` keeps what stands beside a number: `about`, `up to`, `more than` …
    """

    amount: float | None = None
    currency: str | None = None
    quantity: float | None = None
    share_of_gdp: float | None = None
    bound: str | None = None

    def __bool__(self) -> bool:
        """Whether any number is known."""
        return any(v is not None for v in (self.amount, self.quantity, self.share_of_gdp))


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity, where the text names it, and for whom it acts at that time.

    `acts_for` is the state or body whose capacity a person holds in this event, where the text or the
    reference data at the event's date says so; else None.
    """

    entity: Entity
    span: Span
    acts_for: Entity | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as one document tells it, of whatever modality, with the words that tell it.

    `rule` names the frame of the lexicon that found it. `carries` lists, for a `Statement`, the spans of
    the claims that were said in it.
    """

    document: str
    type: str
    roles: tuple[tuple[str, tuple[Filler, ...]], ...]
    modality: Modality
    evidence: Evidence
    rule: str
    time: Time = Time()
    values: Values = Values()
    attributed_to: tuple[Filler, ...] = ()
    reported_by: tuple[Filler, ...] = ()
    also_told: tuple[Evidence, ...] = ()

    def fillers(self, role: str) -> tuple[Filler, ...]:
        """The fillers of one role, in the order of the text."""
        return dict(self.roles).get(role, ())


@dataclass(frozen=True, slots=True)
class Omission:
    """Something the extractor saw and did not turn into a claim, with the reason.

    `kind` is `trigger` or `mention`; `reason` a short key such as `no-filler`, `ambiguous`, `hypothetical`.
    """

    kind: str
    evidence: Evidence
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document gave: its mentions, claims and omissions, in the order of the text."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    omissions: tuple[Omission, ...] = ()
    extractor: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
