"""Link headers (RFC 8288): what else there is about what is served, for programs that do not read pages.

The relations are those of Signposting for FAIR resources, with `canonical` (RFC 6596) and `alternate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from flask import g
from werkzeug.wrappers import Response

from kg.engine.formats import GRAPH_FORMATS
from kg.web.negotiation import ENDINGS, HTML
from kg.web.reading import Reader

Answer = TypeVar("Answer", bound=Response)
PAGE, FILE = "https://schema.org/AboutPage", "http://xmlns.com/foaf/0.1/Document"
MOST_TYPES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a response."""

    target: str
    relation: str
    type: str = ""
    datetime: str = ""  # of a memento (RFC 7089 section 2.2.4)

    @property
    def text(self) -> str:
        """The link as it stands in the header (RFC 8288 section 3)."""
        kind = f'; type="{self.type}"' if self.type else ""
        when = f'; datetime="{self.datetime}"' if self.datetime else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}{when}'


def signpost(response: Answer, links: Iterable[Link]) -> Answer:
    """The response with these links beside those it has."""
    before = response.headers.get("Link")
    told = [*([before] if before else []), *(link.text for link in links)]
    if told:
        response.headers["Link"] = ", ".join(told)
    return response


def within_version(path: str) -> str:
    """An address of something as the version has it that is asked for; as it is now, where none is."""
    version = g.get("version")
    return f"/dataset/{version}{path}" if version else path


def about(here: Reader, iri: str) -> Iterator[Link]:
    """The links of anything that is served about what an IRI names: types, licence, data set."""
    for kind in here.types(iri)[:MOST_TYPES]:
        yield Link(kind, "type")
    if here.licence:
        yield Link(here.licence, "license")
    yield Link(f"{here.published.base}dataset", "collection", HTML)


def page_links(here: Reader, iri: str, data: str, canonical: str) -> Iterator[Link]:
    """The links of a page about what `iri` names; `data` is the address of its data without an ending."""
    data = within_version(data)
    yield Link(canonical, "canonical")
    yield Link(iri, "cite-as")
    yield Link(PAGE, "type")
    for ending, kind in ENDINGS.items():
        yield Link(f"{data}.{ending}", "alternate", kind)
        yield Link(f"{data}.{ending}", "describedby", kind)
    yield from about(here, iri)


def data_links(here: Reader, iri: str, data: str, page: str, kind: str) -> Iterator[Link]:
    """The links of data about what `iri` names, in the format of media type `kind`."""
    canonical = f"{here.published.base.rstrip('/')}{data}"
    data, page = within_version(data), within_version(page)
    yield Link(f"{canonical}.{GRAPH_FORMATS[kind].name}", "canonical")
    yield Link(iri, "describes")
    yield Link(page, "alternate", HTML)
    yield Link(FILE, "type")
    for ending, other in ENDINGS.items():
        if ending != GRAPH_FORMATS[kind].name:
            yield Link(f"{data}.{ending}", "alternate", other)
    yield Link(f"{here.published.base}dataset", "describedby", HTML)
    yield from about(here, iri)
