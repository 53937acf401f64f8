"""The published claims as the values that they were made from, for exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.iri import Mint
from kg.model import Claim, Entity, Evidence, Filler, Modality, Span, Time, Values
from kg.published import Published
from kg.terms import PREFIXES, rebased

QUERIES = Path(__file__).parent / "queries"
TYPE, PREFERRED = PREFIXES["rdf"] + "type", PREFIXES["skos"] + "prefLabel"
OTHER, SAME = PREFIXES["skos"] + "altLabel", PREFIXES["owl"] + "sameAs"

Row = Mapping[str, str]


def published_claims(published: Published, *, accepted: bool = False) -> Iterator[Claim]:
    """Every published claim, in the order of documents and their texts; on wish only those behind facts."""
    fillers = _fillers(published, _entities(published))
    for row in _rows(published, "claims"):
        if "fact" in row or not accepted:
            yield _claim(row, fillers[row["claim"]], Mint(published.base))


def _claim(row: Row, fillers: Mapping[str, tuple[Filler, ...]], mint: Mint) -> Claim:
    numbers = {"amount": "amount", "quantity": "quantity", "share": "share_of_gdp"}
    span = Span(int(row["from"]), int(row["to"]))
    return Claim(
        document=row["document"],
        type=row["type"].removeprefix(mint.term("")),
        roles=tuple((r, f) for r, f in fillers.items() if r not in {"claimant", "reporter"}),
        modality=Modality(row["modality"].removeprefix(mint.term(""))),
        evidence=Evidence(span, row["exact"]),
        rule=row["rule"],
        time=Time(row.get("start"), row.get("end")),
        values=Values(
            currency=row.get("currency"),
            bound=row.get("bound"),
            **{field: float(row[name]) for name, field in numbers.items() if name in row},
        ),
        attributed_to=fillers.get("claimant", ()),
        reported_by=fillers.get("reporter", ()),
    )


def _fillers(
    published: Published, entities: Mapping[str, Entity]
) -> Mapping[str, Mapping[str, tuple[Filler, ...]]]:
    """The fillers of each claim by role, in the order in which the claim had them."""
    term = Mint(published.base).term("")
    found: dict[str, dict[str, tuple[Filler, ...]]] = defaultdict(dict)
    for row in sorted(_rows(published, "participations"), key=_place):
        filler = Filler(entities[row["filler"]], Span(int(row["from"]), int(row["to"])))
        roles, role = found[row["claim"]], row["role"].removeprefix(term)
        roles[role] = (*roles.get(role, ()), filler)
    return found


def _place(row: Row) -> tuple[str, int]:
    """A claim and the number that ends the address of its participation."""
    return row["claim"], int(row["participation"].rpartition("/")[2])


def _entities(published: Published) -> Mapping[str, Entity]:
    """The things in published claims, by IRI."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(published, "names"):
        told[row["thing"]][row["property"]].append(row["value"])
    term = Mint(published.base).term("")
    return {
        iri: Entity(
            iri=iri,
            kind=next((t.removeprefix(term) for t in names[TYPE] if t.startswith(term)), ""),
            label=names[PREFERRED][0],
            alt=tuple(name for name in names[OTHER] if name != names[PREFERRED][0]),
            same_as=tuple(names[SAME]),
        )
        for iri, names in told.items()
    }


def _rows(published: Published, query: str) -> Iterator[Row]:
    """The rows of one of our queries, unbound variables left out."""
    text = rebased(QUERIES / f"{query}.rq", published.base)
    answer = cast(ox.QuerySolutions, published.store.query(text))
    names = [variable.value for variable in answer.variables]
    for row in answer:
        yield {
            name: value.value for name in names if isinstance(value := row[name], ox.NamedNode | ox.Literal)
        }
