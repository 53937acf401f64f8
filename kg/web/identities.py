"""Which thing of ours an identifier of another data set is, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.terms import PREFIXES
from kg.web.reading import Reader, Row, value_of

NOTATION = PREFIXES["skos"] + "notation"
NEARNESS = [
    PREFIXES["owl"] + "sameAs",
    PREFIXES["skos"] + "exactMatch",
    NOTATION,
    PREFIXES["skos"] + "closeMatch",
]
ISO_PAGE = "https://www.iso.org/obp/ui/#iso:code:3166:"
# The forms in which identifiers are met, and the one that is linked to.
FORMS: Mapping[re.Pattern[str], str] = {
    re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d*)"): PREFIXES["wd"] + "{}",
    re.compile(r"(?:https?://(?:sws\.|www\.)?geonames\.org/|gn:)([1-9]\d*)(?:/.*)?"): PREFIXES["gn"] + "{}/",
    re.compile(r"(?:https?://(?:live\.)?dbpedia\.org/(?:resource|page|data)/|dbr:)([^?#\s]+)"): PREFIXES["dbr"] + "{}",
}  # fmt: skip
CODE = re.compile(rf"(?:{re.escape(ISO_PAGE)}|iso:|ISO )?([A-Z]{{2,3}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """That a thing of ours is something of another data set, how nearly, and where that was verified."""

    thing: str
    relation: str
    other: ox.NamedNode | ox.Literal
    graph: str
    source: str = ""

    def quads(self) -> Iterator[ox.Quad]:
        """The identity as RDF, with its source, which is that of the graph it stands in."""
        thing, graph = ox.NamedNode(self.thing), ox.NamedNode(self.graph)
        yield ox.Quad(thing, ox.NamedNode(self.relation), self.other, graph)
        if self.source:
            source = ox.NamedNode(PREFIXES["dcterms"] + "source")
            yield ox.Quad(graph, source, ox.NamedNode(self.source), graph)


def usual_form(identifier: str) -> str:
    """An identifier in the form that links have: `wd:Q17`, a page of Wikidata about it, a GeoNames address …"""
    for pattern, form in FORMS.items():
        if told := pattern.fullmatch(identifier):
            return form.format(quote(unquote(told[1]), safe="/:@!$&'()*+,;=~-._"))
    return identifier


def identities(reader: Reader, identifier: str) -> list[Identity]:
    """What an identifier is here: of another data set, our thing; of a thing of ours, what it is elsewhere."""
    told = identifier.strip()
    if told.startswith(reader.published.base):
        return _told_once(reader.rows("elsewhere", thing=told))
    usual = usual_form(told)
    found = _told_once(reader.rows("identical", other=usual))
    if code := CODE.fullmatch(told):
        literal = ox.Literal(code[1].upper())
        found += [
            Identity(value_of(row["thing"]), NOTATION, literal, value_of(row["graph"]))
            for row in reader.rows("coded", code=literal)
        ]
    return sorted(found, key=lambda one: NEARNESS.index(one.relation))


def _told_once(rows: Iterable[Row]) -> list[Identity]:
    """Identities; of one that several graphs have, that with a source."""
    told = sorted(map(_identity, rows), key=lambda one: bool(one.source))
    return list({(one.thing, one.relation, one.other): one for one in told}.values())


def _identity(row: Row) -> Identity:
    other = row["other"]
    if not isinstance(other, ox.NamedNode):
        raise TypeError(f"{row['thing']} is linked to {other}, which is no IRI")
    return Identity(
        value_of(row["thing"]),
        value_of(row["relation"]),
        other,
        value_of(row["graph"]),
        value_of(row["source"]),
    )
