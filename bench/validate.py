"""Which SHACL engine agrees with pySHACL, and how much faster it is.

    python -m bench.validate                     the engines that are installed, on the W3C suite and our shapes
    python -m bench.validate --sizes 10000 100000

An engine agrees where its report has the same results: focus node, path, value, component, shape and severity.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.settings import Settings
from kg.terms import ONTOLOGY
from kg.turtle import read_turtle, turtle_files
from kg.validate import shacl

HOME = Path(__file__).resolve().parent.parent
SUITE = HOME.parent / "shared" / "conformance" / "shacl"
EXAMPLES = HOME / "tests" / "shapes"
SH = Namespace("http://www.w3.org/ns/shacl#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
PARTS = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "sourceShape", "resultSeverity")
# A report: whether the data conforms, and how often each result is in it.
Found = tuple[bool, Counter[tuple[str, ...]]]
Engine = Callable[[Graph, Graph], Found]


def by_graphs(module: str) -> Engine:
    """An engine that is called as pySHACL is."""

    def validate(data: Graph, shapes: Graph) -> Found:
        conforms, report, _ = import_module(module).validate(data, shacl_graph=shapes, advanced=False)
        return bool(conforms), results_of(report)

    return validate


def product(data: Graph, shapes: Graph) -> Found:
    """What a build calls: the compiled engine, but for graphs that are left to the engine of record."""
    report = shacl(data, shapes)
    if not isinstance(report, Graph):
        raise report
    results = results_of(report)
    return not results, results


def shacl_rust(data: Graph, shapes: Graph) -> Found:
    """shacl-rust takes and gives text."""
    texts = [graph.serialize(format="nt") for graph in (data, shapes)]
    told = import_module("shacl_rust").validate(
        *texts, data_format="nt", shapes_format="nt", experimental_index=True
    )
    names = {"resultSeverity": "severity"}
    rows = ([shown(result.get(names.get(part, part), "")) for part in PARTS] for result in told["results"])
    return bool(told["conforms"]), Counter(tuple(row) for row in rows)


def rudof(data: Graph, shapes: Graph) -> Found:
    """pyrudof takes text, and gives its entries as attributes."""
    module = import_module("pyrudof")
    engine = module.Rudof(module.RudofConfig())
    engine.read_data(data.serialize(format="nt"), format=module.RDFFormat.NTriples)
    engine.read_shacl(shapes.serialize(format="nt"), format=module.ShaclFormat.NTriples)
    report = engine.validate_shacl()
    parts = ("focus_node", "path", "value", "constraint_component", "source_shape")
    rows = ([shown(getattr(e, part)) for part in parts] + [f"<{SH}{e.severity}>"] for e in report)
    return bool(report.conforms), Counter(tuple(row) for row in rows)


ENGINES: dict[str, tuple[str, Engine]] = {
    "pySHACL": ("pyshacl", by_graphs("pyshacl")),
    "kg.validate": ("pyshacl_turbo", product),
    "pyshacl-turbo": ("pyshacl_turbo", by_graphs("pyshacl_turbo")),
    "shacl-rust": ("shacl_rust", shacl_rust),
    "pyrudof": ("pyrudof", rudof),
}


def shown(term: object) -> str:
    """A term of a result, however an engine gives it; blank nodes have no name of their own."""
    text = term.n3() if isinstance(term, Node) else str(term or "")
    if isinstance(term, BNode) or text.startswith("_:") or text == "None":
        return ""
    return f"<{text}>" if text.startswith("http") else text


def results_of(report: Graph) -> Counter[tuple[str, ...]]:
    """The results that a report lists itself, without those that only detail another."""
    rows = (
        result
        for top in report.subjects(RDF.type, SH.ValidationReport)
        for result in report.objects(top, SH.result)
    )
    return Counter(tuple(shown(report.value(row, SH[part])) for part in PARTS) for row in rows)


def suite() -> Iterator[tuple[str, Graph, Graph, Found]]:
    """The W3C's cases: name, data, shapes, and the report that is wanted."""
    for path in sorted(SUITE.rglob("*.ttl")):
        base = path.as_uri()
        test = Graph().parse(path, publicID=base)
        for case in test.subjects(RDF.type, SHT.Validate):
            action, wanted = test.value(case, MF.action), test.value(case, MF.result)
            graphs = [load(test.value(action, p), base, test) for p in (SHT.dataGraph, SHT.shapesGraph)]
            report = Graph()
            for row in test.objects(wanted, SH.result):
                report.add((wanted, RDF.type, SH.ValidationReport))
                report.add((wanted, SH.result, row))
                report += test.triples((row, None, None))
            yield path.stem, *graphs, (str(test.value(wanted, SH.conforms)) == "true", results_of(report))


