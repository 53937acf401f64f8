"""What table 8 says of the literals among the facts: their datatypes, which are equal, which are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import OWL, RDFS, Literal, URIRef

from kg.reason.coded import Coded, Instance, Step
from kg.reason.datatypes import DATATYPES, IllTypedError, Value, is_in, value_of
from kg.reason.facts import Facts

TYPED = Instance("dt-type2", (), (), ())
EQUAL = Instance("dt-eq", (), (), ())
DIFFERENT = Instance("dt-diff", (), (), ())
NOT_TYPED = Instance("dt-not-type", (), (), ())


class Literals:
    """The literals of a closure by number.

    A full closure has what table 8 says of each. Else a literal has the datatypes that a rule asks for, as
    none but rules see them, and equal values count as equal where they are written alike, as they are minted.
    """

    def __init__(self, facts: Facts, full: bool) -> None:
        self._facts, self._full = facts, full
        self._values: dict[int, Value] = {}
        self._ill: set[int] = set()
        self._read = 0
        self._unread: set[int] = set()
        self._wanted: tuple[URIRef, ...] = ()
        self._different = facts.number(OWL.differentFrom)

    def enter(self) -> Iterator[tuple[Coded, Step]]:
        """What holds of the literals that came since the last time, or now that more is asked of them."""
        new = [number for number in range(self._read, len(self._facts.terms)) if self._has_value(number)]
        self._read = len(self._facts.terms)
        wanted = self.wanted
        for number in new if wanted == self._wanted else list(self._values):
            for datatype in wanted:
                if is_in(self._values[number], datatype):
                    yield (number, self._facts.type, self._facts.number(datatype)), (TYPED,)
        self._wanted = wanted
        if self._full:
            for number in new:
                yield from self._compared(number)

    def restore(self) -> None:
        """Take the terms that came for such as have been told of; they are read when they are met."""
        self._unread, self._read = set(range(self._read, len(self._facts.terms))), len(self._facts.terms)

    def _meet(self, *numbers: int) -> None:
        for number in self._unread.intersection(numbers):
            self._unread.discard(number)
            self._has_value(number)

    def step_to(self, fact: Coded) -> Step | None:
        """How a fact follows from what the literals in it are."""
        s, p, o = fact
        if self._unread:
            self._meet(s, o)
        value = self._values.get(s)
        if value is None:
            return None
        other, datatype = self._values.get(o), self._facts.terms[o]
        if p == self._facts.type:
            return (TYPED,) if datatype in self._wanted and is_in(value, URIRef(str(datatype))) else None
        if not self._full or other is None or s == o:
            return None
        return (
            {self._facts.same: (EQUAL,), self._different: (DIFFERENT,)}.get(p)
            if ((value == other) == (p == self._facts.same))
            else None
        )

    @property
    def wanted(self) -> tuple[URIRef, ...]:
        """The datatypes that are asked for."""
        return tuple(datatype for datatype in (*DATATYPES, RDFS.Literal) if self._is_asked_for(datatype))

    def _has_value(self, number: int) -> bool:
        """Take up a term; whether it is a literal with a value that is compared."""
        term = self._facts.terms[number]
        if not isinstance(term, Literal):
            return False
        try:
            value = value_of(term)
        except IllTypedError:
            self._ill.add(number)
            return False
        if value is not None:
            self._values[number] = value
        return value is not None

    def _is_asked_for(self, datatype: URIRef) -> bool:
        return self._full or ~self._facts.number(datatype) in self._facts.relations

    def _compared(self, number: int) -> Iterator[tuple[Coded, Step]]:
        """A literal is the same as those of the same value, and different from all others."""
        value, same, different = self._values[number], self._facts.same, self._different
        for other, its_value in self._values.items():
            if its_value != value:
                yield (number, different, other), (DIFFERENT,)
                yield (other, different, number), (DIFFERENT,)
            elif other != number:
                yield (number, same, other), (EQUAL,)

    def refute(self, facts: Iterable[Coded]) -> Iterator[Step]:
        """Steps to 'false': a literal without value, one of a wrong datatype, two values said to be one."""
        values, ill, terms = self._values, self._ill, self._facts.terms
        type_, same = self._facts.type, self._facts.same
        for fact in facts:
            s, p, o = fact
            if self._unread:
                self._meet(s, o)
            if o in ill:
                yield NOT_TYPED, fact
            elif s in values:
                datatype = terms[o]
                if p == type_ and isinstance(datatype, URIRef) and not is_in(values[s], datatype):
                    yield NOT_TYPED, fact
                elif p == same and o in values and values[s] != values[o]:
                    yield DIFFERENT, fact
