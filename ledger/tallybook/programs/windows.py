"""When rules and coupons apply, and when periods begin, in local time. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from tallybook.programs.rules import Calendar, Period, Window

MIDNIGHT: Final = time()
"""As the end of a span of hours: the end of the day."""
EVER: Final = date.min
"""The beginning of the period that is a member's life."""


def is_open(window: Window, at: datetime, local: datetime) -> bool:
    """Whether a rule with this window applies at a moment, told in UTC and in the program's time zone."""
    if window.starts_at is not None and at < window.starts_at:
        return False
    if window.ends_at is not None and at >= window.ends_at:
        return False
    return not window.calendars or is_on_any(window.calendars, local)


def is_on_any(calendars: Iterable[Calendar], local: datetime) -> bool:
    """Whether any of the calendars has this moment of the program's time zone."""
    return any(_is_on(calendar, local) for calendar in calendars)


def _is_on(calendar: Calendar, local: datetime) -> bool:
    if calendar.weekdays and local.isoweekday() not in calendar.weekdays:
        return False
    if calendar.month_days and local.day not in calendar.month_days:
        return False
    if calendar.dates and local.date() not in calendar.dates:
        return False
    if not calendar.hours:
        return True
    hour = local.time()
    return any(start <= hour and (hour < end or end == MIDNIGHT) for start, end in calendar.hours)


@lru_cache(maxsize=1024)
def starts_of(day: date) -> Mapping[str, date]:
    """The first local day of each period that a local day lies in. Weeks begin on Monday, as in ISO 8601."""
    return {
        Period.EVENT: day,
        Period.DAY: day,
        Period.WEEK: day - timedelta(days=day.weekday()),
        Period.MONTH: day.replace(day=1),
        Period.YEAR: day.replace(month=1, day=1),
        Period.LIFE: EVER,
    }
