"""Compiled rules as joins: instances of one shape differ in their constants alone, which stand in a table.

A shape names the places of its atoms: constants `c0`, `c1` … and variables `v0`, `v1` … A join of the facts with the
table of constants then applies all its instances at once. Joins are told in Spark SQL, which reads a query much faster
than one that is put together call by call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.reason.coded import Instance, Pattern

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


def solutions(shape: Shape, place: int, rows: Sequence[tuple[str, ...]]) -> str:
    """The solutions of a shape's body, with the atom at a place among new facts, as a query of `new` and `known`.

    `rows` are the rules of that shape, with their constants. A column for each of the names, one for the rule, and
    the premises, one a line.
    """
    at = {"rule": "t.rule", **{f"c{n}": f"t.c{n}" for n in range(len(rows[0]) - 1)}}
    table = f"(VALUES {', '.join(map(_row, rows))}) AS t ({', '.join(at)})"
    steps, rest = [_meet(at, shape.body[place], rows, "new", 0)], list(shape.body)
    del rest[place]
    while rest:
        best = max(rest, key=lambda atom: sum(name in at and name[0] == "v" for name in atom))
        rest.remove(best)
        steps.append(_meet(at, best, rows, "known", len(steps)))
    facts = (f"concat_ws(' ', {', '.join(at[name] for name in atom)})" for atom in shape.body)
    columns = [
        *(f"{where} AS {name}" for name, where in at.items()),
        f"concat_ws('\n', {', '.join(facts)}) AS because",
    ]
    return f"SELECT /*+ BROADCAST(t) */ {', '.join(columns)} FROM {table} {' '.join(steps)}"


def _meet(at: dict[str, str], atom: Names, rows: Sequence[tuple[str, ...]], facts: str, number: int) -> str:
    """A join with facts by the names that have a place by now; those that have none get theirs in it.

    Of the facts are taken those that the atom may speak of, whatever the rule: few of all there are.
    """
    spoken_of, met, fresh = list[str](), list[str](), dict[str, str]()
    for name, column in zip(atom, PLACES, strict=True):
        if name[0] == "c":
            words = sorted({row[1 + int(name[1:])] for row in rows})
            spoken_of.append(f"{column} IN ({', '.join(map(_quoted, words))})")
        place = f"f{number}.{column}"
        if name in at or name in fresh:
            met.append(f"{at.get(name) or fresh[name]} = {place}")
        else:
            fresh[name] = place
    at.update(fresh)
    where = f" WHERE {' AND '.join(spoken_of)}" if spoken_of else ""
    return f"JOIN (SELECT s, p, o FROM {facts}{where}) AS f{number} ON {' AND '.join(met) or 'true'}"


def concluded(shape: Shape, place: int, rows: Sequence[tuple[str, ...]], same: str) -> str:
    """What solutions imply, with the premises, as a query; but not that a thing is the same as itself."""
    heads = ", ".join("named_struct('s', {}, 'p', {}, 'o', {})".format(*head) for head in shape.heads)
    return (
        f"SELECT h.s, h.p, h.o, because FROM ({solutions(shape, place, rows)}) "
        f"LATERAL VIEW inline(array({heads})) h AS s, p, o WHERE h.s <> h.o OR h.p <> {_quoted(same)}"
    )


def refuted(shape: Shape, place: int, rows: Sequence[tuple[str, ...]]) -> str:
    """Where a shape without heads finds an inconsistency: the rule and the premises, as a query."""
    return f"SELECT rule, because FROM ({solutions(shape, place, rows)})"


def _row(words: Iterable[str]) -> str:
    return f"({', '.join(map(_quoted, words))})"


def _quoted(word: str) -> str:
    """A word as a literal of Spark SQL."""
    escaped = word.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
