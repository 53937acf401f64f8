"""What kind of thing a name is that nobody knows and no word of it tells: by where it stands and by its label."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.forms import Forms
from kg.annotate.names import LOCATIVE, NAMING, Run, is_local
from kg.annotate.titles import Titles

_OCCASION = frozenset({"part", "during", "for", "in", "with", "at", "and"})  # before the name of what is held


@dataclass(frozen=True, slots=True)
class Standing:
    """Tells the kinds of unknown names of a passage: exercises, places and bodies."""

    forms: Forms
    doc: Doc
    titles: Titles

    def kind(self, name: Run, alone: bool) -> str:
        """The kind of a name, empty where nothing tells; `alone` if no known name stands in its run."""
        before = self.doc[name[0].i - 1] if name[0].i else None
        labels = {t.ent_type_ for t in name}
        if before is not None and (
            before.text in self.forms.words["exercise-lead"]
            or self._beside_exercise(name)
            or self._is_numbered(name)
        ):
            return "Exercise"
        if (labels == {"ORG"} and before is not None and before.lower_ in {"at", "near"} and alone) or (
            labels <= {"GPE", "LOC", "FAC"}
            and before is not None
            and before.lower_ in LOCATIVE | {","}
            and alone
        ):
            return "City"
        return (
            "Organisation"
            if (labels == {"ORG"} and alone and self._acts(name)) or self._is_acronym(name)
            else ""
        )

    def _is_acronym(self, name: Run) -> bool:
        """Whether an unknown name in capitals belongs to a state: 'Brazil's SIATT', 'ASMAR of Chile'."""
        first, last = name[0].i, name[-1].i
        if len(name) > 1 or not name[0].text.isupper() or not name[0].is_alpha or len(name[0]) < 3:
            return False
        owned = first > 1 and self.doc[first - 1].tag_ == "POS" and first - 2 in self.titles.states
        behind = [t.i for t in self.doc[last + 1 : last + 3]]
        return owned or (
            len(behind) == 2 and self.doc[behind[0]].lower_ == "of" and behind[1] in self.titles.states
        )

    def _beside_exercise(self, name: Run) -> bool:
        """Whether a name stands beside the noun: 'an exercise, BVR-X', or behind it: 'to exercise together at
        Pitch Black'."""
        first = name[0].i
        words = [t.lower_ for t in self.doc[max(0, first - 6) : first]]
        if (
            len(words) > 1
            and words[-1] in {",", '"', "'", "–", "—", ":"}
            and words[-2] in self.forms.words["exercise"]
        ):
            return True
        return (
            len(name) > 1
            and bool(words)
            and (words[-1] in NAMING or (words[-1] in {"at", "in", '"', "'"} and not is_local(name)))
            and any(w.rstrip("s") in {"exercise", "drill", "manoeuvre", "maneuver", "game"} for w in words)
        )

    def _is_numbered(self, name: Run) -> bool:
        """Whether a name ends in the year of an edition: 'as part of Amber Ridge 25', 'the drill Amber Ridge 2025'."""
        *words, last = [t.text for t in name]
        told = (
            len(words) > 1
            and all(w[:1].isupper() for w in words)
            and not any(t.i in self.titles.states for t in name)
        )
        behind = [t.lower_ for t in self.doc[max(0, name[0].i - 3) : name[0].i]]
        short = last.isdecimal() and len(last) == 2 and last > "19" and bool(_OCCASION & set(behind))
        years = last.isdecimal() and len(last) == 4 and last.startswith("20")
        return told and (short or (years and any(t.lower_ in self.forms.words["exercise"] for t in self.doc)))

    def before_exercise(self, run: Run, known_at: Container[int]) -> str:
        """The kind of an unknown name of several words right before its noun: 'their Friendship Sea drills'."""
        at = run[-1].i + 1
        known = {t.i for t in run if t.i in known_at}
        if known and run[-1].i not in known and not known & self.titles.states:
            known = set()  # 'the Arctic Dolphin drill': a region is part of the name
        unknown = len(run) > 1 and not known
        named = (
            unknown
            and at < len(self.doc)
            and self.doc[at].lower_ in {"drill", "drills", "exercise", "exercises"}
        )
        return "Exercise" if named else ""

    def _acts(self, name: Run) -> bool:
        """Whether an unknown name that the tagger takes for a body stands where a thing would not: before a
        verb, behind 'by'."""
        last = name[-1].i
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        before = self.doc[name[0].i - 1].lower_ if name[0].i else ""
        verbal = after is not None and (
            after.tag_ in {"VBD", "VBZ", "VBP", "MD", "POS"} or after.text in {",", "and"}
        )
        return (verbal and before not in {"the", "a", "an"}) or before in {"by", "with", "from"}
