"""Writes `docs/frames.md`: the frames of the lexicon, each with an example from the gold, for domain experts.

    python -m tools.frames ../shared/eval

The folder holds `seed` and `dev`, each with `texts` and `gold`, and `score.py`, which pairs claims with gold. An
example is a short quote of a claim that the frame found and that pairs with gold; else the lexicon's own.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

from rdflib import RDFS, SKOS, Graph, URIRef

from kg.export import record
from kg.home import HOME
from kg.lexicon import Frame, Place, Slot, read_lexicon
from kg.mapper import frame_mapper
from kg.read import read
from kg.settings import Settings

PAGE = HOME / "docs" / "frames.md"
FRAMES = Settings().ontology / "frames"
SETS = ("seed", "dev")
SHORTEST, LONGEST = 45, 240  # characters of an example

PATHS = {
    "subj": "the doer",
    "obj": "the object",
    "iobj": "to whom, without a preposition",
    "no-object": "the word itself where it has no object",
    "self": "the word itself",
    "poss": "the possessor ('Japan's …')",
    "genitive": "the possessor in the genitive alone (no adjective)",
    "clause": "the subject of the clause",
    "clause-object": "the object of the clause",
    "adj": "an adjective before the word",
    "posed-by": "who poses it ('the threat posed by …')",
    "faced-by": "who faces it",
    "subject-of-become": "who is or becomes it",
    "speaker": "the speaker",
    "context": "who alone is named in the sentence, or in the one before",
    "with-holder": "what it is told with ('a base, with 600 troops')",
    "joined-by": "who joined the subject ('…, joined by')",
    "scene": "who does what was done in, during or as part of it",
    "haver": "who has the things told of ('has soldiers serving')",
    "carrier": "the verb that carries it",
    "to-buy": "what an infinitive of buying below it is about ('a contract to buy …')",
    "to-supply": "what an infinitive of supplying below it is about ('a contract to supply …')",
    "to-use": "what an infinitive of using below it is about ('learn to fly …')",
    "to-help": "whom an infinitive of helping below it is about ('money to support …')",
    "infinitive": "an infinitive below it ('taught to fly in …')",
    "called": "what it is called ('called it a …', 'as a …')",
}
INTRODUCTION = """\
# Frames

*Written by `python -m tools.frames`: change the lexicon, not this page.*

A frame is one way in which a class of events is worded. This page shows every frame of
[`ontology/frames/frames.ttl`](../ontology/frames/frames.ttl): the words that evoke it, where the fillers of its roles
stand in the sentence, and an example. Whether what is told has happened, is planned or is denied is not the frame's
matter: the words above and beside it tell that (`governors.ttl`).

## How to read a role

