"""The mapping from a document to its reading, wired from its parts; or another extractor that is plugged in.

Another extractor is an entry point in the group `entente.extractors`: a callable that takes the settings and
returns an object with `read(document) -> Reading`. Its claims pass the laws of evidence (`kg.laws`), or are refused.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import distributions, entry_points, version
from pathlib import Path
from typing import Protocol, runtime_checkable

import spacy
from spacy.pipeline import Lemmatizer

from kg.annotate import Annotator, annotator
from kg.annotated import Annotated
from kg.extract import Extractor, extractor
from kg.laws import Laws, read_laws
from kg.lexicon import Lexicon, read_lexicon
from kg.model import Document, Reading
from kg.reference import Reference, read_reference
from kg.settings import SettingError, Settings
from kg.touching import Rows, asked, rows, words_of

GROUP = "entente.extractors"
READERS = ("read", "annotate", "extract", "syntax", "touching")  # the packages that make a reading
KNOWLEDGE = ("*.ttl", "frames/*.ttl", "reference/*.ttl", "links/*.ttl")  # and what they go by


class Mapper(Protocol):
    """What turns a document into claims."""

    def read(self, document: Document) -> Reading:
        """All that the document gives."""


@runtime_checkable
class TellingMapper(Mapper, Protocol):
    """One that also tells by which words a reading came about, so that it can be kept while the data change."""

    def read_with_words(self, document: Document) -> tuple[Reading, bytes]:
        """All that the document gives, and the words by which it may have asked for something (`kg.touching`)."""


@dataclass(frozen=True, slots=True)
class FrameMapper:
    """Annotation, then extraction by the frames of the lexicon."""

    annotator: Annotator
    extractor: Extractor
    name: str

    def read(self, document: Document) -> Reading:
        """All that the document gives."""
        return self._read(self.annotator.annotate(document))

    def read_with_words(self, document: Document) -> tuple[Reading, bytes]:
        """All that the document gives, and the words that lead to what it may have asked for."""
        annotated = self.annotator.annotate(document)
        words = words_of(document, annotated, self.annotator.nlp.tokenizer)
        return self._read(annotated), words

    def _read(self, annotated: Annotated) -> Reading:
        return replace(self.extractor.extract(annotated), extractor=self.name)


@dataclass(frozen=True, slots=True)
class LawfulMapper:
    """An extractor that is plugged in, held to the laws of evidence."""

    plugged: Mapper
    laws: Laws
    name: str

    def read(self, document: Document) -> Reading:
        """What the extractor gives of the document, as far as the laws allow; the rest among the omissions."""
        return self.laws.upheld(self.plugged.read(document), document, self.name)


def load_mapper(settings: Settings) -> Mapper:
    """The mapper that the settings name. Raises SettingError for one that is not installed or does not load."""
    if not settings.extractor:
        return frame_mapper(settings)
    found = {point.name: point for point in entry_points(group=GROUP)}
    if settings.extractor not in found:
        known = ", ".join(sorted(found)) or "none is installed"
        raise SettingError("ENTENTE_EXTRACTOR", settings.extractor, f"the name of an extractor ({known})")
    point = found[settings.extractor]
    try:
        plugged: Mapper = point.load()(settings)
    except (ImportError, AttributeError) as error:
        wanted = f"an extractor that loads ({point.value}: {error})"
        raise SettingError("ENTENTE_EXTRACTOR", settings.extractor, wanted) from error
    laws = read_laws(settings.ontology, read_reference(settings.ontology, settings.base), settings.base)
    edition = f" {point.dist.version}" if point.dist else ""
    return LawfulMapper(plugged, laws, settings.extractor + edition)


def edition(settings: Settings) -> str:
    """A name for all that a reading depends on besides its document: while it stays, so do readings.

    It hashes what `readers` does, the lexicon and the reference data. Empty for an extractor that is plugged in: what
    it depends on nobody can tell.
    """
    knowledge = (path for part in KNOWLEDGE for path in settings.ontology.glob(part))
    return "" if settings.extractor else _hashed(settings, knowledge)


def readers(settings: Settings) -> str:
    """A name for what reads documents, whatever the lexicon and the reference data say.

    It hashes the code that reads, and the versions of what is installed, the language model among it.
    """
    return _hashed(settings, ())


def _hashed(settings: Settings, knowledge: Iterable[Path]) -> str:
    told = hashlib.sha256(f"{settings.base} {settings.pipeline} {sys.version}\n".encode())
    for found in sorted(f"{one.name} {one.version}\n" for one in distributions()):
        told.update(found.encode())
    here = Path(__file__).parent
    code = (path for part in READERS for path in (here / part).rglob("*") if path.suffix != ".pyc")
    for path in sorted((*code, *here.glob("*.py"), *knowledge)):
        if path.is_file():
            told.update(f"{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return told.hexdigest()


def knowledge(settings: Settings) -> Rows:
    """All that the built-in mapper goes by besides code, row by row. Raises as `frame_mapper` does for it."""
    return rows(*_knowledge(settings))


def _knowledge(settings: Settings) -> tuple[Lexicon, Reference]:
    return read_lexicon(settings.ontology / "frames"), asked(read_reference(settings.ontology, settings.base))


# Verbs so rare that a lemmatizer which goes by rules had better not know them: 'staged' is no 'stag'.
_RARE = frozenset({"stag", "wag", "slat", "din", "lambast"})


def _correct(lemmatizer: object) -> None:
    """Takes the rare verbs from the index of a lemmatizer that goes by rules."""
    if isinstance(lemmatizer, Lemmatizer) and lemmatizer.lookups.has_table("lemma_index"):
        index = lemmatizer.lookups.get_table("lemma_index")
        index["verb"] = [verb for verb in index["verb"] if verb not in _RARE]


def frame_mapper(settings: Settings) -> FrameMapper:
    """The built-in mapper. Raises SettingError where the spaCy pipeline is not installed."""
    try:
        nlp = spacy.load(settings.pipeline)
    except OSError as error:
        wanted = "the name of an installed spaCy pipeline for English"
        raise SettingError("ENTENTE_PIPELINE", settings.pipeline, wanted) from error
    if nlp.has_pipe("lemmatizer"):
        _correct(nlp.get_pipe("lemmatizer"))
    lexicon, reference = _knowledge(settings)
    name = f"entente {version('entente')} frames, {nlp.meta['name']} {nlp.meta['version']}"
    return FrameMapper(
        annotator(nlp, reference, lexicon.words, lexicon.kinds, settings.base),
        extractor(lexicon, settings.base),
        name,
    )
