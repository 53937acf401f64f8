"""Classes of nouns: whether a token's head, or the thing it names, is of a class that a frame asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed, Referent
from kg.lexicon import Lexicon

NAMING = frozenset({"NOUN", "PROPN"})
FIGHTING = "armed-group"
_ARMS_ENDINGS = ("drone", "copter", "fighter", "jet", "missile", "tank")  # of names: 'Eurodrone'
_ARGUMENTS = frozenset({"dobj", "pobj", "nsubj", "nsubjpass"})
# Things that names stand for and that do nothing by themselves.
_INERT = frozenset(
    {"WeaponSystem", "Agreement", "Exercise", "Policy", "Item", "Asset", "Facility", "Programme"}
)
_ARMS = frozenset({"WeaponSystem", "Asset"})
_FORCES = frozenset({"force", "stock", "troops"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "both"})
# Words that tell a happening apart from the one told of before, and words before its sides.
_APART = frozenset(
    {"first", "second", "third", "last", "previous", "earlier", "next", "other", "same", "former", "past"}
)
_SIDED = frozenset({"of", "between", "with", "among", "against", "on", "by"})
# What types of weapons are called by: 'Su-30SMs', 'GM200', 'T-55'.
_TYPE = re.compile(r"[A-Z][A-Za-z]{0,4}(?:-\d{1,4}|\d{2,4})[A-Za-z]{0,4}")


@dataclass(frozen=True, slots=True)
class Nouns:
    """The classes of words of a lexicon, asked of the tokens of a passage."""

    lexicon: Lexicon

    def fits(self, token: Token, wanted: str | None, parsed: Parsed) -> bool:
        """Whether a token's head, or the thing it names, is of a class of words; all are of None."""
        if wanted is None:
            return True
        token = self.meant(token, parsed)
        if wanted in _FORCES and self._fallen(token):
            return False
        if wanted in _CONDITIONS:
            return _CONDITIONS[wanted](self, token, parsed)
        admitted = self.lexicon.admits.get(wanted, frozenset())
        if any(_named_as(r, admitted, token, self) for r in parsed.of(token)):
            return True
        if self.is_of(token, wanted):
            return True
        named = _UNKNOWN.get(wanted)
        return named is not None and named(self, token, parsed)

    def _fallen(self, token: Token) -> bool:
        """Whether forces are told as killed or lost: these are neither sent nor do they grow."""
        verb = _counted_of(token).head
        struck = (
            verb.pos_ == "VERB" and self.is_of(verb, "fallen") and _counted_of(token) in syntax.objects(verb)
        )
        return struck or any(self.is_of(c, "fallen") for c in syntax.children(token, "acl", "amod"))

    def is_of(self, token: Token, wanted: str) -> bool:
        """Whether a word, by its lemma or as it stands, is of a class of words."""
        words = self.lexicon.words.get(wanted, frozenset({wanted}))
        return not words.isdisjoint(
            {token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s"), syntax.hyphenated(token)}
        )

    def meant(self, token: Token, parsed: Parsed) -> Token:
        """What a noun of amount, or a number that leaves out what it counts, is of: 'took delivery of the last two'."""
        token = self.through(token)
        if (
            token.tag_ != "CD"
            or token.dep_ not in _ARGUMENTS
            or parsed.of(token)
            or _is_no_count(token, parsed)
        ):
            return token
        before = reversed(token.doc[token.sent.start : token.i])
        return next((t for t in before if t.pos_ in NAMING and self._is_arms(t, parsed)), token)

    def _is_arms(self, token: Token, parsed: Parsed) -> bool:
        named = any(r.entity is not None and r.entity.kind == "WeaponSystem" for r in parsed.of(token))
        return named or (token.tag_ == "NNS" and self.is_of(token, "weapon"))

    def through(self, token: Token) -> Token:
        """Behind a noun of amount or kind to what it counts or is: 'a batch of missiles', 'the city of Oslo'."""
        for _ in range(3):
            inner = syntax.prepositional(token, "of")
            if not inner:
                return token
            amount = token.lemma_.lower() in self.lexicon.words["transparent"] and inner[0].pos_ in NAMING
            amount = amount or self._settled(token, inner[0])
            if amount or (token.pos_ in {"NUM", "PRON", "DET"} and inner[0].pos_ in NAMING | {"PRON"}):
                token = _antecedent(inner[0])
        return token

    def _settled(self, token: Token, name: Token) -> bool:
        """Whether a noun only tells what the place is that is named behind it."""
        one = token.tag_ in {"NN", "NNP"} and name.tag_ == "NNP"
        return one and token.lemma_.lower() in self.lexicon.words["settlement"]

    def fights(self, token: Token) -> bool:
        """Whether a noun tells who fights without a name of their own: 'insurgents', 'Islamist fighters'."""
        if self.is_of(token, FIGHTING):
            return True
        beside = syntax.children(token, "amod", "compound")
        return self.is_of(token, "fighting-men") and any(self.is_of(c, FIGHTING) for c in beside)

    def is_place(self, token: Token) -> bool:
        """Whether a token is a common noun of place: 'base', 'border'."""
        return token.pos_ in NAMING and self.is_of(token, "place-noun")

    def missions(self, token: Token, parsed: Parsed) -> list[Referent]:
        """The missions of several states that a token names: those sent to them are sent to where they are."""
        words = self.lexicon.words["mission-word"]
        named = [r for r in parsed.of(token) if r.entity is not None and r.how in {"name", "short name"}]
        return [r for r in named if r.entity and not words.isdisjoint(r.entity.label.split())]

    def exercise_name(self, token: Token, parsed: Parsed) -> list[Token]:
        """The capitalised words before 'exercise' that name nobody: 'the Eagle Partner exercise'."""
        if token.lemma_.lower() not in self.lexicon.words["exercise"]:
            return []
        names = [c for c in token.lefts if c.dep_ in {"compound", "nmod"} and c.pos_ == "PROPN"]
        return [t for c in names for t in c.subtree if not parsed.of(t) and t.text[:1].isupper()]

    def _may_be_place(self, token: Token, parsed: Parsed) -> bool:
        named = any(r.place is not None for r in parsed.of(token)) or bool(self.missions(token, parsed))
        return named or self.is_place(token) or is_unknown_place(token, parsed)

    def _is_side(self, token: Token, parsed: Parsed) -> bool:
        side = any(acts(r) for r in parsed.of(token))
        return side and not self.is_of(token, "weapon") and not self.is_of(token, "force")

    def _founded(self, token: Token, parsed: Parsed) -> bool:
        """Whether a word is a name that nobody knows yet, as institutions have when they are founded."""
        longer = token.tag_ in {"NNS", "NNPS"} and any(c.text[:1].isupper() for c in token.lefts)
        capital = token.text[:1].isupper() and (token.tag_ in {"NN", "NNP"} or longer)
        counted = any(c.text.islower() for c in syntax.children(token, "nummod", "amod"))
        arms = self.is_of(token, "weapon") or token.lower_.endswith(_ARMS_ENDINGS)
        return capital and not counted and not parsed.of(token) and not arms

    def _new_weapon(self, token: Token, parsed: Parsed) -> bool:
        """Whether an unknown name is counted, is a type's, or goes on from a known weapon's: 'Bayraktar TB3'."""
        coded = token.text[:1].isupper() and any(letter.isdigit() for letter in token.text)
        if not (token.tag_ in {"NNP", "NNPS"} or coded) or parsed.of(token):
            return False
        before = (r.entity for c in token.lefts for r in parsed.of(c))
        counted = bool(syntax.children(token, "nummod")) or any(c.lower_ == "more" for c in token.lefts)
        typed = bool(_TYPE.fullmatch(token.text))
        counted = counted or token.lower_.endswith(_ARMS_ENDINGS)
        return counted or typed or any(e is not None and e.kind == "WeaponSystem" for e in before)

    def _unknown_arms(self, token: Token, parsed: Parsed) -> bool:
        """Whether an unknown name is that of a type, as its article tells: 'the acquisition of the Lynx'."""
        article = any(c.lower_ == "the" and c.dep_ == "det" for c in token.lefts)
        bare = article and token.tag_ == "NNP" and not token.ent_type_ and not parsed.of(token)
        return (bare and not token.text.isupper() and not self.is_place(token)) or self._new_weapon(
            token, parsed
        )

    def _named_exercise(self, token: Token, parsed: Parsed) -> bool:
        return bool(self.exercise_name(token, parsed))


def _counted_of(token: Token) -> Token:
    """The number before a noun and 'of', or the noun itself: '40 of its soldiers'."""
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token
    return above if above.pos_ in {"NUM", "PRON", "DET"} else token


def _is_no_count(token: Token, parsed: Parsed) -> bool:
    """Whether a number is a sum, a share or a date, or the name of something."""
    number = parsed.numbers.get(token.i)
    return number is None or number.kind != "count" or token.i in parsed.times


def _named_as(referent: Referent, admitted: Set[str], token: Token, nouns: Nouns) -> bool:
    """Whether a word stands for a thing of some kinds; ships that are taken for their navy are none."""
    navy = referent.how == "description" and nouns.is_of(token, "weapon")
    return referent.entity is not None and referent.entity.kind in admitted and not navy


def acts(referent: Referent) -> bool:
    """Whether a referent is somebody, or something that acts."""
    return referent.agent is not None and referent.agent.kind not in _INERT


def is_taken_up(token: Token, parsed: Parsed) -> bool:
    """Whether a word takes up what was told before: 'the drills', not 'the 2019 drills', 'the talks with Chad'."""
    if token.pos_ == "PRON":
        return True
    if any(r.how in {"name", "short name"} for r in parsed.of(token)):
        return False
    pointed = any(c.lower_ in _POINTING for c in syntax.children(token, "det", "predet"))
    if token.pos_ != "NOUN" or not pointed:
        return token.tag_ == "CD" and pointed
    left = [c for c in token.lefts if c.dep_ != "det"]
    apart = any(
        c.dep_ == "poss" or c.lower_ in _APART or c.i in parsed.times or any(map(acts, parsed.of(c)))
        for c in left
    )
    links = [p for p in syntax.children(token, "prep") if p.lower_ in _SIDED]
    return not apart and not any(parsed.of(t) for p in links for t in syntax.children(p, "pobj"))


def _is_owned(token: Token, parsed: Parsed) -> bool:
    """Whether arms are told by their name and whose they are: 'a Russian Su-30' is Russia where it does something."""
    arms = any(r.entity is not None and r.entity.kind in _ARMS for r in parsed.of(token))
    owners = [c for c in token.lefts if c.dep_ in {"amod", "poss", "compound", "nmod"}] if arms else []
    return any(map(acts, (r for c in owners for r in parsed.of(c))))


def is_unknown_place(token: Token, parsed: Parsed) -> bool:
    """Whether a word is a name that nothing knows, and so, behind 'to' or 'in', a place."""
    named = token.tag_ == "NNP" and token.text[:1].isupper() and not token.text.isupper()
    return named and token.dep_ in {"pobj", "conj"} and not parsed.of(token) and token.i not in parsed.times


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: '27 of which' are 27 of what stands before."""
    if token.lower_ not in {"which", "whom"}:
        return token
    verb = next((a for a in syntax.ancestors(token) if a.dep_ == "relcl"), None)
    return verb.head if verb is not None else token


_Condition = Callable[[Nouns, Token, Parsed], bool]
# Conditions that are no class of words.
_CONDITIONS: Mapping[str, _Condition] = {
    "agent": lambda nouns, token, parsed: (
        any(map(acts, parsed.of(token))) or nouns.fights(token) or _is_owned(token, parsed)
    ),
    "named": lambda _, token, parsed: any(r.entity is not None for r in parsed.of(token)),
    "place": Nouns._may_be_place,
    "side": Nouns._is_side,
    "date": lambda _, token, parsed: any(t.i in parsed.times for t in (token, *token.lefts)),
    "bodily": lambda nouns, token, _: not nouns.is_of(token, "abstract"),
    "taken-up": lambda _, token, parsed: is_taken_up(token, parsed),
    "aggressor": lambda *_: True,  # who may be one, the roles of the frame tell
}
# Names that nobody knows, by the class that they may be of besides its words.
_UNKNOWN: Mapping[str, _Condition] = {
    "institution": Nouns._founded,
    "named-exercise": Nouns._named_exercise,
    "weapon": Nouns._unknown_arms,
    "force": Nouns._new_weapon,
    "missile": Nouns._new_weapon,
}
