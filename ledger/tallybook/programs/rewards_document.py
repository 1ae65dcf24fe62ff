"""What tasks, tiers, calendars and referrals give, as a document says it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from tallybook.programs.policies import Vesting, vesting_days
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, Reward, UnitsReward
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import (
    Amount,
    Days,
    DeclaredFund,
    DeclaredGift,
    DeclaredPlan,
    DeclaredUnit,
    check_whole_steps,
)

REWARDS_MAX: Final = 20
COUPONS_MAX: Final = 20


class GivesUnits(Section):
    """A number of units."""

    kind: Literal["units"]
    unit: DeclaredUnit
    """The unit that is given. Money is not: what is owed as money was paid in."""
    units: Amount
    """How many whole units, such as 50 or "0.5"."""
    fund: DeclaredFund = HOUSE_FUND
    """Who pays for it."""
    vesting: Vesting | None = None
    """When it becomes available, if not as the unit says."""

    @field_validator("units")
    @classmethod
    def _whole_steps(cls, units: Amount, info: ValidationInfo) -> Amount:
        if "unit" in info.data:
            check_whole_steps(units, info.data["unit"], info, ())
        return units


class GivesDays(Section):
    """Days of a plan of membership, at the end of what there is."""

    kind: Literal["membership_days"]
    plan: DeclaredPlan
    """The plan."""
    days: Days
    """How many days."""


class GivesCoupons(Section):
    """Coupons."""

    kind: Literal["coupon"]
    template: DeclaredGift
    """The template: one without a stock, limits and unique codes. What falls due cannot be refused."""
    count: Annotated[int, Field(ge=1, le=COUPONS_MAX)] = 1
    """How many."""


RewardSection = Annotated[GivesUnits | GivesDays | GivesCoupons, Field(discriminator="kind")]
RewardSections = Annotated[tuple[RewardSection, ...], Field(max_length=REWARDS_MAX)]
"""What is given, all of it."""


def rewards_of(sections: Iterable[RewardSection], scales: Mapping[str, int]) -> tuple[Reward, ...]:
    """Rewards ready to run; `scales` are those of the units."""
    return tuple(_reward(each, scales) for each in sections)


def _reward(section: RewardSection, scales: Mapping[str, int]) -> Reward:
    match section:
        case GivesDays():
            return MembershipDaysReward(section.plan, section.days)
        case GivesCoupons():
            return CouponReward(section.template, section.count)
        case _:
            return _units(section, scales)


def _units(section: GivesUnits, scales: Mapping[str, int]) -> UnitsReward:
    return UnitsReward(
        unit=section.unit,
        fund=section.fund,
        steps=int(section.units * 10 ** scales[section.unit]),
        vesting_days=None if section.vesting is None else vesting_days(section.vesting),
    )
