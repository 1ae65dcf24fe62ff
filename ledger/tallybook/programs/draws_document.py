"""Draws and red packets as a document says them. Pure: no clock, no database.

What concerns units too is in `draw_contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from tallybook.programs.calendars import WhenSection, window_of
from tallybook.programs.draws import DrawRules, FundedBy, Prize, RedPacketRules, Times
from tallybook.programs.local_days import LocalDays
from tallybook.programs.rewards_document import RewardSections, rewards_of
from tallybook.programs.rules import Calendar, Period
from tallybook.programs.rules_document import Labels
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import (
    Amount,
    Code,
    Count,
    DeclaredFund,
    DeclaredTier,
    DeclaredUnit,
    DisplayName,
    check_whole_steps,
    mistake,
    one_a_period,
    without_repeats,
)

DRAWS_MAX: Final = 1_000
PRIZES_MAX: Final = 100
WEIGHT_MAX: Final = 1_000_000_000
AFTER_MAX: Final = 10_000
SHARES_MAX: Final = 500
PACKET_SECONDS_MAX: Final = 30 * 24 * 60 * 60

Weight = Annotated[int, Field(ge=0, le=WEIGHT_MAX)]
PeriodName = Literal["day", "week", "month", "year", "life"]


class UnitsSection(Section):
    """An amount of a unit."""

    unit: DeclaredUnit
    """The unit."""
    units: Amount
    """How many whole units, such as 10 or "0.5"."""

    @field_validator("units")
    @classmethod
    def _whole_steps(cls, units: Amount, info: ValidationInfo) -> Amount:
        if "unit" in info.data:
            check_whole_steps(units, info.data["unit"], info, ())
        return units

    def steps(self, scales: Mapping[str, int]) -> int:
        """The amount in smallest steps."""
        return int(self.units * 10 ** scales[self.unit])


class TimesSection(Section):
    """So many times in a period."""

    period: PeriodName
    """In each of these, in the program's time zone. Weeks begin on Monday."""
    most: Count
    """At most so many."""


class PrizeSection(Section):
    """One thing that can be won."""

    display_name: DisplayName = ""
    """Name for people."""
    weight: Weight
    """How often it is won, in proportion to all other weights. 0 is only where nothing else is left."""
    stock: Count | None = None
    """How many there are for all members together, in all rounds."""
    most_per_member: Count | None = None
    """How many one member wins at most in a round."""
    rewards: RewardSections = ()
    """What is given at once."""
    bonus: UnitsSection | None = None
    """Money that is added to stored value, as bonus."""
    goods: DisplayName = ""
    """What is sent to who wins it, by its name."""


class GuaranteeSection(Section):
    """A prize for who has had none for long."""

    after: Annotated[int, Field(ge=1, le=AFTER_MAX)]
    """After so many draws without one, the next one wins one, as long as there is any."""
    prizes: Annotated[tuple[Code, ...], Field(max_length=PRIZES_MAX), AfterValidator(without_repeats)] = ()
    """The prizes that it is about. Left out: all that have a weight."""


