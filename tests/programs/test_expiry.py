"""When units lapse, as dates: facts and properties of every policy. Knows no time zone."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs.expiry import (
    NEVER,
    after_days,
    after_months,
    end_of_month,
    end_of_quarter,
    end_of_year,
    never,
    shortest_life_days,
)

DAYS = st.dates()
MONTHS = st.integers(min_value=0, max_value=1_200)


def test_never_is_the_last_day_of_the_calendar() -> None:
    assert date.max == NEVER
    assert never(date(2026, 1, 1)) == NEVER


@pytest.mark.parametrize(
    ("earned_on", "months", "expires_on"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(1, 1, 31), 1, date(1, 2, 28)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, NEVER),
        (date(9000, 1, 1), 12_000, NEVER),
    ],
)
def test_months_clamp_to_the_shorter_month(earned_on: date, months: int, expires_on: date) -> None:
    assert after_months(earned_on, months) == expires_on


@pytest.mark.parametrize(
    ("earned_on", "plus_months", "month", "quarter", "year"),
    [
        (date(2026, 3, 1), 0, date(2026, 3, 31), date(2026, 3, 31), date(2026, 12, 31)),
        (date(2026, 3, 31), 0, date(2026, 3, 31), date(2026, 3, 31), date(2026, 12, 31)),
        (date(2026, 4, 1), 0, date(2026, 4, 30), date(2026, 6, 30), date(2026, 12, 31)),
        (date(2027, 1, 31), 13, date(2028, 2, 29), date(2028, 3, 31), date(2028, 12, 31)),
        (date(2026, 5, 17), 12, date(2027, 5, 31), date(2027, 6, 30), date(2027, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 31), date(2027, 3, 31), date(2027, 12, 31)),
        (date(9999, 11, 2), 1, NEVER, NEVER, NEVER),
        (date(9999, 12, 2), 1, NEVER, NEVER, NEVER),
    ],
)
def test_periods_end_on_their_last_day(
    earned_on: date, plus_months: int, month: date, quarter: date, year: date
) -> None:
    assert end_of_month(earned_on, plus_months) == month
    assert end_of_quarter(earned_on, plus_months) == quarter
    assert end_of_year(earned_on, plus_months) == year


def test_days_past_the_end_of_the_calendar_are_never() -> None:
    assert after_days(date(9999, 12, 30), 1) == NEVER
    assert after_days(date(9999, 12, 30), 2) == NEVER
    assert after_days(date(1, 1, 1), 10**9) == NEVER


@given(DAYS, st.integers(min_value=0, max_value=40_000))
def test_days_are_counted_exactly_or_clamped(earned_on: date, days: int) -> None:
    found = after_days(earned_on, days)
    assert found == NEVER or found - earned_on == timedelta(days=days)


@given(DAYS, MONTHS)
def test_months_keep_the_day_or_take_the_last(earned_on: date, months: int) -> None:
    found = after_months(earned_on, months)
    index = earned_on.year * 12 + earned_on.month - 1 + months
    if index >= 10_000 * 12:
        assert found == NEVER
        return
    assert (found.year, found.month) == (index // 12, index % 12 + 1)
    assert found.day == min(earned_on.day, monthrange(found.year, found.month)[1])


@given(DAYS, MONTHS)
def test_a_period_ends_no_sooner_than_its_day_and_the_next_day_is_another_period(
    earned_on: date, plus_months: int
) -> None:
    within = after_months(earned_on, plus_months)
    ends = [rule(earned_on, plus_months) for rule in (end_of_month, end_of_quarter, end_of_year)]
    assert [within, *ends] == sorted([within, *ends])
    for end, months in zip(ends, (1, 3, 12), strict=True):
        following = end if end == NEVER else end + timedelta(days=1)
        assert end == NEVER or (following.day == 1 and (following.month - 1) % months == 0)
        assert (within.month - 1) // months == (end.month - 1) // months


@given(DAYS, DAYS, MONTHS)
def test_what_is_earned_later_never_lapses_sooner(one: date, other: date, months: int) -> None:
    earlier, later = sorted([one, other])
    for rule in (after_months, end_of_month, end_of_quarter, end_of_year):
        assert rule(earlier, months) <= rule(later, months)
    assert after_days(earlier, months) <= after_days(later, months)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (lambda day: after_days(day, 10), 10),
        (lambda day: after_months(day, 1), 28),
        (lambda day: end_of_month(day, 0), 0),
        (lambda day: end_of_month(day, 1), 28),
        (lambda day: end_of_year(day, 12), 365),
    ],
)
def test_the_shortest_life_is_found(rule: object, days: int) -> None:
    assert callable(rule)
    assert shortest_life_days(rule) == days
