"""`kg explain-document`: how a document was understood, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kg.cli.common import Failure, settings_with, told_in_words
from kg.mapper import load_mapper
from kg.model import Claim, Filler, Omission, Reading
from kg.read import ReadError, read


@click.command(name="explain-document")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--extractor", help="An extractor that is plugged in. [default: the built-in one, by frames]")
def command(path: Path, extractor: str | None) -> None:
    """Show how the document at PATH is understood.

    Each claim with the words it stands on, who fills its roles, whose word it is and the frame that found it;
    then what was seen and gave no claim, with the reason.
    """
    with told_in_words():
        try:
            document = read(path)
        except ReadError as error:
            raise Failure(str(error)) from error
        for line in explained(load_mapper(settings_with(extractor=extractor)).read(document)):
            click.echo(line)


def explained(reading: Reading) -> Iterator[str]:
    """A reading in words."""
    document = reading.document
    yield f"{document.name}: {document.title or 'no title'}, {document.date or 'no date'}"
    yield f"{_many(reading.mentions, 'mention')}, {_many(reading.claims, 'claim')}, by {reading.extractor}\n"
    for claim in reading.claims:
        yield from _claim(claim)
    if reading.omissions:
        yield f"Not understood ({len(reading.omissions)}):\n"
    for omission in reading.omissions:
        yield _omission(omission)


def _many(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _claim(claim: Claim) -> Iterator[str]:
    yield f"“{claim.evidence.exact}”"
    yield f"  {claim.type}, {claim.modality}"
    told = {role: _names(fillers) for role, fillers in claim.roles} | {
        "from": claim.time.start,
        "until": claim.time.end,
        "amount": f"{claim.values.amount:,.0f} {claim.values.currency or ''}"
        if claim.values.amount
        else None,
        "quantity": claim.values.quantity,
        "share of GDP": f"{claim.values.share_of_gdp} %" if claim.values.share_of_gdp else None,
        "said by": _names(claim.attributed_to),
        "reported by": _names(claim.reported_by),
        "found by": claim.rule.rpartition("#")[2],
    }
    for name, value in told.items():
        if value:
            yield f"  {name:<14}{value}"
    yield ""


def _names(fillers: tuple[Filler, ...]) -> str:
    return ", ".join(f.entity.label + (f" (for {f.acts_for.label})" if f.acts_for else "") for f in fillers)


def _omission(omission: Omission) -> str:
    detail = f" ({omission.detail})" if omission.detail else ""
    return f"  {omission.evidence.exact!r} at {omission.evidence.span.start}: {omission.reason}{detail}"
