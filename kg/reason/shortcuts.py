"""Shortcuts among the rules of one premise, which need not be taken to get everywhere.

With `x a Summit → x a Meeting` and `x a Meeting → x a Event`, the rule `x a Summit → x a Event`, which comes
with a closed hierarchy, finds nothing that the others do not. A closed ontology is full of such.
"""

from __future__ import annotations

from collections import defaultdict

from kg.reason.coded import Instance, Pattern, Slot

# One premise and one conclusion, in variables named by their place in the premise.
Link = tuple[Pattern, Pattern]


class Shortcuts:
    """The links between single premises and conclusions that rules are applied by."""

    def __init__(self) -> None:
        self._conclusions: dict[Pattern, set[Pattern]] = defaultdict(set)

    def needed(self, instances: list[Instance]) -> list[Instance]:
        """The instances that lead where no two others lead together; all that are no links are needed."""
        links = {instance: link for instance in instances if (link := _link(instance)) is not None}
        for premise, conclusion in links.values():
            self._conclusions[premise].add(conclusion)
        return [i for i in instances if i not in links or not self._drop(*links[i])]

    def _drop(self, premise: Pattern, conclusion: Pattern) -> bool:
        """Give up a link for which two that are kept stand in; whether it was."""
        for between in self._conclusions[premise] - {conclusion}:
            place, names = _canonical(between)
            reached = self._conclusions.get(place, set())
            if place != premise and any(_renamed(end, names) == conclusion for end in reached):
                self._conclusions[premise].discard(conclusion)
                return True
        return False


def _link(instance: Instance) -> Link | None:
    if len(instance.body) != 1 or len(instance.heads) != 1:
        return None
    premise, names = _canonical(instance.body[0])
    named = {slot: name for name, slot in names.items()}
    return premise, _renamed(instance.heads[0], named)


def _canonical(pattern: Pattern) -> tuple[Pattern, dict[Slot, Slot]]:
    """A pattern with its variables named by their places, and what each name stood for."""
    names: dict[Slot, Slot] = {}
    places = []
    for i, slot in enumerate(pattern):
        known = next((name for name, stood in names.items() if stood == slot), f"place{i}")
        places.append(known if isinstance(slot, str) else slot)
        if isinstance(slot, str):
            names[known] = slot
    s, p, o = places
    return (s, p, o), names


def _renamed(pattern: Pattern, names: dict[Slot, Slot]) -> Pattern:
    s, p, o = (names.get(slot, slot) for slot in pattern)
    return s, p, o
