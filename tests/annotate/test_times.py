"""What the grammar of times promises, sentence by sentence."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate.times import TimeMention, times
from kg.settings import Settings

ANCHOR = date(2025, 8, 14)  # a Thursday
BLANK = spacy.blank("en")


@pytest.fixture(scope="module")
def parse() -> Language:
    return spacy.load(Settings().pipeline, exclude=["parser", "ner", "lemmatizer"])


def told(text: str, anchor: date | None = ANCHOR) -> list[tuple[str, str | None, str | None]]:
    """The words, start and end of each time in an unparsed text."""
    return [(m.span.of(text), m.time.start, m.time.end) for m in times(BLANK(text), anchor)]


ABSOLUTE = [
    ("They met on 8 April 2025.", "on 8 April 2025", "2025-04-08", None),
    ("They met on the 8th of April, 2025.", "on the 8th of April, 2025", "2025-04-08", None),
    ("They met on April 8, 2025, in Rome.", "on April 8, 2025", "2025-04-08", None),
    ("They met on Tuesday, April 8th, 2025.", "on Tuesday, April 8th, 2025", "2025-04-08", None),
    ("MANILA, JULY 9, 2024 - They met.", "JULY 9, 2024", "2024-07-09", None),
    ("Published: 2024-07-09", "2024-07-09", "2024-07-09", None),
    ("an April 2025 meeting in Tokyo", "April 2025", "2025-04", None),
    ("signed in April of 2025", "in April of 2025", "2025-04", None),
    ("signed in 2022 after talks", "in 2022", "2022", None),
    ("its 1951 treaty with Manila", "1951", "1951", None),
    ("a 2024 security defense pact", "2024", "2024", None),
    ("Japan's 2022 strategy", "2022", "2022", None),
    ("a law of 1979", "of 1979", "1979", None),
    ("the treaty (1951) stands", "1951", "1951", None),
    ("in early 2026", "in early 2026", "2026", None),
    ("in mid-2025", "in mid-2025", "2025", None),
    ("in the first half of 2025", "in the first half of 2025", "2025", None),
    ("in the third quarter of 2025", "in the third quarter of 2025", "2025", None),
    ("in Q3 2025", "in Q3 2025", "2025", None),
    ("in summer 2024", "in summer 2024", "2024", None),
    ("in the summer of 2024", "in the summer of 2024", "2024", None),
    ("in late September 2024", "in late September 2024", "2024-09", None),
    ("since 2014", "since 2014", "2014", None),
    ("as of 1 July 2025", "as of 1 July 2025", "2025-07-01", None),
    ("starting in 2026", "starting in 2026", "2026", None),
    ("until 2030", "until 2030", None, "2030"),
    ("by 2027", "by 2027", None, "2027"),
    ("no later than 31 March 2026", "no later than 31 March 2026", None, "2026-03-31"),
    ("by the end of 2026", "by the end of 2026", None, "2026"),
    ("by the end of June 2025", "by the end of June 2025", None, "2025-06"),
    ("from 2023 to 2027", "from 2023 to 2027", "2023", "2027"),
    ("between 2023 and 2027", "between 2023 and 2027", "2023", "2027"),
    ("in 2026 and 2027", "in 2026 and 2027", "2026", "2027"),
    ("from the 4th quarter of 2026", "from the 4th quarter of 2026", "2026", None),
    ("in the first nine months of 2025", "in the first nine months of 2025", "2025", None),
    ("it was extended to March 2026", "to March 2026", None, "2026-03"),
    ("in May and June 2024", "in May and June 2024", "2024-05", "2024-06"),
    ("the 2024-2028 plan", "2024-2028", "2024", "2028"),
    ("in 2024–28", "in 2024–28", "2024", "2028"),
    ("it covers 2025 to 2029", "2025 to 2029", "2025", "2029"),
    ("for the years 2026 to 2033", "for the years 2026 to 2033", "2026", "2033"),
    ("18-20 May 2025", "18-20 May 2025", "2025-05-18", "2025-05-20"),
    ("from July 21 to 26, 2025", "from July 21 to 26, 2025", "2025-07-21", "2025-07-26"),
    (
        "from 30 September to 2 October 2024",
        "from 30 September to 2 October 2024",
        "2024-09-30",
        "2024-10-02",
    ),
    ("from 30 December to 2 January 2024", "from 30 December to 2 January 2024", "2023-12-30", "2024-01-02"),
    ("from May to July 2024", "from May to July 2024", "2024-05", "2024-07"),
    ("in fiscal year 2026", "in fiscal year 2026", "2026", None),
    ("the FY2026 budget", "FY2026", "2026", None),
    ("until fiscal 2018", "until fiscal 2018", None, "2018"),
    ("the fiscal years 2019 to 2028", "the fiscal years 2019 to 2028", "2019", "2028"),
]


@pytest.mark.parametrize(("text", "span", "start", "end"), ABSOLUTE)
def test_absolute_dates_need_no_anchor(text: str, span: str, start: str | None, end: str | None) -> None:
    assert told(text, None) == [(span, start, end)]


RELATIVE = [
    ("They met in April.", "2025-04", None),
    ("They met in December.", "2024-12", None),
    ("They met on July 9.", "2025-07-09", None),
    ("They met on 20 August.", "2024-08-20", None),
    ("This April 11 they met.", "2025-04-11", None),
    ("They met last December.", "2024-12", None),
    ("They met on Tuesday.", "2025-08-12", None),
    ("They met on Thursday.", "2025-08-14", None),
    ("They met last Thursday.", "2025-08-07", None),
    ("They meet next Thursday.", "2025-08-21", None),
    ("They meet this coming Monday night.", "2025-08-18", None),
    ("They met today.", "2025-08-14", None),
    ("They met yesterday.", "2025-08-13", None),
    ("They meet tomorrow.", "2025-08-15", None),
    ("They met last night.", "2025-08-13", None),
    ("They met last week.", "2025-08", None),
    ("They met last month.", "2025-07", None),
    ("They meet next year.", "2026", None),
    ("Earlier this year they met.", "2025", None),
    ("Earlier in July they met.", "2025-07", None),
    ("They met last summer.", "2024", None),
    ("They met two years ago.", "2023", None),
    ("They met three months ago.", "2025-05", None),
    ("They met 10 days ago.", "2025-08-04", None),
    ("It is done by March.", None, "2026-03"),
    ("It is done by the end of this year.", None, "2025"),
    ("It is done before the year is out.", None, "2025"),
    ("It is done by year's end.", None, "2025"),
    ("In the second half of the year it is done.", "2025", None),
    ("They trained from 12 to 20 June.", "2025-06-12", "2025-06-20"),
    ("They trained from Sept. 9 to 19.", "2024-09-09", "2024-09-19"),
    ("They trained from April 14 to May 23.", "2025-04-14", "2025-05-23"),
]


@pytest.mark.parametrize(("text", "start", "end"), RELATIVE)
def test_relative_dates_are_read_on_the_anchor(text: str, start: str | None, end: str | None) -> None:
    assert [times_[1:] for times_ in told(text)] == [(start, end)]


@pytest.mark.parametrize("text", [text for text, *_ in RELATIVE])
def test_relative_dates_keep_their_place_without_an_anchor_but_have_no_time(text: str) -> None:
    found = times(BLANK(text), None)
    assert len(found) == 1
    assert not found[0].time


REFERRING = [
    ("On Oct. 31, 2024 it fired. Three days later it drilled.", "2024-11-03"),
    ("On 28 October 2024 they met. He told him a day earlier.", "2024-10-27"),
    ("On 28 October 2024 they met. He told him the same day.", "2024-10-28"),
    ("It was signed in July 2022. In August of that year came more.", "2022-08"),
    ("It was held in November 2023. On Nov. 29 of that year it opened.", "2023-11-29"),
    ("In 2022 it sold arms. He travelled there that October.", "2022-10"),
    ("In 2022 it sold arms and, in November, rockets.", "2022-11"),
    ("Its soldiers left in 2022, and theirs a year later.", "2023"),
    ("It was signed on 17 June 2024. Radars had been ordered the year before.", "2023"),
    ("It left on 31 December 2023, set up ten years before.", "2013"),
    ("They drilled from 12 to 20 August 2025. Four days before it began, they met.", "2025-08-08"),
    ("He came on 22 May 2023. Another followed in July.", "2023-07"),
    ("It was signed on 5 March 2024. The following month it took effect.", "2024-04"),
    ("It starts in 2025. In the same year another starts.", "2025"),
    ("On 3 March 2024 they met; the same evening they dined.", "2024-03-03"),
    ("On 3 March 2024 they met. The next morning they left.", "2024-03-04"),
    ("On 3 March 2024 they met, having arrived the night before.", "2024-03-02"),
]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The ship arrived on the 2nd.", "2025-05-02"),
        ("The ship arrived on the 28th.", "2025-04-28"),
        ("They met on 12 March and parted on the 19th.", "2025-03-19"),
        ("The 45th Brigade moved on the 3rd after talks.", "2025-05-03"),
    ],
)
def test_a_bare_day_is_of_the_month_told_or_of_the_nearest(text: str, start: str) -> None:
    assert told(text, date(2025, 5, 15))[-1][1] == start


@pytest.mark.parametrize(
    "text", ["On the 45th anniversary they met.", "Forces of the 19th Brigade", "on the 21st century's seas"]
)
def test_an_ordinal_of_something_else_is_no_day(text: str) -> None:
    assert told(text) == []


def test_what_is_last_or_next_has_no_time_where_only_other_dates_are_known() -> None:
    assert [start for _, start, _ in told("In June 2023 they talked, last December they signed.", None)] == [
        "2023-06",
        None,
    ]


@pytest.mark.parametrize(("text", "start"), REFERRING)
def test_a_date_may_refer_to_one_told_before(text: str, start: str) -> None:
    assert told(text, None)[-1][1] == start


def test_a_date_before_this_text_can_be_referred_to() -> None:
    before = times(BLANK("On Oct. 31, 2024 it fired."), None)
    (found,) = times(BLANK("Three days later it drilled."), None, before)
    assert found.time.start == "2024-11-03"


def test_a_step_after_a_date_dates_what_follows_it() -> None:
    main, inner = times(BLANK("He said on Oct. 30, 2025, a day after seeing Lee, that all was well."), None)
    assert (main.time.start, main.inside) == ("2025-10-30", False)
    assert (inner.time.start, inner.inside) == ("2025-10-29", True)


def test_a_step_whose_reference_is_unclear_has_no_time() -> None:
    assert told("It entered into force on 2 October 2025.\n\nIt took effect four days after the sanctions.")[
        -1
    ][1:] == (None, None)


NO_DATES = [
    "some 2000 troops",
    "1,951 tanks and 2,000 troops",
    "Resolution 1929 was adopted",
    "F-16 and F-35A jets",
    "Type 2020 missiles",
    "in 2000 miles",
    "the 1990s",
    "$2025 a head",
    "the 2.2025 version",
    "Agenda 2030",
    "They march and may fire.",
    "Theresa May spoke",
    "7th Fleet",
    "on 31 April 2025",
    "Link 16 and STANAG 2014",
    "three months later than planned",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_that_are_no_dates_have_no_time(text: str) -> None:
    assert [m for m in times(BLANK(text), ANCHOR) if m.time] == []


@pytest.mark.parametrize(
    "text", ["over ten years", "thirty (30) days", "a five-year plan", "for 20 years", "in recent months"]
)
def test_durations_have_no_time(text: str) -> None:
    assert [(m.kind, bool(m.time)) for m in times(BLANK(text), ANCHOR)] == [("duration", False)]


TENSES = [
    ("The ministers will meet in March.", "2026-03", "2025-03"),
    ("The meeting is scheduled for 8 December.", "2025-12-08", "2024-12-08"),
    ("The ministers met in March.", "2025-03", "2026-03"),
    ("The first ship is due in October.", "2025-10", "2024-10"),
    ("The ministers are to meet on 20 August.", "2025-08-20", "2024-08-20"),
    ("The fleet is expected to be delivered in March.", "2026-03", "2025-03"),
    ("In March the ministers will meet again.", "2026-03", "2025-03"),
    ("In March the ministers met again.", "2025-03", "2026-03"),
    ("He said on Tuesday that they would meet.", "2025-08-12", "2025-08-19"),
    ("The minister arrives in Seoul on Tuesday.", "2025-08-19", "2025-08-12"),
    ("The minister visits Ankara on Aug. 25.", "2025-08-25", "2024-08-25"),
    ("The jets, ordered in 2019, came in April.", "2025-04", "2026-04"),
    ("The drills opened on Sunday and end on Saturday.", "2025-08-16", "2025-08-09"),
]


@pytest.mark.parametrize(("text", "start", "other"), TENSES)
def test_the_tense_decides_between_past_and_future(
    parse: Language, text: str, start: str, other: str
) -> None:
    found = times(parse(text), ANCHOR)[-1]
    assert (found.time.start, found.other.start) == (start, other)


PIECES = st.sampled_from(
    [
        *(
            "in",
            "on",
            "by",
            "since",
            "from",
            "to",
            "until",
            "between",
            "and",
            "the",
            "of",
            "end",
            "a",
            "two",
            "Q3",
        ),
        *(
            "2024",
            "2025",
            "1951",
            "8",
            "31",
            "2024-28",
            "FY26",
            "April",
            "May",
            "Sept.",
            "Tuesday",
            "fiscal",
            "mid-",
        ),
        *(
            "last",
            "next",
            "this",
            "that",
            "same",
            "year",
            "month",
            "week",
            "day",
            "later",
            "before",
            "after",
            "ago",
        ),
        *("-", "–", ",", ".", "(", ")", "\n", "today"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join)), st.none() | st.dates())
def test_any_text_gives_stretches_of_it_in_order_without_overlap(text: str, anchor: date | None) -> None:
    found = times(BLANK(text), anchor)
    ends = 0
    for mention in found:
        assert mention.span.covers(mention.core)
        assert ends <= mention.span.start < mention.span.end <= len(text)
        assert mention.core.of(text).strip()
        ends = mention.span.end
        _assert_iso(mention)


def _assert_iso(mention: TimeMention) -> None:
    for edge in (mention.time.start, mention.time.end, mention.other.start, mention.other.end):
        if edge is not None:
            date.fromisoformat(edge + "-01-01"[3 * edge.count("-") :])
    if mention.time.start and mention.time.end:
        assert mention.time.start[:4] <= mention.time.end[:4]
