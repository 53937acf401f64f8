"""Tables of properties and their values, turned into triples; literals in canonical form, of base datatypes.

Engines rewrite what is not canonical (`1.10` becomes `1.1`); what is minted canonical, every engine keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from rdflib import RDF, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from kg.iri import Mint
from kg.model import Entity, Time, Values
from kg.terms import Terms

Triple = tuple[Node, Node, Node]
Table = Mapping[URIRef, Iterable[Node]]

DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def describe(subject: URIRef, table: Table) -> Iterator[Triple]:
    """The triples of one subject from a table of its properties and their values."""
    for predicate, values in table.items():
        for value in values:
            yield subject, predicate, value


def number(value: float | None) -> tuple[Literal, ...]:
    """A number as `xsd:decimal` (XSD 1.1, 3.3.3.2: no exponent, no needless zeros); nothing for None."""
    if value is None:
        return ()
    return (Literal(f"{Decimal(repr(value)).normalize():f}", datatype=XSD.decimal, normalize=False),)


def moment(value: str | None) -> tuple[Literal, ...]:
    """An ISO 8601 date as `xsd:gYear`, `xsd:gYearMonth` or `xsd:date`, as it is coarse; nothing for None."""
    if value is None:
        return ()
    return (Literal(value, datatype=DATES.get(len(value), XSD.string), normalize=False),)


def text(value: str | None, language: str | None = None) -> tuple[Literal, ...]:
    """A string, with its language where one is given; nothing for None and for an empty one."""
    return (Literal(value, lang=language),) if value else ()


def whole(value: int) -> Literal:
    """A count as `xsd:integer`."""
    return Literal(str(value), datatype=XSD.integer, normalize=False)


class Nodes:
    """The names of one data set as rdflib nodes."""

    def __init__(self, mint: Mint) -> None:
        self.mint = mint
        self._terms = Terms(base=mint.base)

    def __getitem__(self, local: str) -> URIRef:
        """A term of the ontology, by its local name. Raises UnknownTermError for any other."""
        return URIRef(self._terms[local])

    def time(self, time: Time) -> Table:
        """A time as properties of a claim or an event."""
        return {self["startTime"]: moment(time.start), self["endTime"]: moment(time.end)}

    def values(self, values: Values) -> Table:
        """Numbers as properties of a claim or an event."""
        return {
            self["amount"]: number(values.amount),
            self["currency"]: text(values.currency),
            self["quantity"]: number(values.quantity),
            self["shareOfGdp"]: number(values.share_of_gdp),
            self["bound"]: text(values.bound),
        }

    def entity(self, entity: Entity) -> Iterator[Triple]:
        """What a thing minted from text is and is called; the reference data describes its own things."""
        if not entity.reference:
            table: Table = {
                RDF.type: [self[entity.kind]],
                SKOS.prefLabel: text(entity.label, "en"),
                SKOS.altLabel: [Literal(name, lang="en") for name in entity.alt if name != entity.label],
            }
            yield from describe(URIRef(entity.iri), table)
