"""Names that go on from a known one: of arms ('Naval Strike Missiles'), of companies ('Hyundai Rotem Co.')."""

from __future__ import annotations

from kg.annotate.gazetteer import Found
from kg.annotate.names import Name, Run, end_of
from kg.model import Span


def company_name(
    run: Run, within: list[Found], text: str, forms: frozenset[str], countries: frozenset[str]
) -> Name | None:
    """The name of a known company with a legal form, or of its branch: 'Hyundai Rotem Co.', 'Thales Australia'.

    `countries` are states as branches are called after them in other languages: 'MBDA Deutschland'.
    """
    span = Span(run[0].idx, end_of(run[-1]))
    for f in within:
        behind = [t for t in run if t.idx >= f.span.end]
        known = f.candidates[0].entry.entity.kind == "Company" and f.span.start == span.start
        if known and behind and all(t.text in forms for t in behind):
            return Name(span, f.span, span.of(text), candidates=f.candidates)
        branch = len(behind) == 1 and behind[0].text in countries
        if known and (branch or any(_is_state(other) and other.span.end == span.end for other in within)):
            return Name(span, span, span.of(text), "Company", of=tuple(within))
    return None


def _is_state(found: Found) -> bool:
    return found.candidates[0].entry.entity.kind == "State"


def arms_name(run: Run, within: list[Found], text: str) -> Name | None:
    """The name of arms that a run of capitals ends in, without the names before it: 'Norwegian Strike Missiles'.

    `within` are the known names in the run; a weapon among them tells what the whole is: 'Javelin FGM-148F Missiles'.
    """
    known = [f for f in within if f.candidates[0].entry.entity.kind == "WeaponSystem"]
    after = max((f.span.end for f in within if f not in known), default=0)
    first = next((t for t in run if t.idx >= after and t.text[:1].isupper()), None)
    if first is None:
        return None
    span = Span(first.idx, end_of(run[-1]))
    found = next((f for f in known if span.covers(f.span)), None)
    if found is None:
        return Name(span, span, span.of(text), "Item")
    return Name(span, found.span, span.of(text), candidates=found.candidates)
