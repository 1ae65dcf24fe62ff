"""When units lapse and vest, as dates: one function for each policy. Pure: no clock, no database.

All dates are local dates of the program's time zone. A lot with `expires_on` D can be spent through day D.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta
from typing import Final

NEVER: Final = date(9999, 12, 31)
"""The date of what does not lapse. What would lapse later still is clamped to it."""

ExpiryRule = Callable[[date], date]
"""From the local date of earning to the last day of spending."""


def never(earned_on: date) -> date:
    """Does not lapse."""
    return NEVER


def after_days(earned_on: date, days: int) -> date:
    """`days` after `earned_on`; past the end of the calendar it is NEVER."""
    assert days >= 0, "policies count forward"
    return NEVER if days > (NEVER - earned_on).days else earned_on + timedelta(days=days)


def after_months(earned_on: date, months: int) -> date:
    """The same day `months` later, or the last of a shorter month: 31 January + 1 month is 28/29 February."""
    assert months >= 0, "policies count forward"
    years, month_index = divmod(earned_on.month - 1 + months, 12)
    year = earned_on.year + years
    if year > MAXYEAR:
        return NEVER
    month = month_index + 1
    return date(year, month, min(earned_on.day, monthrange(year, month)[1]))


def end_of_month(earned_on: date, plus_months: int) -> date:
    """The last day of the month that lies `plus_months` after the month of earning."""
    return _end_of_period(earned_on, plus_months, months=1)


def end_of_quarter(earned_on: date, plus_months: int) -> date:
    """The last day of the calendar quarter of the day `plus_months` after earning."""
    return _end_of_period(earned_on, plus_months, months=3)


def end_of_year(earned_on: date, plus_months: int) -> date:
    """The last day of the calendar year of the day `plus_months` after earning."""
    return _end_of_period(earned_on, plus_months, months=12)


def _end_of_period(earned_on: date, plus_months: int, months: int) -> date:
    within = after_months(earned_on, plus_months)
    last_month = -(-within.month // months) * months
    return date(within.year, last_month, monthrange(within.year, last_month)[1])


FOUR_YEARS: Final = tuple(date(2023, 1, 1) + timedelta(days=day) for day in range(1461))
"""Every shape a year can have, so that a rule can be tried on all of them."""


def shortest_life_days(rule: ExpiryRule) -> int:
    """The fewest days that a rule leaves between earning and the last day of spending."""
    return min((rule(earned_on) - earned_on).days for earned_on in FOUR_YEARS)
