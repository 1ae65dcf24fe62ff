"""The narrator notices what comes out otherwise, and refuses what is not told as stories are."""

from datetime import UTC, date, datetime

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.stories.narrator import ComesOutOtherwise, Narrator
from tests.stories.outcomes import mismatch, told_lots
from tests.stories.story import StoryMistake, read_stories

PROGRAM = """
timezone: America/New_York
units:
  points: {kind: redeemable}
"""


def told(lines: str) -> None:
    (story,) = read_stories(f"{PROGRAM}\n== Once upon a time\n{lines}")
    clock = SetClock(story.lines[0].at)
    with tb.Book.open("sqlite://", clock=clock) as book:
        book.apply(story.document("shop"))
        Narrator(book, clock, story, "shop").tell()


def moments(lines: str) -> list[datetime]:
    (story,) = read_stories(f"{PROGRAM}\n== Once upon a time\n{lines}")
    return [line.at for line in story.lines]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ("award m1 a1 10 => +11", "+10"),
        ("award m1 a1 10 => -10", "+10"),
        ("award m1 a1 10 => replayed", "+10"),
        ("award m1 a1 10 => NOT_ENOUGH_POINTS", "+10"),
        ("award m1 a1 10 => +10 leaving available 11", "available 10"),
        ("award m1 a1 10 => +10 nonsense 1", "+10"),
        ("award m1 a1 10 => +10 available", "+10"),
        ("redeem m1 r1 10", "NOT_ENOUGH_POINTS"),
        ("redeem m1 r1 10 => NOT_ENOUGH_POINTS asked 11", "asked 10"),
        ("redeem m1 r1 10 => UNKNOWN_UNIT", "NOT_ENOUGH_POINTS"),
        ("again m1 enroll", "replayed"),
        ("lots m1 => 10 until never", "none"),
        ("statement m1 => award enroll", "enroll"),
        ("| redeem m1 r1 10 => -10", "NOT_ENOUGH_POINTS"),
    ],
)
def test_what_comes_out_otherwise_is_noticed(wrong: str, found: str) -> None:
    with pytest.raises(ComesOutOtherwise, match="line 8: ") as noticed:
        told(f"2026-01-01 enroll m1\n01-02 {wrong}\n")
    assert found in str(noticed.value).split("it came to: ")[1]


@pytest.mark.parametrize(
    "nonsense",
    [
        "01-02 steal m1",
        "01-02 award m1",
        "01-02 award m1 a1 10 points and then some",
        "01-02 award m1 a1 ten",
        "01-02 freeze m1",
        "01-02 again m1 never-asked",
        "01-02",
        "2025-12-31 award m1 a1 10",
        "01-02 clock goes back",
        "03-08 02:30 award m1 a1 10",
    ],
)
def test_nonsense_is_refused(nonsense: str) -> None:
    with pytest.raises(StoryMistake):
        told(f"2026-01-01 enroll m1\n{nonsense}\n")


def test_the_first_moment_has_a_year() -> None:
    with pytest.raises(StoryMistake, match="year"):
        told("01-01 enroll m1\n")


def test_moments_are_local_and_what_is_left_out_stays() -> None:
    lines = "2026-03-07 a\n13:00 b\nc\n03-08 d\n03-08 23:00Z e\n2027-01-01 00:00:01 f\n01-02 g"
    assert moments(lines) == [
        datetime(2026, 3, 7, 17, 0, tzinfo=UTC),
        datetime(2026, 3, 7, 18, 0, tzinfo=UTC),
        datetime(2026, 3, 7, 18, 0, tzinfo=UTC),
        datetime(2026, 3, 8, 16, 0, tzinfo=UTC),
        datetime(2026, 3, 8, 23, 0, tzinfo=UTC),
        datetime(2027, 1, 1, 5, 0, 1, tzinfo=UTC),
        datetime(2027, 1, 2, 17, 0, tzinfo=UTC),
    ]


def test_a_clock_that_goes_back_is_told() -> None:
    assert moments("2026-01-02 a\n2026-01-01 clock goes back\nb") == [
        datetime(2026, 1, 2, 17, tzinfo=UTC),
        datetime(2026, 1, 1, 17, tzinfo=UTC),
    ]


def test_a_file_tells_several_stories_on_several_programs() -> None:
    first = "timezone: UTC\n== One\n2026-01-01 a\n== Two\n2026-01-01 b"
    text = f"{first}\n---\ntimezone: Asia/Tokyo\n== Three\n2026-01-01 c"
    found = [(story.title, story.zone.key, story.lines[0].words) for story in read_stories(text)]
    assert found == [("One", "UTC", ("a",)), ("Two", "UTC", ("b",)), ("Three", "Asia/Tokyo", ("c",))]


def test_an_error_that_nobody_expected_is_noticed() -> None:
    assert mismatch(None, tb.UnknownMember(program="p", member="m")) == "UNKNOWN_MEMBER program p member m"
    assert mismatch("UNKNOWN_MEMBER member m", tb.UnknownMember(program="p", member="m")) is None


def test_lots_are_told_with_what_sets_them_apart() -> None:
    views = (
        tb.LotView("available", "house", 5, None, None),
        tb.LotView("pending", "partner", 7, date(2026, 12, 31), date(2026, 1, 15)),
    )
    assert told_lots(views) == "5 until never, 7 pending of partner from 2026-01-15 until 2026-12-31"
