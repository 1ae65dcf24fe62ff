"""How the periods of tasks follow each other, in local days. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date, timedelta

from tallybook.programs.expiry import NEVER, after_days, after_months
from tallybook.programs.rules import Period


def next_start(period: Period, since: date) -> date:
    """The first day of the period after the one that began on `since`; NEVER after a member's life."""
    match period:
        case Period.DAY:
            return after_days(since, 1)
        case Period.WEEK:
            return after_days(since, 7)
        case Period.MONTH:
            return after_months(since, 1)
        case Period.YEAR:
            return after_months(since, 12)
        case _:
            return NEVER


def last_day(period: Period, since: date) -> date:
    """The last day of the period that began on `since`; NEVER for a member's life."""
    after = next_start(period, since)
    return after if after == NEVER else after - timedelta(days=1)
