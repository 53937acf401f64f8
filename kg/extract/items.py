"""Items of a list without a verb: what a communiqué decides by nouns of doing, under a line that says so."""

from __future__ import annotations

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.triggers import Trigger
from kg.lexicon import Lexicon
from kg.model import Modality

# Roles of those who do together what their paper decides; givers and senders are told by name.
JOINT = frozenset({"founder", "developer", "adopter", "buyer"})


def decides(lead: Parsed | None, lexicon: Lexicon) -> bool:
    """Whether the line above a list says that its items are decided: 'Ministers agreed on the following:'."""
    if lead is None or not len(lead.doc):
        return False
    opens = lead.kind == "heading" or lead.doc[-1].text == ":"
    return opens and any(_decides(token, lexicon) for token in lead.doc)


def _decides(token: Token, lexicon: Lexicon) -> bool:
    lemma = token.lemma_.lower()
    if not syntax.is_verb(token):
        return lemma in lexicon.words["decided"]
    governor = lexicon.governors.get(lemma)
    return governor is not None and governor.sets is Modality.PLANNED


def is_item(trigger: Trigger, parsed: Parsed) -> bool:
    """Whether a noun of doing is all that an item of a list tells: 'Establishment of a joint centre in Riga'."""
    noun = trigger.token
    return parsed.kind == "list" and trigger.host is None and noun.head == noun and not trigger.verbal


def held(modality: Modality, trigger: Trigger, parsed: Parsed, decided: bool, lexicon: Lexicon) -> Modality:
    """How holds what an item tells: in a list of decisions it is planned, and so is the signing of a paper in it."""
    top = syntax.clause_verb(trigger.token)
    act = top.lemma_.lower() in lexicon.words["treaty-act"] and is_item(Trigger(top), parsed)
    planned = decided and modality is Modality.ACTUAL and (is_item(trigger, parsed) or act)
    return Modality.PLANNED if planned else modality
