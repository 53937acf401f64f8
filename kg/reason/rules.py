"""Rules as data: the reader of the `.rules` files in which the OWL 2 RL tables stand."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from itertools import chain

from rdflib import OWL, RDF, RDFS, XSD, Literal, Variable
from rdflib.term import Node

Atom = tuple[Node, Node, Node]
PREFIXES = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}


@dataclass(frozen=True, slots=True)
class ListAtom:
    """A condition over the members of an RDF list: its word (`member` …), the list, what it relates."""

    word: str
    list: Node
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the standard; `heads` is empty where it ends in 'false'."""

    name: str
    body: tuple[Atom, ...]
    lists: tuple[ListAtom, ...]
    heads: tuple[Atom, ...]


class RuleError(ValueError):
    """A line of a rules file that cannot be read: which, and why."""

    def __init__(self, line: str, reason: str) -> None:
        super().__init__(f"{reason}: {line}")
        self.line, self.reason = line, reason


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a text in the notation that `owl2rl.rules` explains; raises RuleError."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_rule(line) for line in lines if line and not line.startswith("#"))


def owl2rl(trivial: bool = False) -> tuple[Rule, ...]:
    """The rules of OWL 2 RL, with those that hold of any graph whatever it says, or without."""
    names = ("owl2rl.rules", "trivial.rules") if trivial else ("owl2rl.rules",)
    texts = (files(__package__).joinpath(name).read_text("utf-8") for name in names)
    return tuple(chain.from_iterable(map(read_rules, texts)))


def _rule(line: str) -> Rule:
    premises, arrow, conclusions = line.partition("->")
    name, _, body = premises.partition(" ")
    if not arrow or not name or not conclusions.strip():
        raise RuleError(line, "a rule is 'name premises -> conclusions'")
    atoms = [atom.split() for atom in body.split(" . ") if atom.strip()]
    heads = [] if conclusions.strip() == "false" else [atom.split() for atom in conclusions.split(" . ")]
    plain = [atom for atom in atoms if not atom[0].startswith("@")]
    if any(len(atom) != 3 for atom in plain + heads):
        raise RuleError(line, "an atom has a subject, a predicate and an object")
    return Rule(
        name,
        tuple(_atom(atom, line) for atom in plain),
        tuple(
            ListAtom(word.removeprefix("@"), _term(items, line), tuple(_term(t, line) for t in terms))
            for word, items, *terms in (atom for atom in atoms if atom[0].startswith("@"))
        ),
        tuple(_atom(atom, line) for atom in heads),
    )


def _atom(words: list[str], line: str) -> Atom:
    s, p, o = (_term(word, line) for word in words)
    return s, p, o


def _term(word: str, line: str) -> Node:
    if word.startswith("?"):
        return Variable(word[1:])
    if word == "a":
        return RDF.type
    if word.isdigit():
        return Literal(int(word))
    prefix, colon, name = word.partition(":")
    if not colon or prefix not in PREFIXES:
        raise RuleError(line, f"'{word}' is no variable, number or name with a known prefix")
    return PREFIXES[prefix][name]
