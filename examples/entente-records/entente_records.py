"""An extractor that takes claims from records which another program has written: a language model, say, or people.

A document's records are the lines of `NAME.jsonl` in the folder that the environment variable ENTENTE_RECORDS
names, in the form that `kg facts` prints. This extractor trusts nobody and checks nothing: it looks for each
label in the text, takes what it finds, and leaves it to the laws of evidence to refuse the rest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.iri import Mint
from kg.model import Claim, Document, Entity, Evidence, Filler, Modality, Reading, Span, Time, Values
from kg.reference import Reference, read_reference
from kg.settings import SettingError, Settings

# What a thing is that the reference data do not know, by the role it fills.
KINDS = {
    "item": "Item", "asset": "Asset", "agreement": "Agreement", "exercise": "Exercise", "policy": "Policy",
    "institution": "Institution", "organisation": "Programme", "place": "Region", "destination": "Region",
    "participant": "Person", "visitor": "Person", "speaker": "Person", "reported_by": "NewsOutlet",
}  # fmt: skip


class Records:
    """Reads records; built once with the settings."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingError where ENTENTE_RECORDS names no folder."""
        self.folder = Path(os.environ.get("ENTENTE_RECORDS", ""))
        if not os.environ.get("ENTENTE_RECORDS") or not self.folder.is_dir():
            raise SettingError("ENTENTE_RECORDS", str(self.folder), "the folder of the records")
        self.reference: Reference = read_reference(settings.ontology, settings.base)
        self.mint = Mint(settings.base)

    def read(self, document: Document) -> Reading:
        """The claims of the document's records; none where there is no file for it."""
        file = self.folder / f"{document.name}.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return Reading(document, claims=tuple(self._claim(json.loads(line), document) for line in lines))

    def _claim(self, record: Mapping[str, Any], document: Document) -> Claim:
        quote = record["quote"]
        span = Span(quote["start"], quote["end"])
        return Claim(
            document=document.name,
            type=record["type"],
            roles=tuple(
                (role, tuple(self._fillers(role, fillers, document, span)))
                for role, fillers in record["roles"].items()
            ),
            modality=Modality(record["modality"]),
            evidence=Evidence(span, quote["exact"]),
            rule="records",
            time=Time(**record.get("time", {})),
            values=Values(**record.get("values", {})),
            attributed_to=tuple(self._fillers("speaker", record.get("attributed_to", []), document, span)),
            reported_by=tuple(self._fillers("reported_by", record.get("reported_by", []), document, span)),
        )

    def _fillers(
        self, role: str, told: list[Mapping[str, Any]], document: Document, near: Span
    ) -> Iterator[Filler]:
        for one in told:
            entity = self._entity(one, KINDS.get(role, "Organisation"))
            yield Filler(entity, _found(one, document.text, near))

    def _entity(self, told: Mapping[str, Any], kind: str) -> Entity:
        """The thing of the reference data that has this label and no other has, else one of the kind."""
        known = [e.entity for e in self.reference.named(told["label"]) if e.entity.label == told["label"]]
        if len(known) == 1:
            return known[0]
        return Entity(self.mint.thing(kind, told["label"]), kind, told["label"])


def _found(told: Mapping[str, Any], text: str, near: Span) -> Span:
    """Where one of the labels stands: in the quote, else nearest before it; the quote's start where nowhere."""
    for label in (told["label"], *told.get("alt", ())):
        at = text.find(label, near.start, near.end)
        at = at if at >= 0 else text.rfind(label, 0, near.start)
        if at >= 0:
            return Span(at, at + len(label))
    return near
