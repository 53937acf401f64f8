"""Every published fact and every inferred triple can say why it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.derivations import FILE, Statement
from kg.published import Published, open_published
from kg.steps import Derivations
from kg.why import NotStatedError, StatementError, Why, parse_statement, why, why_each

BASE = "https://w3id.org/entente/"
ACTOR = f"<{BASE}ontology#actor>"
JAPAN, NATO = f"<{BASE}id/state/japan>", f"<{BASE}id/alliance/nato>"


@pytest.fixture(scope="module")
def published(built: Path) -> Published:
    return open_published(built)


def statements(published: Published, *graphs: str) -> Iterator[Statement]:
    for graph in graphs:
        for triple in published.store.triples(f"{BASE}graph/{graph}"):
            yield str(triple.subject), str(triple.predicate), str(triple.object)


def leaves(told: Why) -> Iterator[Why]:
    if not told.steps:
        yield told
    for step in told.steps:
        for premise in step.premises:
            yield from leaves(premise)


def test_every_inferred_triple_rests_on_asserted_ones(published: Published) -> None:
    """Down the recorded steps from each inferred triple is no circle, and all that is left is asserted."""
    asserted = set(statements(published, "facts", "reference", "ontology", "curation"))
    grounded = set(asserted)
    with closing(Derivations(published.folder / FILE)) as derivations:

        def ground(statement: Statement, above: frozenset[Statement]) -> None:
            if statement in grounded:
                return
            steps = derivations.steps(statement)
            if not steps:
                assert any("[" in text or "(" in text for text in statement), "neither inferred nor asserted"
            assert statement not in above, "a circle"
            for premise in steps[0].premises if steps else ():
                ground(premise, above | {statement})
            grounded.add(statement)

        inferred = list(statements(published, "inferred"))
        assert inferred
        assert asserted.isdisjoint(inferred)
        for statement in inferred:
            ground(statement, frozenset())


@pytest.mark.long
def test_every_triple_of_facts_and_inferred_has_an_answer(published: Published) -> None:
    """Asked why, each leads down to quotes, to rows of the reference data with their sources, and to axioms."""
    asked = list(statements(published, "facts", "inferred"))
    assert len(asked) > 20_000
    for told in why_each(published, asked):
        for leaf in leaves(told):
            assert leaf.sources, (told.statement, leaf.statement)
            for source in leaf.sources:
                assert source.graph in {"facts", "reference", "ontology"}
                assert source.quotes or source.graph != "facts", leaf.statement
                assert source.cited or source.graph != "reference", leaf.statement


def test_every_fact_has_words_of_a_document(published: Published) -> None:
    """Why a triple of the facts holds ends in quotes that stand in their documents letter for letter."""
    texts = {document.iri: document.text for document in published.documents.values()}
    facts = list(statements(published, "facts"))
    assert facts
    for statement in facts:
        quotes = [quote for source in why(published, statement).sources for quote in source.quotes]
        assert quotes, statement
        for quote in quotes:
            start, end = quote.stretch.rpartition("#char=")[2].split(",")
            assert texts[quote.document][int(start) : int(end)] == quote.exact


def test_talks_explain_an_engagement_by_quotes(published: Published) -> None:
    """That Japan engages with NATO rests on axioms and on what a document says of their meeting."""
    told = why(published, parse_statement(JAPAN, "ent:engagesWith", NATO, BASE))
    graphs = {source.graph for leaf in leaves(told) for source in leaf.sources}
    assert told.words == "Japan engages with NATO"
    assert {"facts", "ontology"} <= graphs
    quotes = {quote.exact for leaf in leaves(told) for source in leaf.sources for quote in source.quotes}
    assert any("Rutte" in quote for quote in quotes)


def test_all_derivations_contain_the_shortest(published: Published) -> None:
    """Asked for all, the answer has more ways, the shortest among them; none leads back to the statement."""
    statement = parse_statement(JAPAN, "ent:engagesWith", NATO, BASE)
    shortest, every = why(published, statement), why(published, statement, every=True)
    assert len(every.steps) > len(shortest.steps) == 1
    assert shortest.steps[0].rule in {step.rule for step in every.steps}
    assert statement not in {premise.statement for step in every.steps for premise in step.premises}


def test_what_is_only_claimed_is_no_answer(published: Published) -> None:
    """A role of an event that documents only claim, as planned or as somebody's words, is not said to hold."""
    holding = set(statements(published, "facts", "reference", "ontology", "curation", "inferred"))
    claims = [f"claims/{name}" for name in published.documents]
    claimed = [one for one in statements(published, *claims) if one[1] == ACTOR and one not in holding]
    assert claimed
    for statement in claimed:
        with pytest.raises(NotStatedError):
            why(published, statement)


def test_a_statement_of_nobody_has_no_answer(published: Published) -> None:
    """What is not published is said not to be."""
    with pytest.raises(NotStatedError):
        why(published, parse_statement(JAPAN, "ent:allyOf", JAPAN, BASE))


@pytest.mark.parametrize(
    "terms",
    [
        ("x", "a", "b"),
        ("<x>", "a", "<b> . <c> a <d>"),
        (JAPAN, "a", '"open'),
        ("_:x", "a", "<b:c>"),
        (JAPAN, "a", "[]"),
        ("<< <a:b> <a:c> <a:d> >>", "<a:b>", "<a:c>"),
    ],
)
def test_terms_that_make_no_statement_are_refused(terms: Statement) -> None:
    """Three terms, in syntax, with names, and nothing beside them."""
    with pytest.raises(StatementError, match=r"^no statement has the terms ") as refused:
        parse_statement(*terms, BASE)
    assert "line" not in refused.value.reason, "of a text that nobody but the parser saw"


def test_prefixes_and_plain_syntax_are_the_same() -> None:
    """A statement may be written with the usual prefixes, with `id:`, or in full."""
    short = parse_statement("id:state/japan", "ent:allyOf", '"x"@en', BASE)
    assert short == (JAPAN, f"<{BASE}ontology#allyOf>", str(ox.Literal("x", language="en")))
