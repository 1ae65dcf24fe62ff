"""What callers know of grants by the calendar, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.grants.queries import (
    ComingGrants,
    ForecastGrants,
    GrantDue,
    GrantForecastDay,
    GrantHad,
    GrantPage,
    PastGrants,
)
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, UnitsReward

__all__ = [
    "ComingGrants",
    "CouponReward",
    "ForecastGrants",
    "GrantDue",
    "GrantForecastDay",
    "GrantHad",
    "GrantPage",
    "MembershipDaysReward",
    "PastGrants",
    "UnitsReward",
]
