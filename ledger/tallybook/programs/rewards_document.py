"""What tasks, tiers, calendars and referrals give, as a document says it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from tallybook.programs.policies import Vesting, vesting_days
from tallybook.programs.rewards import Reward, UnitsReward
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import Amount, DeclaredFund, DeclaredUnit, check_whole_steps

REWARDS_MAX: Final = 20


class UnitsRewardSection(Section):
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


RewardSection = UnitsRewardSection
RewardSections = Annotated[tuple[RewardSection, ...], Field(max_length=REWARDS_MAX)]
"""What is given, all of it."""


def rewards_of(sections: Iterable[RewardSection], scales: Mapping[str, int]) -> tuple[Reward, ...]:
    """Rewards ready to run; `scales` are those of the units."""
    return tuple(
        UnitsReward(
            unit=each.unit,
            fund=each.fund,
            steps=int(each.units * 10 ** scales[each.unit]),
            vesting_days=None if each.vesting is None else vesting_days(each.vesting),
        )
        for each in sections
    )
