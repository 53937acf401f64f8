"""What has to be known of every document's graph, even where nothing has changed: small, and kept beside the graph."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from kg.packed import QUICK, Packed


@dataclass(frozen=True, slots=True)
class Outline:
    """What a graph says that things are, and what it points to but for stretches of its own text; both packed."""

    told: bytes
    named: bytes

    @classmethod
    def of(cls, graph: Packed) -> Outline:
        """Of the claims graph of a document."""
        things = (thing for thing in graph.things() if b"#char=" not in thing)
        return cls(
            zlib.compress(b"".join(graph.kinds()), QUICK), zlib.compress(b" ".join(sorted(things)), QUICK)
        )

    def kinds(self) -> list[bytes]:
        """The lines of N-Triples that say what things are."""
        return zlib.decompress(self.told).splitlines(keepends=True)

    def things(self) -> list[bytes]:
        """What the graph points to, as N-Triples writes it."""
        return zlib.decompress(self.named).split()
