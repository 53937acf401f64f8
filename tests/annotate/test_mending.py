"""What a parser hung on the wrong word is hung on the right one, for all that asks afterwards."""

import spacy
from spacy.tokens import Doc

from kg import syntax
from kg.annotate.mending import mend
from kg.annotated import Referent
from kg.model import Entity, Span

SPAIN = Entity("https://w3id.org/entente/id/state/spain", "State", "Spain")


def test_counted_things_are_hung_on_the_things_before_them_also_for_who_asked_before() -> None:
    """In 'ordered 116 tanks from Spain and 20 jets' the jets go with the tanks, not with Spain."""
    words = ["Norway", "ordered", "116", "tanks", "from", "Spain", "and", "20", "jets"]
    heads = [1, 1, 3, 1, 3, 4, 5, 8, 5]
    deps = ["nsubj", "ROOT", "nummod", "dobj", "prep", "pobj", "cc", "nummod", "conj"]
    doc = Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps)
    tanks, spain, jets = doc[3], doc[5], doc[8]
    assert jets in syntax.dependents(spain)
    mend(doc, {5: Referent(Span(31, 36), SPAIN)})
    assert jets in syntax.dependents(tanks)
    assert jets not in syntax.dependents(spain)
    assert syntax.conjuncts(tanks) == [tanks, jets]