def load(name: Node | None, base: str, here: Graph) -> Graph:
    """A graph that a case names: its own file, or another beside it."""
    return here if str(name) == base else Graph().parse(str(name).removeprefix("file://"), publicID=str(name))


def agreement_with_suite(engine: Engine) -> str:
    whole = verdict = cases = 0
    for _, data, shapes, (conforms, results) in suite():
        cases += 1
        try:
            found = engine(data, shapes)
        except Exception as error:  # noqa: BLE001  # whatever an engine raises, it failed the case
            found = (isinstance(error, AssertionError), Counter())
        verdict += found[0] == conforms
        # a nameless shape or path is told by its results' other parts
        whole += (
            found[0] == conforms
            and sum(found[1].values()) == sum(results.values())
            and focus(found) == focus((conforms, results))
        )
    return f"{whole} of {cases} reports, {verdict} verdicts"


def focus(found: Found) -> Counter[tuple[str, str, str]]:
    """Of each result the focus node, the value and the component, which every engine tells alike."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for row, times in found[1].items():
        counted[row[0], row[2], row[3]] += times
    return counted


def examples() -> Iterator[Graph]:
    """Our examples: data that passes all shapes, and with it, for each shape, data that breaks it."""
    from rdflib import Dataset  # noqa: PLC0415  # the only use

    passing = read_turtle([EXAMPLES / "passing.ttl"]) + read_turtle([ONTOLOGY])
    yield passing
    failing = Dataset().parse(EXAMPLES / "failing.trig")
    for graph in failing.graphs():
        if len(graph):
            yield passing + Graph().parse(data=graph.serialize(format="nt"), format="nt")


def agreement_with_record(engine: Engine, shapes: Graph) -> str:
    record = ENGINES["pySHACL"][1]
    graphs = list(examples())
    agreed = 0
    for graph in graphs:
        ours, theirs = engine(graph, shapes), record(graph, shapes)
        agreed += ours[0] == theirs[0] and ours[1] == theirs[1]
    return f"{agreed} of {len(graphs)} of our examples"


def many(size: int) -> Graph:
    """Our passing example over and over, every tenth time with something missing."""
    one, graph = read_turtle([EXAMPLES / "passing.ttl"]), Graph()
    number = 0
    while len(graph) < size:
        for s, p, o in one:
            if not (number % 10 == 0 and p.endswith("#modality")):
                graph.add((renamed(s, number), p, renamed(o, number)))
        number += 1
    for triple in read_turtle([ONTOLOGY]).triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    return graph


def renamed(term: Node, number: int) -> Node:
    """A thing of the example under another name."""
    if isinstance(term, URIRef) and term.startswith("https://example.org/"):
        return URIRef(term.replace("https://example.org/", f"https://example.org/{number}/"))
    return term


def timed(engine: Engine, data: Graph, shapes: Graph) -> tuple[float, Found]:
    start = time.perf_counter()
    found = engine(data, shapes)
    return time.perf_counter() - start, found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    sizes = parser.parse_args().sizes
    shapes = read_turtle(turtle_files(Settings().shapes))
    engines = {name: engine for name, (module, engine) in ENGINES.items() if find_spec(module)}
    for name, engine in engines.items():
        print(f"{name}: {agreement_with_suite(engine)}; {agreement_with_record(engine, shapes)}", flush=True)
    for size in sizes:
        data = many(size)
        record, wanted = timed(engines["pySHACL"], data, shapes)
        print(
            f"{len(data):>8,} triples: pySHACL {record:.2f} s, {sum(wanted[1].values())} results", flush=True
        )
        for name in engines.keys() - {"pySHACL"}:
            seconds, found = timed(engines[name], data, shapes)
            verdict = "agrees" if found == wanted else "DIFFERS"
            print(f"{name:>25} {seconds:.3f} s, ratio {record / seconds:.1f}, {verdict}")


if __name__ == "__main__":
    main()
