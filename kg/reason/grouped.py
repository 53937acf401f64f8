"""The facts of a closure by the keys of their relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.reason.coded import Coded


class Grouped:
    """All facts by the keys of their relations, grouped when some are first asked for; what came later is sorted out.

    It looks into the ranks of all facts, and at those that are noted.
    """

    def __init__(self, ranks: Mapping[Coded, int], type_: int) -> None:
        self._ranks, self._type = ranks, type_
        self._groups: dict[int, list[Coded]] | None = None
        self._later: list[Coded] = []

    def note(self, facts: list[Coded]) -> None:
        """Take note of facts that are new; where they are many by now, all are soon grouped anew."""
        if self._groups is not None:
            self._later += facts
            if len(self._later) * 4 >= len(self._ranks):
                self._groups, self._later = None, []

    def of_keys(self, keys: Iterable[int]) -> dict[int, list[Coded]]:
        """All facts of each of the relations with these keys."""
        if self._groups is None:
            self._groups = self._grouped()
        ranks, groups = self._ranks, self._groups
        found = {key: [fact for fact in groups.get(key, ()) if fact in ranks] for key in keys}
        return self.sorted_out(dict.fromkeys(fact for fact in self._later if fact in ranks), found)

    def sorted_out(self, facts: Iterable[Coded], into: dict[int, list[Coded]]) -> dict[int, list[Coded]]:
        """Some facts put to those of their relations, of the relations that are there."""
        type_ = self._type
        for fact in facts:
            if fact[1] == type_ and (found := into.get(~fact[2])) is not None:
                found.append(fact)
            if (found := into.get(fact[1])) is not None:
                found.append(fact)
        return into

    def _grouped(self) -> dict[int, list[Coded]]:
        found: dict[int, list[Coded]] = defaultdict(list)
        for fact in self._ranks:
            found[fact[1]].append(fact)
        for fact in tuple(found[self._type]):
            found[~fact[2]].append(fact)
        return found
