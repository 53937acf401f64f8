"""Sentences in, what they are mapped to out: each claim as one line to check against the text."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.mapper import FrameMapper, frame_mapper
from kg.model import Claim, Document, Filler, Reading, Span
from kg.settings import Settings

TODAY = date(2025, 5, 15)  # a Thursday; the date of every document that a test writes


@cache
def mapper() -> FrameMapper:
    """The built-in mapper, loaded once."""
    return frame_mapper(Settings())


@cache
def reading(text: str, day: date | None = TODAY) -> Reading:
    """What a document of this text and date gives."""
    return mapper().read(Document("test", text, date=day, body=Span(0, len(text))))


def told(text: str, day: date | None = TODAY) -> list[str]:
    """The claims of a text in its order, one line each, but for statements."""
    return [line(claim) for claim in reading(text, day).claims if claim.type != "Statement"]


def statements(text: str) -> list[str]:
    """The statements of a text in its order, one line each."""
    return [line(claim) for claim in reading(text).claims if claim.type == "Statement"]


def line(claim: Claim) -> str:
    """A claim in words: `Meeting(participant: A, B; place: C) Planned, 2025-05, said by A, reported by D`."""
    roles = "; ".join(f"{role}: {_names(fillers)}" for role, fillers in sorted(claim.roles))
    values, time = claim.values, claim.time
    start, end = time.start or "", time.end or ""
    parts = [
        f"{claim.type}({roles}) {claim.modality}",
        f"{start} to {end}".strip() if end else start,
        f"{values.bound or ''} {values.amount:,.0f} {values.currency}".strip() if values.amount else "",
        f"{values.bound or ''} {values.quantity:,.0f} of them".strip() if values.quantity else "",
        f"{values.bound or ''} {values.share_of_gdp:g} % of GDP".strip() if values.share_of_gdp else "",
        f"said by {_names(claim.attributed_to)}" if claim.attributed_to else "",
        f"reported by {_names(claim.reported_by)}" if claim.reported_by else "",
    ]
    return ", ".join(part for part in parts if part)


def _names(fillers: tuple[Filler, ...]) -> str:
    return ", ".join(sorted(filler.entity.label for filler in fillers))
