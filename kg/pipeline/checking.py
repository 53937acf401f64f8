"""Validation and reasoning: a document that breaks a shape or makes a clash is held back, the rest goes on.

The rest is built anew, as if what is held back had not been given; so the outcome depends on no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import replace
from itertools import chain
from pathlib import Path

from rdflib import Graph, URIRef

from kg import graph
from kg.iri import Mint
from kg.packed import Packed
from kg.pipeline.blame import Blame, contradictions
from kg.pipeline.kept import CONFORMING, kept_in
from kg.pipeline.readings import HeldReading
from kg.pipeline.reasoning import asserted, concluded, reasoned_over
from kg.pipeline.stages import build_graphs
from kg.pipeline.work import PASSED, InvalidError, TooManyFactsError, Work
from kg.published import NotPublishedError, open_published
from kg.together import Together
from kg.turtle import read_turtle, turtle_files
from kg.validate import DocumentGraph, Validator
from kg.violations import Report, Violation
from kg.watching import Step


def validate(work: Work, step: Step) -> Work:
    """Check each document's claims, then the facts of all.

    Documents that passed before, and that nothing has changed for, are not checked again. Raises InvalidError
    for what no document is to blame for, and where no document is left.
    """
    passed = work.passed or _passed_before(work.settings.dist)
    while True:
        report, passed = _check(work, passed, step)
        if report.conforms:
            return replace(work, passed=passed)
        work = _hold_back(work, report)


def infer(work: Work, step: Step) -> Work:
    """Facts and reference data → what the ontology implies about them.

    Raises InvalidError as above, TooManyFactsError beyond what the settings say that memory holds.
    """
    step(0, 1)
    known, settings = work.knowledge, work.settings
    given: tuple[Sized, ...] = (known.ontology, known.reference, work.built.facts, work.curated)
    triples = sum(map(len, given))
    if triples > settings.most_facts:
        raise TooManyFactsError(triples, settings.most_facts)
    reasoned, before = reasoned_over(work)
    while reasoned.engine.clashes():
        report = contradictions(work, reasoned.engine.inference())
        work = validate(_hold_back(work, report), lambda *_: None)
        reasoned = reasoned.with_data(asserted(work))
    step(1, 1)
    return concluded(work, reasoned, before)


def _check(work: Work, passed: frozenset[str], step: Step) -> tuple[Report, frozenset[str]]:
    """What is wrong, in documents or else between them, and the fingerprints of the documents that pass."""
    built, mint, known = work.built, Mint(work.settings.base), work.knowledge
    shapes = read_turtle(turtle_files(work.settings.shapes), mint.base)
    validator = Validator(shapes, [known.ontology, known.reference], base=mint.base)
    for outline in built.outlines.values():
        validator.learn(outline.kinds())
    prints, named = _prints(work, validator)
    changed = [one for name, one in prints.items() if name not in passed]
    given = (
        DocumentGraph(one.name, built.claims[one.name], mint.document(one.name), one.document().text)
        for one in changed
    )
    report, total = Report(), len(changed) + 1
    for n, found in enumerate(validator.documents(given, work.settings.jobs), 1):
        report += found
        step(n, total)
    wrong = {violation.document for violation in report.violations}
    if report.conforms:
        between = _between(work, validator, named)
        report = (
            Report(tuple(chain.from_iterable(map(Blame.of(work).for_violation, between))))
            if between
            else report
        )
    step(total, total)
    return report, frozenset(name for name, one in prints.items() if one.name not in wrong)


def _prints(work: Work, validator: Validator) -> tuple[dict[str, HeldReading], set[bytes]]:
    """The documents by the fingerprints of all that their reports depend on; and what of the reference data claims
    and facts name.
    """
    prints, built = dict[str, HeldReading](), work.built
    described = {f"<{thing}>".encode() for thing in work.knowledge.reference.subjects()}
    named = described & built.facts.things()
    for one in work.readings.held:
        things = built.outlines[one.name].things()
        prints[validator.fingerprint(built.claims[one.name], one.head.text, things)] = one
        named |= described.intersection(things)
    return prints, named


def _between(work: Work, validator: Validator, named: Iterable[bytes]) -> tuple[Violation, ...]:
    """What is wrong between documents: with the facts, and what curators and the reference data say of the same
    things, those that are `named`.

    What conformed when it was last checked by the same rules is kept, and only what has changed since is checked.
    """
    told = validator.together(
        [work.built.facts, Packed.of(work.curated), _used(work.knowledge.reference, named)]
    )
    with kept_in(work.settings.dist, validator.edition if work.edition else "", CONFORMING) as kept:
        before = kept.content(CONFORMING)
        if before is None or not validator.still(told, Together.restored(before)):
            violations = validator.all_of(told).violations
            if violations:
                return violations
        kept.put(CONFORMING, told.stored)
        kept.only_used()
    return ()


def _used(reference: Graph, named: Iterable[bytes]) -> Packed:
    """The reference data of the things that are named."""
    return Packed.of(graph.described((URIRef(thing[1:-1].decode()) for thing in named), reference))


def _passed_before(dist: Path) -> frozenset[str]:
    """The fingerprints of the documents that are published now."""
    try:
        return frozenset((open_published(dist).folder / PASSED).read_text("utf-8").split())
    except (NotPublishedError, FileNotFoundError):
        return frozenset()


def _hold_back(work: Work, report: Report) -> Work:
    """The work without the documents to blame, its graphs built anew. Raises InvalidError, TooManyError."""
    wrong = {violation.document for violation in report.violations}
    work = replace(work, report=work.report + report)
    left = work.readings.without(wrong)
    if "" in wrong or not left:
        raise InvalidError(work)
    held = (*work.held, *(one.document() for one in work.readings.held if one.name in wrong))
    replace(work, held=held).refuse_too_many_bad()
    rest = replace(work, held=held, readings=left)
    return build_graphs(rest, lambda *_: None)
