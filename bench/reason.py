"""How fast the compiled reasoner is: beside owlrl, as the data grows, and for one document more or less.

python -m bench.reason                       owlrl at 20,000 triples (minutes), ours to 300,000
python -m bench.reason --owlrl 2000 --sizes 20000 100000 300000 1000000
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterable
from itertools import chain
from multiprocessing import get_context
from typing import Any

import msgspec

from bench import worlds
from kg.reason import Reasoner, State, Triple, close
from kg.reason.closure import Closure
from kg.reason.oracle import closure as owlrl_closure

DOCUMENT = 1000  # triples of the document that comes and goes


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of this process's own time, which other work hardly lengthens, and the outcome."""
    start = time.process_time()
    outcome = work()
    return time.process_time() - start, outcome


def beside_owlrl(size: int) -> tuple[float, float]:
    """Seconds of owlrl and of ours, derivations kept."""
    ontology, data = worlds.ontology(), worlds.data(size)
    ours, _ = timed(lambda: close(ontology, data, worlds.BASE))
    theirs, _ = timed(lambda: owlrl_closure(chain(ontology, data)))
    return theirs, ours


def growing(size: int) -> dict[str, float]:
    """The closure of data of a size from nothing, then with a document more, then without it again."""
    ontology, data = worlds.ontology(), worlds.data(size)
    document = [triple for triple in worlds.data(DOCUMENT, seed=11, first=10_000_000) if triple not in data]
    full, reasoner = timed(lambda: Reasoner(ontology, data, worlds.BASE))
    inference, outcome = timed(reasoner.inference)
    reasoner.add(document)  # the first removal builds the indexes that only removals need
    reasoner.remove(document)
    kept = msgspec.msgpack.encode(reasoner.state())
    gone_on, _ = timed(lambda: _with_more(ontology, kept, document))
    more, _ = timed(lambda: reasoner.add(document))
    less, _ = timed(lambda: reasoner.remove(document))
    again = reasoner.inference()
    assert again.triples == outcome.triples, "what was removed left something behind"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "gone on": gone_on, "kept": len(kept) / 2**20,
        "full": full, "publish": inference, "inferred": len(outcome.triples),
        "more": more, "less": less, "peak": peak, "document": len(document),
    }  # fmt: skip


def _with_more(ontology: Iterable[Triple], kept: bytes, document: list[Triple]) -> list[Triple] | None:
    """Go on from a closure that was kept, as a build does: what has changed."""
    state = msgspec.msgpack.decode(kept, type=State)
    reasoner = Reasoner(ontology, (), worlds.BASE, state)
    reasoner.add(document)
    return reasoner.changed()


def apart(work: Callable[[int], Any], size: int) -> Any:
    """The outcome of work in a process of its own, so that each has its own peak of memory."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (size,))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--owlrl", type=int, default=20_000, help="triples to run owlrl over; 0 for none")
    parser.add_argument("--sizes", type=int, nargs="*", default=[20_000, 100_000, 300_000])
    wanted = parser.parse_args()
    closed, _ = timed(lambda: Closure(worlds.ontology()))
    print(f"ontology of {len(worlds.ontology())} triples closed and compiled in {closed:.2f} s")
    if wanted.owlrl:
        theirs, ours = apart(beside_owlrl, wanted.owlrl)
        print(
            f"{wanted.owlrl:>9,} triples: owlrl {theirs:.1f} s, ours {ours:.2f} s, ratio {theirs / ours:.0f}"
        )
    for size in wanted.sizes:
        found = apart(growing, size)
        micro = (found["full"] + found["publish"]) / size * 1e6
        print(
            f"{size:>9,} triples: closed in {found['full']:.2f} s, told in {found['publish']:.2f} s "
            f"({micro:.1f} µs a triple), {found['inferred']:,.0f} published, {found['peak']:,.0f} MiB; "
            f"a document of {found['document']:,.0f} more {found['more'] * 1e3:.1f} ms "
            f"(1/{found['full'] / found['more']:.0f}), less {found['less'] * 1e3:.1f} ms "
            f"(1/{found['full'] / found['less']:.0f}); in a process that takes up the "
            f"{found['kept']:.0f} MiB that were kept, more in {found['gone on']:.2f} s "
            f"(1/{found['full'] / found['gone on']:.1f})"
        )


if __name__ == "__main__":
    main()
