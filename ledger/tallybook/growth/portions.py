"""What a reward comes to that is given on a day, as notes keep it. Pure: no clock, no database.

Coupons and days of a plan stand where a unit's name does, under names with a slash, which no unit has. So a
story adds up all that it gives, and takes it back, in one way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from tallybook.coupons.notes import coupon_unit
from tallybook.growth.task_state import Portion
from tallybook.journal.accounts import HOUSE_FUND, VESTED
from tallybook.programs.expiry import NEVER, after_days
from tallybook.programs.program import Unit
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, Reward, UnitsReward

_COUPONS: Final = coupon_unit("")
_DAYS: Final = "membership_days/"


def template_in(unit: str) -> str:
    """The template of coupons that stand where a unit does; empty for anything else."""
    return unit.removeprefix(_COUPONS) if unit.startswith(_COUPONS) else ""


def plan_in(unit: str) -> str:
    """The plan of days that stand where a unit does; empty for anything else."""
    return unit.removeprefix(_DAYS) if unit.startswith(_DAYS) else ""


def is_unit(unit: str) -> bool:
    """Whether what stands where a unit does is one."""
    return "/" not in unit


def portion_of(reward: Reward, units: Mapping[str, Unit], on: date) -> Portion:
    """What a reward comes to that is given on a local day. That of coupons is the day of their issue."""
    match reward:
        case CouponReward(template, count):
            return Portion(coupon_unit(template), HOUSE_FUND, count, on, NEVER)
        case MembershipDaysReward(plan, days):
            return Portion(_DAYS + plan, HOUSE_FUND, days, VESTED, NEVER)
        case UnitsReward():
            return units_portion(reward, units[reward.unit], on)


def units_portion(reward: UnitsReward, unit: Unit, on: date) -> Portion:
    """What a reward in units comes to."""
    if reward.vesting_days is None:
        vests_on = unit.vests_on(on)
    else:
        vests_on = after_days(on, reward.vesting_days) if reward.vesting_days else None
    expires_on = unit.expires_on(on, reward.fund)
    return Portion(reward.unit, reward.fund, reward.steps, vests_on or VESTED, expires_on)


def moved_to(portion: Portion, on: date, day: date, units: Mapping[str, Unit]) -> Portion:
    """A portion that is given on another day than it was to be: its days count from then.

    Units that the program does not have any more would not be: a unit once declared stays.
    """
    unit, fund, amount = portion.unit, portion.fund, portion.amount
    if template_in(unit):
        return Portion(unit, fund, amount, day, NEVER)
    if plan_in(unit):
        return portion
    waits = 0 if portion.vests_on == VESTED else (portion.vests_on - on).days
    vests_on = after_days(day, waits) if waits else VESTED
    return Portion(unit, fund, amount, vests_on, units[unit].expires_on(day, fund))
