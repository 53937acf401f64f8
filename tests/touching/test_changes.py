"""A change touches all documents that are read otherwise after it, and few of the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from kg.annotate import annotator
from kg.extract import extractor
from kg.lexicon import read_lexicon
from kg.mapper import FrameMapper
from kg.model import Document, Reading, Span
from kg.reference import read_reference
from kg.settings import Settings
from kg.touching import Rows, asked, change, rows
from tests.extract.sentences import mapper
from tests.touching.changing import Changing, Data

SEED = (Settings().seeds / "japan-nato.txt").read_text("utf-8")
TEXTS = (
    "President Emmanuel Macron met Chancellor Friedrich Merz in Paris on 3 March 2025. Macron thanked him.",
    "Beijing summoned the ambassador. The Chinese foreign ministry condemned the sale of missiles to Taiwan.",
    "The German defence minister, Boris Pistorius, visited Kyiv. In the Ukrainian capital he promised tanks.",
    "Mark Rutte said that the Alliance would send 12 Patriot batteries. He will travel to Ankara in July.",
    "The Ministry of Defence of Poland signed a contract with Hyundai Rotem worth $6.5 billion for K2 tanks.",
    "Korea and the United States began Ulchi Freedom Shield. South Korean troops took part in the drills.",
    "General Electric delivered engines. Lockheed Martin won a deal to supply F-35 jets to Finland.",
    "The frigate Hessen sailed to the Red Sea. The navy's ships shot down drones near Aden, Reuters reported.",
    "Nakatani and Marles agreed to cooperate. The two ministers welcomed the armed forces' joint exercise.",
    "Talks on a cease-fire were cancelled. 'We will not negotiate,' the president's spokesman Peskov said.",
    "Zelenskyy asked the European Union for aid; the bloc pledged 3 billion euros, and the country thanked it.",
    "In Springfield, Georgia, a plant makes shells. Georgian officials plan to co-produce ammunition with Turkey.",
    "Ełk hosts a NATO battalion. Jens Stoltenbergs successor arrived in Rzeszow, the prime minister's office said.",
    "The kingdom ordered armoured vehicles from Rheinmetall AG. Riyadh's air force tested them last year.",
)
SEVERAL = 3  # changes at once
FEW, MANY = range(2), range(2, 150)


def document(n: int, text: str) -> Document:
    return Document(f"text-{n}", text, date=date(2025, 5, 15), body=Span(0, len(text)))


DOCUMENTS = tuple(document(n, text) for n, text in enumerate((*TEXTS, SEED)))


@cache
def data() -> Data:
    settings = Settings()
    return Data(read_lexicon(settings.ontology / "frames"), read_reference(settings.ontology, settings.base))


def reader(known: Data) -> FrameMapper:
    """The mapper that goes by some data, with the language model that all share."""
    base, nlp = Settings().base, mapper().annotator.nlp
    lexicon, reference = known.lexicon, asked(known.reference)
    return replace(
        mapper(),
        annotator=annotator(nlp, reference, lexicon.words, lexicon.kinds, base),
        extractor=extractor(lexicon, base),
    )


def read(by: FrameMapper, one: Document) -> Reading | str:
    """What a document gives, or what reading it ends in."""
    try:
        return by.read(one)
    except Exception as error:  # noqa: BLE001  # a state that is gone may fail in any way, and does so for all who name it
        return repr(error)


@cache
def rows_before() -> Rows:
    return rows(data().lexicon, asked(data().reference))


@cache
def before() -> tuple[tuple[Reading, bytes], ...]:
    by = reader(data())
    return tuple(by.read_with_words(one) for one in DOCUMENTS)


def tried(seed: int) -> Counter[str]:
    """What became of the documents by several changes; fails where an untouched one would be read otherwise."""
    changing = Changing(data(), [one.text for one in DOCUMENTS], seed)
    told = "\n".join(changing.change() for _ in range(SEVERAL))
    now = changing.data
    different = change(rows_before(), rows(now.lexicon, asked(now.reference)))
    by = reader(now)
    found = Counter[str]()
    for one, (reading, words) in zip(DOCUMENTS, before(), strict=True):
        touched, same = different.touches(words), read(by, one) == reading
        assert touched or same, f"{one.text!r} is read otherwise, and nothing tells so\n{told}"
        found[f"{'touched' if touched else 'untouched'}, {'same' if same else 'other'}"] += 1
    return found


def test_what_no_change_touches_is_read_as_before() -> None:
    assert sum(map(tried, FEW), Counter[str]())["untouched, same"] > len(FEW)


@pytest.mark.long
def test_what_no_change_touches_is_read_as_before_by_very_many_changes() -> None:
    found = sum(map(tried, MANY), Counter[str]())
    every = len(MANY) * len(DOCUMENTS)
    assert found["touched, other"] > len(MANY) / 10, "changes that change nothing prove nothing"
    assert found["untouched, same"] > every / 2, found
