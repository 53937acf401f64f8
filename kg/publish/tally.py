"""How many different things there are, of very many: few of them are in memory at a time."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile

import numpy as np
import numpy.typing as npt

SHARES = 32  # into which things fall by their hashes, to be counted one share after the other
AT_HAND = 1 << 16  # things that are noted before they are put to their shares
IN_MEMORY = 1 << 18  # bytes of a share beyond which it goes to the disk


def _hashes() -> array:  # type: ignore[type-arg]  # which an array takes only from Python 3.12 on
    return array("q")


def _shares() -> list[SpooledTemporaryFile[bytes]]:
    return [SpooledTemporaryFile(IN_MEMORY) for _ in range(SHARES)]


@dataclass(frozen=True, slots=True)
class Tally:
    """Things, each in a group or in several; eight bytes are kept of each, and eight of its group."""

    _groups: dict[bytes, int] = field(default_factory=dict)
    _of: array = field(default_factory=_hashes)  # type: ignore[type-arg]  # as above
    _things: array = field(default_factory=_hashes)  # type: ignore[type-arg]  # as above
    _files: list[SpooledTemporaryFile[bytes]] = field(default_factory=_shares)

    def add(self, group: bytes, thing: bytes) -> None:
        """Note a thing of a group."""
        self._of.append(self._groups.setdefault(group, len(self._groups)))
        self._things.append(hash(thing))
        if len(self._things) == AT_HAND:
            self._spill()

    def counted(self) -> tuple[int, dict[bytes, int]]:
        """How many different things there are, in all and in each group; the tally is done with then."""
        self._spill()
        total, by_group = 0, Counter[int]()
        for file in self._files:
            with file:
                file.seek(0)
                things, groups = np.frombuffer(file.read(), np.int64).reshape(-1, 2).T
            order = np.lexsort((groups, things))
            things, groups = things[order], groups[order]
            other = np.ones(len(things), bool)
            other[1:] = things[1:] != things[:-1]
            total += int(other.sum())
            other[1:] |= groups[1:] != groups[:-1]
            by_group.update(dict(enumerate(np.bincount(groups[other]).tolist())))
        return total, {group: by_group[n] for group, n in sorted(self._groups.items())}

    def _spill(self) -> None:
        noted: npt.NDArray[np.int64] = np.column_stack([self._things, self._of]).astype(np.int64)
        shares = noted[:, 0] % SHARES
        for share, file in enumerate(self._files):
            file.write(noted[shares == share].tobytes())
        del self._of[:], self._things[:]
