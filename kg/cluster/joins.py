"""Compiled rules as joins: instances of one shape differ in their constants alone, which stand in a table.

A shape names the places of its atoms: constants `c0`, `c1` … and variables `v0`, `v1` … A join of the facts with the
table of constants then applies all its instances at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from kg.reason.specialise import Instance, Pattern

Names = tuple[str, str, str]
Key = tuple[str, str]
"""What an atom speaks of: a property, and for a type the class; an empty word stands for any."""
PLACES = ["s", "p", "o"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The atoms of a rule by names."""

    body: tuple[Names, ...]
    heads: tuple[Names, ...]


def shapes(
    instances: Iterable[Instance], word: Callable[[int], str]
) -> Mapping[Shape, list[tuple[str, ...]]]:
    """The shapes of instances, each with the rules and constants of those that have it.

    `word` gives the N-Triples of a constant.
    """
    found: dict[Shape, list[tuple[str, ...]]] = defaultdict(list)
    for instance in instances:
        names: dict[int | str, str] = {}
        for slot in (slot for pattern in (*instance.body, *instance.heads) for slot in pattern):
            kind = "c" if isinstance(slot, int) else "v"
            names.setdefault(slot, f"{kind}{sum(name[0] == kind for name in names.values())}")
        shape = Shape(_named(instance.body, names), _named(instance.heads, names))
        constants = tuple(word(slot) for slot in names if isinstance(slot, int))
        found[shape].append((instance.rule, *constants))
    return found


def _named(patterns: Iterable[Pattern], names: Mapping[int | str, str]) -> tuple[Names, ...]:
    return tuple((names[s], names[p], names[o]) for s, p, o in patterns)


def key(atom: Names, constants: tuple[str, ...], type_: str) -> Key:
    """What an atom speaks of, given a rule and its constants."""
    _, p, o = (constants[1 + int(name[1:])] if name[0] == "c" else "" for name in atom)
    return p, o if p == type_ else ""


def joined(
    shape: Shape, place: int, rows: Sequence[tuple[str, ...]], new: DataFrame, known: DataFrame
) -> DataFrame:
    """The solutions of a shape's body with the atom at a place among new facts; a column for each name.

    `rows` are the rules of that shape, with their constants.
    """
    names = ["rule", *(f"c{n}" for n in range(len(rows[0]) - 1))]
    table = new.sparkSession.createDataFrame(list(rows), ", ".join(f"{name} string" for name in names))
    rest = [atom for n, atom in enumerate(shape.body) if n != place]
    frame = _meet(f.broadcast(table), shape.body[place], _spoken_of(shape.body[place], rows, new))
    while rest:
        best = max(rest, key=lambda atom: sum(name in frame.columns and name[0] == "v" for name in atom))
        rest.remove(best)
        frame = _meet(frame, best, _spoken_of(best, rows, known))
    return frame


def _spoken_of(atom: Names, rows: Iterable[tuple[str, ...]], facts: DataFrame) -> DataFrame:
    """The facts that an atom may speak of, whatever the rule: few of all there are."""
    for name, place in zip(atom, PLACES, strict=True):
        if name[0] == "c":
            facts = facts.where(f.col(place).isin(sorted({row[1 + int(name[1:])] for row in rows})))
    return facts


def _meet(frame: DataFrame, atom: Names, facts: DataFrame) -> DataFrame:
    """A frame joined with facts by the names that it has; those that it has not become columns."""
    fact = facts.select(*(f.col(place).alias(f"_{place}") for place in PLACES))
    conditions: list[Column] = []
    fresh: dict[str, str] = {}
    for name, place in zip(atom, PLACES, strict=True):
        column = f.col(f"_{place}")
        if name in frame.columns:
            conditions.append(f.col(name) == column)
        elif name in fresh:
            fact = fact.where(f.col(f"_{fresh[name]}") == column)
        else:
            fresh[name] = place
    met = frame.join(fact, reduce(Column.__and__, conditions))
    return met.select(*frame.columns, *(f.col(f"_{place}").alias(name) for name, place in fresh.items()))


def concluded(shape: Shape, solutions: DataFrame, same: str) -> list[DataFrame]:
    """What solutions imply, for each head, with the premises; but not that a thing is the same as itself."""
    because = premises(shape)
    heads = [
        solutions.select(*(f.col(n).alias(p) for n, p in zip(head, PLACES, strict=True)), because)
        for head in shape.heads
    ]
    return [head.where((f.col("s") != f.col("o")) | (f.col("p") != same)) for head in heads]


def premises(shape: Shape) -> Column:
    """The facts that met, one a line."""
    return f.concat_ws("\n", *(f.concat_ws(" ", *atom) for atom in shape.body)).alias("because")
