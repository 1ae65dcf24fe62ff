"""Referrals as a document says them. Pure: no clock, no database.

What concerns the units that are given is in `referral_contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Final

from pydantic import Field, ValidationInfo, field_validator

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.policies import Vesting, vesting_days
from tallybook.programs.referrals import Commission, Referrals, ReferrerCap
from tallybook.programs.rewards_document import RewardSections, rewards_of
from tallybook.programs.rounding import Rounding
from tallybook.programs.rules import Period
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import (
    Amount,
    Currency,
    Days,
    DeclaredFund,
    DeclaredUnit,
    Months,
    check_minor_units,
    mistake,
)

WINDOW_DAYS_MAX: Final = 3_660
LEVELS_MAX: Final = 2
CAPS_MAX: Final = 5
NEWCOMERS_MAX: Final = 1_000_000_000


class NewcomerSection(Section):
    """Who can still be bound to a referrer."""

    bind_within_days: Days | None = None
    """Who was enrolled at most so many days ago. Left out: whenever it was."""
    may_have_bought: bool = False
    """Whether those who have bought something count as newcomers too."""


class MinimumSpendSection(Section):
    """What has to be left of the first purchase when the return window is over."""

    amount: Amount
    """At least so much of what counts as spent..."""
    currency: Currency
    """...in this currency."""

    @field_validator("currency")
    @classmethod
    def _whole_minor_units(cls, currency: str, info: ValidationInfo) -> str:
        if "amount" in info.data:
            check_minor_units(info.data["amount"], currency)
        return currency


class ReferralRewardsSection(Section):
    """What the first purchase brings, when the return window is over."""

    newcomer: RewardSections = ()
    """To whoever bought."""
    referrer: RewardSections = ()
    """To whoever brought them."""


class ReferrerCapSection(Section):
    """How many newcomers a referrer is rewarded for."""

    period: Period
    """What the cap counts over, in the program's time zone. Weeks begin on Monday."""
    newcomers: Annotated[int, Field(ge=1, le=NEWCOMERS_MAX)]
    """At most so many. Those beyond get their own reward all the same."""

    @field_validator("period")
    @classmethod
    def _counts_newcomers(cls, period: Period) -> Period:
        if period is Period.EVENT:
            raise mistake("bounds nothing: one event brings one newcomer")
        return period


class CommissionSection(Section):
    """What every order of a newcomer brings, as long as it is not given back."""

    unit: DeclaredUnit
    """The unit that is given."""
    currency: Currency
    """The ISO 4217 code of the money that counts."""
    per: Amount
    """For this much of what counts as spent, such as "1.00"..."""
    levels: Annotated[int, Field(ge=1, le=LEVELS_MAX)] = 1
    """1 for the referrer alone, 2 for the referrer's own as well. It is never lowered."""
    rates: Annotated[tuple[Amount, ...], Field(max_length=LEVELS_MAX)]
    """...so many whole units, a rate for each level. Without rates nothing more is given."""
    fund: DeclaredFund = HOUSE_FUND
    """Who pays for it."""
    rounding: Rounding = Rounding.FLOOR
    """What becomes of a fraction of the unit's smallest step, once for each order."""
    vesting: Vesting | None = None
    """When it becomes available, if not as the unit says."""
    months: Months | None = None
    """For how many months after the binding orders bring anything. Left out: for ever."""

    @field_validator("per")
    @classmethod
    def _whole_minor_units(cls, per: Fraction, info: ValidationInfo) -> Fraction:
        if "currency" in info.data:
            check_minor_units(per, info.data["currency"])
        return per

    @field_validator("rates")
    @classmethod
    def _of_each_level(cls, rates: tuple[Amount, ...], info: ValidationInfo) -> tuple[Amount, ...]:
        levels = info.data.get("levels", LEVELS_MAX)
        if len(rates) > levels:
            raise mistake(f"are {len(rates)}, and levels is {levels}")
        return rates


class ReferralsSection(Section):
    """Members who bring newcomers, and what both get for it."""

    return_window_days: Annotated[int, Field(ge=0, le=WINDOW_DAYS_MAX)]
    """How many local days after a purchase it counts, unless it was given back by then."""
    newcomer: NewcomerSection = NewcomerSection()
    """Who counts as a newcomer."""
    minimum_spend: MinimumSpendSection | None = None
    """What the first purchase has to come to. Left out: it may be anything."""
    rewards: ReferralRewardsSection = ReferralRewardsSection()
    """What the first purchase brings, as it is promised when a newcomer is bound."""
    caps: Annotated[tuple[ReferrerCapSection, ...], Field(max_length=CAPS_MAX)] = ()
    """How many newcomers a referrer is rewarded for, as it stands when they are bound."""
    commission: CommissionSection | None = None
    """What every order brings. Once declared it stays, if only without rates."""

    @field_validator("caps")
    @classmethod
    def _periods_differ(cls, caps: tuple[ReferrerCapSection, ...]) -> tuple[ReferrerCapSection, ...]:
        seen: set[Period] = set()
        for index, cap in enumerate(caps):
            if cap.period in seen:
                raise mistake("has a cap already", at=(index, "period"))
            seen.add(cap.period)
        return caps


def referrals_of(section: ReferralsSection | None, scales: Mapping[str, int]) -> Referrals | None:
    """Referrals ready to run, None where a program has none; `scales` are those of the units."""
    if section is None:
        return None
    least = section.minimum_spend
    return Referrals(
        return_window_days=section.return_window_days,
        bind_within_days=section.newcomer.bind_within_days,
        may_have_bought=section.newcomer.may_have_bought,
        minimum=0 if least is None else int(least.amount * _minor_units(least.currency)),
        currency="" if least is None else least.currency,
        newcomer=rewards_of(section.rewards.newcomer, scales),
        referrer=rewards_of(section.rewards.referrer, scales),
        caps=tuple(ReferrerCap(cap.period, cap.newcomers) for cap in section.caps),
        commission=None if section.commission is None else _commission(section.commission, scales),
    )


def _commission(section: CommissionSection, scales: Mapping[str, int]) -> Commission:
    money = section.per * _minor_units(section.currency)
    rates = [Fraction(rate * 10 ** scales[section.unit], money) for rate in section.rates]
    return Commission(
        unit=section.unit,
        fund=section.fund,
        currency=section.currency,
        rates=tuple((rate.numerator, rate.denominator) for rate in rates),
        rounding=section.rounding,
        levels=section.levels,
        vesting_days=None if section.vesting is None else vesting_days(section.vesting),
        months=section.months,
    )


def _minor_units(currency: str) -> int:
    return int(10 ** MINOR_UNIT_DECIMALS[currency])
