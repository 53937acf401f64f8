"""Rules compiled to Python: a rule's atoms become nested loops over the indexes.

The source depends on the shape of an instance alone, not on its terms: each shape is compiled once in a
process, and an instance binds its terms, its indexes and itself. A shape is read from one of its atoms, which
is given: a body atom to find what follows from a new fact, a head to find what a fact may follow from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from kg.reason.coded import Coded, Instance, Pattern, Slot, Step
from kg.reason.facts import Facts, Firing

# What is done with each solution. `h` is a head, `step` how it comes about. Heads that are new become keys of the
# sink: not yet facts, so that all of one round come from what was known before it.
INFER = ("if h not in ranks: sink[h] = None",)
VISIT = ("sink(h, {step}, {rank})",)
REFUTE = ("sink({step})",)
DERIVE = ("yield t, {step}",)
SUPPORT = ("if {below}: return True",)

# Is told what a step leads to, the step, and the highest rank of its premises.
Visit = Callable[[Coded, Step, int], None]
Seeking = Callable[[list[Coded]], Iterator[tuple[Coded, Step]]]
Supporting = Callable[[Coded], bool | None]
# What receives the heads that are new, each head with its step, or the steps that end in 'false'.
Sink = dict[Coded, None] | Visit | Callable[[Step], None]


@dataclass(slots=True)
class _Source:
    """Source text under way, with the names it needs bound beforehand."""

    shape: tuple[Pattern, ...]
    lines: list[str] = field(default_factory=list)
    indexes: dict[str, str] = field(default_factory=dict)
    known: set[Slot] = field(default_factory=set)
    depth: int = 2

    def say(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def loop(self, text: str) -> None:
        self.say(text)
        self.depth += 1

    def index(self, kind: str, slot: Slot) -> str:
        """The name of an index of the relation that a constant names."""
        return self.indexes.setdefault(f"facts.{kind}({slot})", f"i{len(self.indexes)}")


def fire(instance: Instance, place: int, facts: Facts, action: tuple[str, ...], sink: Sink) -> Firing:
    """A function from new facts, matched with one body atom, to what the instance makes of them."""
    run: Firing = _bind(instance, place, facts, action, sink)
    return run


def seek(instance: Instance, head: int, facts: Facts) -> Seeking:
    """A function from facts, matched with one head, to each with a step by which the instance derives it."""
    run: Seeking = _bind(instance, len(instance.body) + head, facts, DERIVE, None)
    return run


def support(instance: Instance, head: int, facts: Facts) -> Supporting:
    """Whether the instance derives a fact, matched with one head, from facts of lower ranks."""
    run: Supporting = _bind(instance, len(instance.body) + head, facts, SUPPORT, None)
    return run


def _bind(instance: Instance, place: int, facts: Facts, action: tuple[str, ...], sink: Sink | None) -> Any:
    names: dict[Slot, str] = {facts.type: "TYPE", facts.same: "SAME"}
    patterns = (*instance.body, *instance.heads)
    for slot in chain.from_iterable(patterns):
        names.setdefault(slot, f"{'c' if isinstance(slot, int) else 'v'}{len(names)}")
    shape = tuple(tuple(names[slot] for slot in pattern) for pattern in patterns)
    maker = _maker(shape, len(instance.body), place, action)
    return maker(facts, instance, sink, {name: slot for slot, name in names.items()})


@cache
def _maker(shape: tuple[Pattern, ...], size: int, place: int, action: tuple[str, ...]) -> Callable[..., Any]:
    source = _write(shape, size, place, action)
    scope: dict[str, Any] = {}
    exec(compile(source, f"<rule {shape}>", "exec"), scope)  # noqa: S102  # of numbered names, nothing from outside
    maker: Callable[..., Any] = scope["make"]
    return maker


def _write(shape: tuple[Pattern, ...], size: int, place: int, action: tuple[str, ...]) -> str:
    """The source of a maker; `shape` has `size` body atoms, then the heads."""
    source = _Source(shape)
    source.loop("for t in (given,):" if action == SUPPORT else "for t in given:")
    _take(source, shape[place])
    if place >= size and (differs := _differs(shape[place])):
        source.loop(f"if {differs}:")
    rest = [i for i in range(size) if i != place]
    while rest:
        best = max(rest, key=lambda i: _readiness(source, shape[i]))
        rest.remove(best)
        _join(source, shape[best])
    premises = ["t" if i == place else _tuple(shape[i]) for i in range(size)]
    step = f"({', '.join(['instance', *premises])},)"
    ranks = [f"ranks[{premise}]" for premise in premises]
    words = {
        "step": step,
        "rank": f"max({', '.join(ranks)})" if len(ranks) > 1 else "".join(ranks) or "0",
        "below": " and ".join(f"{rank} < ranks[t]" for rank in ranks) or "True",
    }
    for head in shape[size:] if action in (INFER, VISIT) else [None]:
        _conclude(source, head, [line.format(**words) for line in action])
    names = sorted({slot for pattern in shape for slot in pattern if _constant(slot)}, key=str)
    guard = source.indexes.values()
    return "\n".join(
        [
            "def make(facts, instance, sink, terms):",
            "    ranks, match, SAME = facts.ranks, facts.match, facts.same",
            *(f"    {name} = terms['{name}']" for name in names if name != "SAME"),
            *(f"    {name} = {text}" for text, name in source.indexes.items()),
            "    def run(given):",
            *([f"        if not ({' and '.join(guard)}): return"] if guard else []),
            *source.lines,
            "    return run",
        ]
    )


def _constant(slot: Slot) -> bool:
    return not str(slot).startswith("v")


def _given_by_relation(pattern: Pattern, place: int) -> bool:
    """Whether a place needs no check, as a relation holds facts of its own property, or class, only."""
    return _constant(pattern[place]) and (place == 1 or (place == 2 and pattern[1] == "TYPE"))


def _tuple(pattern: Pattern) -> str:
    return f"({pattern[0]}, {pattern[1]}, {pattern[2]})"


def _readiness(source: _Source, pattern: Pattern) -> tuple[bool, bool, int, bool]:
    """How soon an atom is best joined: a test first, then what hangs on a variable, then the most known."""
    known = [_constant(slot) or slot in source.known for slot in pattern]
    hangs = any(slot in source.known and not _constant(slot) for slot in pattern)
    return all(known), hangs, sum(known), _constant(pattern[1])


def _take(source: _Source, pattern: Pattern) -> None:
    """Take the given fact apart and check it against its atom."""
    names: list[str] = []
    checks: list[str] = []
    for i, slot in enumerate(pattern):
        if _constant(slot) or slot in source.known or slot in names:
            names.append(f"x{i}")
            if not _given_by_relation(pattern, i):
                checks.append(f"x{i} != {slot}")
        else:
            names.append(str(slot))
    source.say(f"{', '.join(names)} = t")
    if checks:
        source.say(f"if {' or '.join(checks)}: continue")
    source.known.update(pattern)


def _join(source: _Source, pattern: Pattern) -> None:
    """One more atom: a test where all its places are known, else a loop over what an index has."""
    s, p, o = pattern
    known = [_constant(slot) or slot in source.known for slot in pattern]
    if p == "TYPE" and _constant(o):
        source.loop(f"{'if' if known[0] else 'for'} {s} in {source.index('members', o)}:")
    elif all(known):
        source.loop(f"if {_tuple(pattern)} in ranks:")
    elif _constant(p) and known[0]:
        source.loop(f"for {o} in {source.index('forward', p)}.get({s}, ()):")
    elif _constant(p) and known[2]:
        source.loop(f"for {s} in {source.index('backward', p)}.get({o}, ()):")
    else:
        places = [str(slot) if k else "None" for slot, k in zip(pattern, known, strict=True)]
        twice = not known[0] and s == o
        free = ["_" if k else str(slot) for slot, k in zip(pattern, known, strict=True)]
        names = ", ".join((*free[:2], "again" if twice else free[2]))
        source.loop(f"for {names} in match({', '.join(places)}):")
        if twice:
            source.loop(f"if {s} == again:")
    source.known.update(pattern)


def _conclude(source: _Source, head: Pattern | None, action: list[str]) -> None:
    """What is done with a solution."""
    depth = source.depth
    if head is not None:
        if differs := _differs(head):
            source.loop(f"if {differs}:")
        source.say(f"h = {_tuple(head)}")
    for line in action:
        source.say(line)
    source.depth = depth


def _differs(head: Pattern) -> str:
    """What a head must meet to be concluded: that a thing is the same as itself is left to eq-ref."""
    s, p, o = head
    if s == o or (_constant(p) and p != "SAME"):
        return ""
    return f"{s} != {o}" if p == "SAME" else f"({s} != {o} or {p} != SAME)"