*The doer* is the subject of a verb, the agent of a passive, the possessor of a noun of doing ('Japan's
deployment'), or the subject of the verb that carries the noun ('held talks'). *The object* is the object of a
verb, the subject of its passive, or what stands behind 'of' at a noun of doing. ‘with’, ‘in’ and the like are
what stands behind that word. A role in **bold** must be filled, or the frame tells nothing. *[weapon]*,
*[instrument]* and the like are classes of words (`words.ttl`): only such a word, or a name of such a thing,
counts there. *Or else* goes before places that count only where those before it hold nothing.

## How to add a frame

1. Find the class of events and its roles in `ontology/entente.ttl`.
2. Add the frame to `frames.ttl`: a label, its verbs and nouns (base forms), its roles under `ent:slots`, an example.
   A word that only wants adding to a frame or to a class of words is an edit of one line.
3. Try it: `kg explain-document FILE` shows each claim with the frame that found it, and each trigger that gave none.
4. Run the tests, and write this page anew.

| in `frames.ttl` | means |
| --- | --- |
| `party! = subj, with` | a role that must be filled (`!`): by the doer, or behind 'with' |
| `item = obj[weapon]` | only such a word, or a name of such a thing |
| `item = of[weapon] \\| self` | the second only where the first holds nothing |
| `_! = obj[money]` | a condition that fills no role |
| `ent:about "weapon"` | a verb of wide meaning counts only with such an object |
| `ent:atLeast 2` | the first role needs so many fillers |
| `ent:sets ent:Planned` | the words themselves say how it holds |
| `ent:needsNumber`, `ent:needsTime` | only with a number, with a date |
| `ent:unless frame:aid` | not where that frame, too, is told by the word |
| `ent:follows true` | goes on with what the sentence before told: takes its sides from there |
| `ent:resumes true` | tells more of the last happening of its class: what `[taken-up]` stands for |
"""

Examples = Mapping[str, str]


def main(arguments: list[str]) -> None:
    """Write the page."""
    PAGE.write_text(page(examples(Path(arguments[0]))), "utf-8")


def page(found: Examples) -> str:
    """The page, with the examples of frames by their IRIs."""
    lexicon, told = read_lexicon(FRAMES), Graph().parse(FRAMES / "frames.ttl", format="turtle")
    classes: dict[str, list[Frame]] = defaultdict(list)
    for frame in lexicon.frames:
        classes[frame.evokes].append(frame)
    lines = [INTRODUCTION]
    for name in sorted(classes):
        lines.append(f"## {name}\n")
        for frame in classes[name]:
            lines += _section(frame, told, found)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(frame: Frame, told: Graph, found: Examples) -> Iterator[str]:
    label, own = told.value(URIRef(frame.iri), RDFS.label), told.value(URIRef(frame.iri), SKOS.example)
    yield f"### {frame.name}: {label}\n"
    for kind, words in (("verbs", frame.verbs), ("nouns", frame.nouns)):
        if words:
            yield f"- {kind}: {', '.join(sorted(words))}"
    if frame.about:
        yield f"- about: {frame.about}"
    yield from (_slot(slot) for slot in frame.slots)
    yield from _terms(frame)
    if frame.iri in found:
        yield f"- example: “{found[frame.iri]}”"
    elif own:
        yield f"- example, of the lexicon's own: “{own}”"
    yield ""


def _slot(slot: Slot) -> str:
    groups = ["; ".join(_place(place) for place in group) for group in slot.choices]
    name = "condition" if slot.role == "_" else slot.role
    return f"- {f'**{name}**' if slot.needed else name}: {'; or else '.join(groups)}"


def _place(place: Place) -> str:
    """A place in words: `obj.with[agent]` is '‘with’, at the object [agent]'."""
    *before, last = place.path.split(".")
    words = PATHS.get(last, f"‘{last}’")
    at = "".join(f", at {PATHS.get(step, step)}" for step in reversed(before))
    return f"{words}{at}" + (f" [{place.filter}]" if place.filter else "")


def _terms(frame: Frame) -> Iterator[str]:
    """What else the frame asks for or says, each in a line."""
    if frame.at_least > 1:
        yield f"- needs {frame.at_least} fillers of {frame.slots[0].role}"
    if frame.sets:
        yield f"- says by itself: {frame.sets}"
    if frame.needs_number:
        yield "- needs a number"
    if frame.needs_time:
        yield "- needs a date"
    if frame.follows:
        yield "- goes on with what was told before"
    if frame.resumes:
        yield "- tells more of a happening told before"
    if frame.unless:
        yield f"- not where one of these is told, too: {', '.join(sorted(frame.unless))}"


def examples(folder: Path) -> Examples:
    """The shortest quote of each frame whose claim pairs with gold, by the frame's IRI."""
    score, mapper = _scorer(folder / "score.py"), frame_mapper(Settings())
    found: dict[str, set[str]] = defaultdict(set)
    for name in SETS:
        gold = score.load(folder / name / "gold")
        for text in sorted((folder / name / "texts").glob("*.txt")):
            for claim in mapper.read(read(text)).claims:
                pairs = (score.affinity(one, record(claim)) > 1 for one in gold[text.stem])
                if any(pairs) and len(claim.evidence.exact) <= LONGEST:
                    found[claim.rule].add(" ".join(claim.evidence.exact.split()))
    return {rule: _clearest(quotes) for rule, quotes in found.items()}


def _clearest(quotes: Iterable[str]) -> str:
    """The shortest, but for those too short to be understood by themselves."""
    return min(quotes, key=lambda quote: (len(quote) < SHORTEST, len(quote), quote))


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(sys.argv[1:])
