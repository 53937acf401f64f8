"""Reads a dependency parse: who does what to whom, whatever the voice and the construction.

Labels are those of the ClearNLP scheme that spaCy's English pipelines use. All functions are pure and take
tokens of one parsed document.
"""

from kg.syntax.doers import possessors, subjects
from kg.syntax.undergoers import objects, receivers
from kg.syntax.words import (
    SUBJECTS,
    ancestors,
    children,
    clause_verb,
    conjuncts,
    dependents,
    first_conjunct,
    forget,
    hyphenated,
    is_infinitive,
    is_passive,
    is_verb,
    prepositional,
    words_around,
)

__all__ = [
    "SUBJECTS",
    "ancestors",
    "children",
    "clause_verb",
    "conjuncts",
    "dependents",
    "first_conjunct",
    "forget",
    "hyphenated",
    "is_infinitive",
    "is_passive",
    "is_verb",
    "objects",
    "possessors",
    "prepositional",
    "receivers",
    "subjects",
    "words_around",
]
