"""What tasks, tiers, calendars and referrals give, compiled and immutable. Pure: no clock, no database.

Amounts of units are in smallest steps. A new kind of reward is a class here, a model in `rewards_document`
and a case where rewards are given.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitsReward:
    """`steps` of a unit, at the cost of a fund. `vesting_days` overrides the unit's when it is not None."""

    unit: str
    fund: str
    steps: int
    vesting_days: int | None = None


@dataclass(frozen=True, slots=True)
class MembershipDaysReward:
    """So many days of a plan of membership."""

    plan: str
    days: int


@dataclass(frozen=True, slots=True)
class CouponReward:
    """`count` coupons of a template, which has no stock and limits nothing: what falls due is given."""

    template: str
    count: int


Reward = UnitsReward | MembershipDaysReward | CouponReward
