"""The eight sentences on which PIKES and FRED published their figures: the frames of ours, and who fills them.

    python -m bench.quality.pikes FOLDER      the folder of gold.1.ttl … gold.8.ttl

The files are those of dkmfbk/pikes, `docs/eval-pm/gold/`; they are read where they are given.

Their gold has every frame of a sentence (PropBank, NomBank, VerbNet, FrameNet), most of them far from defence
cooperation ('skill', 'minority'). Counted is what our classes cover: a gold frame counts where one of its types is in
`CLASSES`. A frame is found where a claim of that class quotes the frame's word; an argument, where a filler of such
a claim ends in the argument's word, whatever its role. Claims of other classes are told and not right. These
figures are therefore not those of the publication, whose gold is all frames (triple F1 .636 PIKES, .471 FRED).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from bench.quality.plover import rates
from kg.mapper import frame_mapper
from kg.model import Claim, Document, Span
from kg.settings import Settings

CLASSES: Mapping[str, str] = {
    "framenet#Attack": "ArmedConflict",
    "framenet#Hostile_encounter": "ArmedConflict",
    "framenet#Conquering": "ArmedConflict",
    "framenet#Giving": "Aid",
    "framenet#Assistance": "Aid",
    "framenet#Taking_sides": "Aid",
    "framenet#Statement": "Statement",
    "nombank#sanction.01": "Sanction",
    "propbank#blacklist.01": "Sanction",
}
SLIPS = (  # what is no Turtle in two of the files, and what was meant
    (re.compile(r";\s*(fn:\w+)\s*\."), r", \1 ."),
    (re.compile(r"\.(\n[ \t]+\w+:)"), r";\1"),
)
ROLES = ("propbank#", "nombank#", "verbnet#", "framenet#")


@dataclass(frozen=True)
class GoldFrame:
    """A frame of the gold: its word, our class, and the words of its arguments."""

    word: str
    type: str
    arguments: frozenset[str]


def gold(file: Path) -> tuple[str, list[GoldFrame]]:
    """The sentence of a file and its frames of our classes."""
    turtle = file.read_text("utf-8")
    for slip, meant in SLIPS:
        turtle = slip.sub(meant, turtle)
    graph = Graph().parse(data=turtle, format="turtle")
    text = " ".join(str(next(graph.objects(None, RDFS.label))).split())
    return text, list(_frames(graph))


def _frames(graph: Graph) -> Iterator[GoldFrame]:
    for node in sorted(set(graph.subjects(RDF.type))):
        types = [str(t).removeprefix("eval:") for t in graph.objects(node, RDF.type)]
        found = {CLASSES[t] for t in types if t in CLASSES}
        if found:
            filled = {_word(o) for p, o in graph.predicate_objects(node) if p != RDF.type and _is_role(p)}
            yield GoldFrame(_word(node), min(found), frozenset(filled))


def _is_role(node: Node) -> bool:
    return str(node).removeprefix("eval:").startswith(ROLES)


def _word(node: Node) -> str:
    """The token that a node is named by: `:syria_2` is the second 'Syria'."""
    return re.sub(r"_(\d+|v|n)$", "", re.split(r"[/#]", str(node))[-1]).lower()


def words(claim: Claim, text: str) -> set[str]:
    return {f.span.of(text).split()[-1].lower() for _, fillers in claim.roles for f in fillers}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    mapper = frame_mapper(Settings())
    frames = arguments = right = filled = told = fillers = 0
    for file in sorted(parser.parse_args().folder.glob("gold.*.ttl")):
        text, wanted = gold(file)
        claims = mapper.read(Document(file.stem, text, body=Span(0, len(text)))).claims
        told += len(claims)
        fillers += sum(len(words(claim, text)) for claim in claims)
        frames += len(wanted)
        arguments += sum(len(frame.arguments) for frame in wanted)
        for frame in wanted:
            same = [c for c in claims if c.type == frame.type and frame.word in c.evidence.exact.lower()]
            right += bool(same)
            filled += len(frame.arguments & {word for claim in same for word in words(claim, text)})
    print(f"{'':24}{'precision':>10}{'recall':>10}{'F1':>10}")
    print(f"{'frames':24}{rates(right, frames, told)}")
    print(f"{'arguments':24}{rates(filled, arguments, fillers)}")


if __name__ == "__main__":
    main()
