"""The W3C SPARQL 1.1 tests as values, read from their manifests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

HOME = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

QUERY = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation"),
    *("project-expression", "property-path", "subquery", "syntax-query", "csv-tsv-res", "json-res"),
    *("syntax-fed", "service"),
)
UPDATE = (
    *(
        "add",
        "basic-update",
        "clear",
        "copy",
        "delete-data",
        "delete-insert",
        "delete-where",
        "delete",
        "drop",
    ),
    *("drop", "move", "syntax-update-1", "syntax-update-2", "update-silent"),
)


@dataclass(frozen=True)
class Data:
    """The graphs of a data set as files: the default graph's, and those of the named ones."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test: its kind, its query or update, the data before, and the result or the data after."""

    folder: str
    name: str
    kind: str
    request: Path
    data: Data
    result: Path | None
    after: Data
    services: tuple[tuple[str, Path], ...]

    @property
    def id(self) -> str:
        """The folder and the test's name in it."""
        return f"{self.folder}/{self.name}"

    @property
    def text(self) -> str:
        """The query or the update."""
        return self.request.read_text("utf-8")


@cache
def manifest(path: str) -> Graph:
    """A manifest as a graph, with the IRIs that the tests expect."""
    return Graph().parse(HOME / path, publicID=BASE + path, format="turtle")


def entries(path: str) -> Iterator[URIRef]:
    """The tests of a manifest, in its order."""
    found = manifest(path)
    for listed in found.objects(None, MF.entries):
        yield from (entry for entry in Collection(found, listed) if isinstance(entry, URIRef))


def cases(*folders: str) -> Iterator[Case]:
    """The query and update tests of some folders."""
    for folder in folders if HOME.is_dir() else ():
        found = manifest(f"{folder}/manifest.ttl")
        yield from (_case(found, folder, entry) for entry in entries(f"{folder}/manifest.ttl"))


def _case(found: Graph, folder: str, entry: URIRef) -> Case:
    action, result = found.value(entry, MF.action), found.value(entry, MF.result)
    request = next((found.value(action, p) for p in (QT.query, UT.request) if found.value(action, p)), action)
    kind = found.value(entry, RDF.type)
    services = [
        (str(found.value(service, QT.endpoint)), _path(found.value(service, QT.data)))
        for service in found.objects(action, QT.serviceData)
    ]
    return Case(
        folder=folder,
        name=str(entry).rpartition("#")[2],
        kind=str(kind).rpartition("#")[2],
        request=_path(request),
        data=_data(found, action),
        result=_path(result) if isinstance(result, URIRef) else None,
        after=_data(found, result),
        services=tuple(services),
    )


def _data(found: Graph, node: Node | None) -> Data:
    default = [_path(d) for p in (QT.data, UT.data) for d in found.objects(node, p)]
    named = [(str(g), _path(g)) for g in found.objects(node, QT.graphData)]
    for graph in found.objects(node, UT.graphData):
        named.append((str(found.value(graph, RDFS.label)), _path(found.value(graph, UT.graph))))
    return Data(tuple(default), tuple(sorted(named)))


def _path(iri: Node | None) -> Path:
    return HOME / str(iri).removeprefix(BASE)


def iri_of(path: Path) -> str:
    """The IRI that the tests give a file."""
    return BASE + str(path.relative_to(HOME))
