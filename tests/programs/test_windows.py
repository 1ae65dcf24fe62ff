"""When rules apply, and when the periods of caps begin. Knows no rule."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs.rules import Calendar, Period, Window
from tallybook.programs.windows import is_open, starts_of

BERLIN = ZoneInfo("Europe/Berlin")


def is_open_at(window: Window, text: str, zone: ZoneInfo = BERLIN) -> bool:
    """Whether a window is open at a local time."""
    local = datetime.fromisoformat(text).replace(tzinfo=zone)
    return is_open(window, local.astimezone(UTC), local)


def test_a_window_without_bounds_is_open() -> None:
    assert is_open_at(Window(), "2026-03-03T00:00")


def test_a_window_is_open_from_its_start_until_before_its_end() -> None:
    window = Window(datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC))
    found = [
        is_open_at(window, text)
        for text in (
            "2026-03-01T23:59:59.999999",
            "2026-03-02T00:00",
            "2026-03-31T23:59:59",
            "2026-04-01T00:00",
        )
    ]
    assert found == [False, True, True, False]


MEMBER_DAY = Calendar(month_days=frozenset({8, 18}))
TUESDAYS = Calendar(weekdays=frozenset({2}))
HAPPY_HOUR = Calendar(hours=((time(17), time(19)), (time(22), time())))
HOLIDAY = Calendar(dates=frozenset({date(2026, 12, 25)}))


@pytest.mark.parametrize(
    ("calendar", "at", "expected"),
    [
        (MEMBER_DAY, "2026-03-08T10:00", True),
        (MEMBER_DAY, "2026-03-09T10:00", False),
        (TUESDAYS, "2026-03-03T10:00", True),
        (TUESDAYS, "2026-03-04T10:00", False),
        (HOLIDAY, "2026-12-25T10:00", True),
        (HOLIDAY, "2025-12-25T10:00", False),
        (HAPPY_HOUR, "2026-03-03T16:59:59", False),
        (HAPPY_HOUR, "2026-03-03T17:00", True),
        (HAPPY_HOUR, "2026-03-03T19:00", False),
        (HAPPY_HOUR, "2026-03-03T23:59:59.999999", True),
        (HAPPY_HOUR, "2026-03-03T00:00", False),
        (Calendar(weekdays=frozenset({2}), hours=((time(17), time(19)),)), "2026-03-03T18:00", True),
        (Calendar(weekdays=frozenset({2}), hours=((time(17), time(19)),)), "2026-03-04T18:00", False),
        (Calendar(weekdays=frozenset({2}), month_days=frozenset({8})), "2026-03-08T10:00", False),
        (Calendar(), "2026-03-08T10:00", True),
    ],
)
def test_all_of_a_calendar_must_hold(calendar: Calendar, at: str, expected: bool) -> None:
    assert is_open_at(Window(calendars=(calendar,)), at) is expected


def test_one_of_several_calendars_is_enough() -> None:
    window = Window(calendars=(MEMBER_DAY, TUESDAYS))
    assert is_open_at(window, "2026-03-08T10:00")
    assert is_open_at(window, "2026-03-03T10:00")
    assert not is_open_at(window, "2026-03-04T10:00")


def test_hours_are_local_also_when_clocks_change() -> None:
    window = Window(calendars=(Calendar(hours=((time(2), time(3)),)),))
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert is_open(window, second, second.astimezone(BERLIN)), "02:30 comes twice that night"
    spring = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert not is_open(window, spring, spring.astimezone(BERLIN)), "02:30 is left out that night"


@pytest.mark.parametrize(
    ("day", "week", "month", "year"),
    [
        ("2026-03-04", "2026-03-02", "2026-03-01", "2026-01-01"),
        ("2026-03-01", "2026-02-23", "2026-03-01", "2026-01-01"),
        ("2027-01-01", "2026-12-28", "2027-01-01", "2027-01-01"),
        ("2024-02-29", "2024-02-26", "2024-02-01", "2024-01-01"),
    ],
)
def test_periods_begin_on_mondays_firsts_and_new_years_days(
    day: str, week: str, month: str, year: str
) -> None:
    starts = starts_of(date.fromisoformat(day))
    found = [starts[period].isoformat() for period in (Period.WEEK, Period.MONTH, Period.YEAR)]
    assert found == [week, month, year]
    assert starts[Period.DAY].isoformat() == day


@given(
    st.sampled_from(list(Period)), st.dates(min_value=date(1970, 1, 1)), st.dates(min_value=date(1970, 1, 1))
)
def test_a_period_begins_before_its_days_and_never_later_for_an_earlier_day(
    period: Period, one: date, other: date
) -> None:
    start = starts_of(one)[period]
    assert start <= one
    assert starts_of(start)[period] == start
    assert starts_of(min(one, other))[period] <= starts_of(max(one, other))[period]