class DrawSection(Section):
    """A draw."""

    display_name: DisplayName = ""
    """Name for people."""
    when: WhenSection | None = None
    """When members can draw. Left out: as long as it is open."""
    cost: UnitsSection | None = None
    """What a draw costs, of points or of a unit of chances. Left out: nothing."""
    free: TimesSection | None = None
    """How many draws cost nothing."""
    limits: Annotated[tuple[TimesSection, ...], Field(max_length=5), AfterValidator(one_a_period)] = ()
    """How often a member draws at most."""
    tiers: Annotated[tuple[DeclaredTier, ...], AfterValidator(without_repeats)] = ()
    """The only tiers that it is for, of any ladder."""
    tags: Labels = ()
    """Tags, one of which a member must have."""
    prizes: Annotated[Mapping[Code, PrizeSection], Field(min_length=1, max_length=PRIZES_MAX)]
    """What can be won, by name."""
    blank_weight: Weight = 0
    """How often nothing is won, in proportion to the weights of prizes."""
    guarantee: GuaranteeSection | None = None
    """When a member is sure to win."""
    fallback: Code | None = None
    """The prize where nothing else is left: one without stock and without most_per_member."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        weights = {code: prize.weight for code, prize in self.prizes.items()}
        if not self.blank_weight and not any(weights.values()):
            raise mistake("have no weight, none of them: nothing could ever be won", at=("prizes",))
        for index, code in enumerate(() if self.guarantee is None else self.guarantee.prizes):
            if not weights.get(code):
                sentence = "is not a prize of this draw" if code not in weights else "has a weight of 0"
                raise mistake(sentence, sorted(weights), at=("guarantee", "prizes", index))
        if self.guarantee is not None and not any(weights.values()):
            raise mistake("needs a prize that has a weight", at=("guarantee",))
        if self.fallback is not None:
            prize = self.prizes.get(self.fallback)
            if prize is None:
                raise mistake("is not a prize of this draw", sorted(weights), at=("fallback",))
            if prize.stock is not None or prize.most_per_member is not None:
                raise mistake("has a stock or a limit, and must always be there", at=("fallback",))
        return self


class RedPacketSection(Section):
    """A kind of red packets: a sum that is split by lot over those who come first."""

    display_name: DisplayName = ""
    """Name for people."""
    unit: DeclaredUnit
    """What it is of: a unit that can be spent, or for one of the house, of stored value, which gets bonus."""
    funded_by: FundedBy
    """Who gives it: a member out of what they have, or the house."""
    fund: DeclaredFund = HOUSE_FUND
    """Who pays for those of the house."""
    budget: Amount | None = None
    """How many whole units the house gives at most in all of these."""
    most_units: Amount
    """How many whole units are in one at most."""
    most_shares: Annotated[int, Field(ge=1, le=SHARES_MAX)] = 100
    """Over how many claims one is split at most."""
    lasts_seconds: Annotated[int, Field(ge=1, le=PACKET_SECONDS_MAX)] = 24 * 60 * 60
    """How long it can be claimed. What is left then goes back."""

    @field_validator("budget", "most_units")
    @classmethod
    def _whole_steps(cls, units: Amount | None, info: ValidationInfo) -> Amount | None:
        if units is not None and "unit" in info.data:
            check_whole_steps(units, info.data["unit"], info, ())
        return units

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.funded_by is FundedBy.MEMBER:
            for name in ("budget", "fund"):
                if name in self.model_fields_set:
                    raise mistake("belongs to those of the house", at=(name,))
        return self


def draws_of(
    sections: Mapping[str, DrawSection],
    calendars: Mapping[str, Calendar],
    days: LocalDays,
    scales: Mapping[str, int],
) -> Mapping[str, DrawRules]:
    """Draws ready to run, by code; `scales` are those of the units."""
    return MappingProxyType(
        {code: _draw(code, section, calendars, days, scales) for code, section in sections.items()}
    )


def _draw(
    code: str,
    section: DrawSection,
    calendars: Mapping[str, Calendar],
    days: LocalDays,
    scales: Mapping[str, int],
) -> DrawRules:
    guarantee, weighted = section.guarantee, {c for c, prize in section.prizes.items() if prize.weight}
    return DrawRules(
        code=code,
        display_name=section.display_name or code,
        window=window_of(section.when, calendars, days),
        prizes=MappingProxyType({c: _prize(c, each, scales) for c, each in sorted(section.prizes.items())}),
        cost_unit="" if section.cost is None else section.cost.unit,
        cost=0 if section.cost is None else section.cost.steps(scales),
        free=None if section.free is None else _times(section.free),
        limits=tuple(map(_times, section.limits)),
        tiers=frozenset(section.tiers),
        tags=frozenset(section.tags),
        blank_weight=section.blank_weight,
        guarantee_after=0 if guarantee is None else guarantee.after,
        guaranteed=frozenset() if guarantee is None else frozenset(guarantee.prizes or weighted),
        fallback=section.fallback or "",
    )


def _times(section: TimesSection) -> Times:
    return Times(Period(section.period), section.most)


def _prize(code: str, section: PrizeSection, scales: Mapping[str, int]) -> Prize:
    return Prize(
        code=code,
        display_name=section.display_name or code,
        weight=section.weight,
        stock=section.stock,
        most_per_member=section.most_per_member,
        rewards=rewards_of(section.rewards, scales),
        bonus_unit="" if section.bonus is None else section.bonus.unit,
        bonus=0 if section.bonus is None else section.bonus.steps(scales),
        goods=section.goods,
    )


def red_packets_of(
    sections: Mapping[str, RedPacketSection], scales: Mapping[str, int]
) -> Mapping[str, RedPacketRules]:
    """Kinds of red packets ready to run, by code; `scales` are those of the units."""
    return MappingProxyType(
        {
            code: RedPacketRules(
                code=code,
                display_name=section.display_name or code,
                unit=section.unit,
                funded_by=section.funded_by,
                fund=section.fund,
                budget=None if section.budget is None else int(section.budget * 10 ** scales[section.unit]),
                most=int(section.most_units * 10 ** scales[section.unit]),
                shares_most=section.most_shares,
                lasts_seconds=section.lasts_seconds,
            )
            for code, section in sections.items()
        }
    )
