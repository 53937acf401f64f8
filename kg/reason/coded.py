"""What facts and rules are once terms are numbers: facts, patterns of them, rules with their axioms filled in."""

from __future__ import annotations

from dataclasses import dataclass

Coded = tuple[int, int, int]

# A place of an atom: a term's number, or the name of a variable.
Slot = int | str
Pattern = tuple[Slot, Slot, Slot]


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A rule with its axioms filled in. Without a body it holds at once; without heads it ends in 'false'."""

    rule: str
    axioms: tuple[Coded, ...]
    body: tuple[Pattern, ...]
    heads: tuple[Pattern, ...]


# One way to derive a fact: the instance of a rule, then its premises.
Step = tuple[Instance, *tuple[Coded, ...]]
