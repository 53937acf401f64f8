"""What table 8 says of the literals among the facts: their datatypes, which are equal, which are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import OWL, Literal, URIRef

from kg.reason.datatypes import DATATYPES, IllTypedError, Value, datatypes_of, is_in, value_of
from kg.reason.facts import Coded, Facts, Step
from kg.reason.specialise import Instance

TYPED = Instance("dt-type2", (), (), ())
EQUAL = Instance("dt-eq", (), (), ())
DIFFERENT = Instance("dt-diff", (), (), ())
NOT_TYPED = Instance("dt-not-type", (), (), ())


class Literals:
    """The literals of a closure by number.

    A full closure has the datatypes and differences of all; else only those datatypes that a rule asks for,
    as nothing but rules sees them.
    """

    def __init__(self, facts: Facts, full: bool) -> None:
        self._facts, self._full = facts, full
        self._values: dict[int, Value] = {}
        self._ill: set[int] = set()
        self._first: dict[Value, int] = {}
        self._read = 0
        self._wanted: set[URIRef] = set()
        self._different = facts.number(OWL.differentFrom)

    def enter(self) -> Iterator[tuple[Coded, Step]]:
        """What holds of the literals that came since the last time, or now that more is asked of them."""
        new = range(self._read, len(self._facts.terms))
        self._read = len(self._facts.terms)
        for number in new:
            yield from self._enter(number)
        wanted = {datatype for datatype in DATATYPES if self._is_asked_for(datatype)}
        for number in self._values if wanted != self._wanted else [n for n in new if n in self._values]:
            for datatype in datatypes_of(self._values[number]):
                if self._full or datatype in wanted:
                    yield (number, self._facts.type, self._facts.number(datatype)), (TYPED,)
        self._wanted = wanted

    def _is_asked_for(self, datatype: URIRef) -> bool:
        return ~self._facts.number(datatype) in self._facts.relations

    def _enter(self, number: int) -> Iterator[tuple[Coded, Step]]:
        term = self._facts.terms[number]
        if not isinstance(term, Literal):
            return
        try:
            value = value_of(term)
        except IllTypedError:
            self._ill.add(number)
            return
        if value is None:
            return
        first = self._first.setdefault(value, number)
        if self._full:
            for other in list(self._first.values()):
                if other != first:
                    yield (number, self._different, other), (DIFFERENT,)
                    yield (other, self._different, number), (DIFFERENT,)
        self._values[number] = value
        if first != number:
            yield (first, self._facts.same, number), (EQUAL,)

    def refute(self, facts: Iterable[Coded]) -> Iterator[Step]:
        """Steps to 'false': a literal without value, one of a wrong datatype, two values said to be one."""
        values, ill, terms = self._values, self._ill, self._facts.terms
        type_, same = self._facts.type, self._facts.same
        for fact in facts:
            s, p, o = fact
            if o in ill:
                yield NOT_TYPED, fact
            elif s in values:
                datatype = terms[o]
                if p == type_ and isinstance(datatype, URIRef) and not is_in(values[s], datatype):
                    yield NOT_TYPED, fact
                elif p == same and o in values and values[s] != values[o]:
                    yield DIFFERENT, fact
