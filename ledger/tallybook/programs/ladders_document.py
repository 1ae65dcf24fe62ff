"""Ladders of tiers as a document says them. Pure: no clock, no database.

What concerns other sections too is in `ladder_contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs import policies
from tallybook.programs.benefits_document import BenefitsSection, benefits_of
from tallybook.programs.expiry import end_of_month, end_of_quarter, end_of_year
from tallybook.programs.ladders import (
    Downgrade,
    ForDays,
    Forever,
    ForMonths,
    Ladder,
    RefundPolicy,
    Tier,
    ToEnd,
    Validity,
    Way,
    Ways,
)
from tallybook.programs.policies import AfterDays, AfterMonths, EndOfPeriod, Never
from tallybook.programs.rewards_document import RewardSections, rewards_of
from tallybook.programs.section import Section
from tallybook.programs.words import (
    Amount,
    Code,
    DeclaredTask,
    DeclaredUnit,
    DisplayName,
    check_whole_steps,
    mistake,
    without_repeats,
)

LADDERS_MAX: Final = 10
TIERS_MAX: Final = 20
WAYS_MAX: Final = 10
WAY_UNITS_MAX: Final = 10
WAY_TASKS_MAX: Final = 20
GRACE_DAYS_MAX: Final = 366

ValiditySection = Annotated[Never | AfterDays | AfterMonths | EndOfPeriod, Field(discriminator="kind")]
"""How long a tier is held, counted from the local day on which it is reached."""


class WaySection(Section):
    """One way to a tier: all of this at once."""

    units: Annotated[Mapping[DeclaredUnit, Amount], Field(max_length=WAY_UNITS_MAX)] = {}
    """So many whole units that have not lapsed, by unit. The window is the unit's expiry."""
    tasks: Annotated[
        tuple[DeclaredTask, ...], Field(max_length=WAY_TASKS_MAX), AfterValidator(without_repeats)
    ] = ()
    """Tasks that have been done."""

    @field_validator("units")
    @classmethod
    def _whole_steps(cls, units: Mapping[str, Amount], info: ValidationInfo) -> Mapping[str, Amount]:
        for unit, amount in units.items():
            check_whole_steps(amount, unit, info, (unit,))
        return units

    def asks_no_more(self, other: WaySection) -> bool:
        """Whether whoever meets the other meets this one."""
        return set(self.tasks) <= set(other.tasks) and all(
            unit in other.units and amount <= other.units[unit] for unit, amount in self.units.items()
        )


WaySections = Annotated[tuple[WaySection, ...], Field(max_length=WAYS_MAX)]


def _ask_something(ways: tuple[WaySection, ...]) -> tuple[WaySection, ...]:
    for index, way in enumerate(ways):
        if not way.units and not way.tasks:
            raise mistake("must ask for something, such as {units: {growth: 500}}", at=(index,))
    return ways


class TierSection(Section):
    """A tier."""

    code: Code
    """The tier's own name, e.g. gold. No other tier of the program has it."""
    display_name: DisplayName = ""
    """Name for people."""
    any_of: Annotated[WaySections, AfterValidator(_ask_something)] = ()
    """The ways to it, each of which is enough. Left out, which only the lowest may: everybody has it."""
    keep: Annotated[WaySections, AfterValidator(_ask_something)] = ()
    """The ways to keep it at a review. Left out: those to it."""
    benefits: BenefitsSection = BenefitsSection()
    """What its members have."""
    rewards: RewardSections = ()
    """What is given on reaching it from below. Who skips a tier gets its rewards too."""
    rewards_again: bool = False
    """Whether they are given each time, and not only the first."""

    @field_validator("keep")
    @classmethod
    def _no_harder(cls, keep: tuple[WaySection, ...], info: ValidationInfo) -> tuple[WaySection, ...]:
        entry: tuple[WaySection, ...] = info.data.get("any_of", ())
        for index, way in enumerate(keep):
            if any(other != way and other.asks_no_more(way) for other in entry):
                raise mistake("asks for more than a way to the tier, which keeps it too", at=(index,))
        if keep and not entry and "any_of" in info.data:
            raise mistake("is never asked: without any_of everybody has the tier")
        return keep

    @field_validator("rewards")
    @classmethod
    def _can_be_reached(cls, rewards: RewardSections, info: ValidationInfo) -> RewardSections:
        if rewards and info.data.get("any_of") == ():
            raise mistake("are never given: without any_of everybody has the tier, and nobody reaches it")
        return rewards


class LadderSection(Section):
    """Tiers above each other, of which a member has one at a time."""

    display_name: DisplayName = ""
    """Name for people."""
    main: bool = False
    """Whether `member.tier` means this ladder. Of several, one must be; a single one is."""
    validity: ValiditySection = Never(kind="never")
    """How long a tier is held before it is reviewed. It begins anew whenever a tier is reached."""
    grace_days: Annotated[int, Field(ge=0, le=GRACE_DAYS_MAX)] = 0
    """How many days more a member has who does not keep a tier."""
    downgrade: Downgrade = Downgrade.TO_EARNED
    """How far a member falls who does not keep a tier."""
    refunds: RefundPolicy = RefundPolicy.AT_ONCE
    """What it does to a tier when a refund takes units back."""
    tiers: Annotated[tuple[TierSection, ...], Field(min_length=1, max_length=TIERS_MAX)]
    """The tiers, the lowest first."""

    @field_validator("tiers")
    @classmethod
    def _rise(cls, tiers: tuple[TierSection, ...]) -> tuple[TierSection, ...]:
        for place, tier in enumerate(tiers):
            if any(tier.code == other.code for other in tiers[:place]):
                raise mistake("is named twice", at=(place, "code"))
            if place and not tier.any_of:
                raise mistake("must have any_of: only the lowest tier can be everybody's", at=(place,))
            for index, way in enumerate(tier.any_of):
                for other in tiers[:place]:
                    if any(way.asks_no_more(lower) for lower in other.any_of):
                        sentence = f"must ask for more than each way to {other.code}, which is below"
                        raise mistake(sentence, at=(place, "any_of", index))
        return tiers


def check_ladders(ladders: Mapping[str, LadderSection]) -> Mapping[str, LadderSection]:
    """Refuse ladders that name a tier twice, or do not say which is the main one."""
    owners: dict[str, str] = {}
    for code, ladder in ladders.items():
        for place, tier in enumerate(ladder.tiers):
            owner = owners.setdefault(tier.code, code)
            if owner != code:
                raise mistake(f"is a tier of {owner} already", at=(code, "tiers", place, "code"))
    main = [code for code, ladder in ladders.items() if ladder.main]
    if len(main) > 1:
        raise mistake(f"is {main[0]} already", at=(main[1], "main"))
    if len(ladders) > 1 and not main:
        raise mistake("must say of one of them {main: true}: there are several")
    return ladders


def ladders_of(
    sections: Mapping[str, LadderSection], scales: Mapping[str, int], rolling: frozenset[str]
) -> Mapping[str, Ladder]:
    """Ladders ready to run, by code; `scales` are those of the units."""
    return MappingProxyType(
        {
            code: Ladder(
                code=code,
                display_name=section.display_name or code,
                tiers=tuple(_tier(tier, scales) for tier in section.tiers),
                validity=_validity(section.validity),
                grace_days=section.grace_days,
                downgrade=section.downgrade,
                refunds=section.refunds,
                rolling=rolling,
                is_main=section.main or len(sections) == 1,
            )
            for code, section in sections.items()
        }
    )


def _tier(section: TierSection, scales: Mapping[str, int]) -> Tier:
    entry = _ways(section.any_of, scales)
    return Tier(
        code=section.code,
        display_name=section.display_name or section.code,
        entry=entry,
        keep=_ways(section.keep, scales) or entry,
        benefits=benefits_of(section.benefits, scales),
        rewards=rewards_of(section.rewards, scales),
        rewards_again=section.rewards_again,
    )


def _ways(sections: Iterable[WaySection], scales: Mapping[str, int]) -> Ways:
    return tuple(
        Way(
            MappingProxyType({unit: int(amount * 10 ** scales[unit]) for unit, amount in each.units.items()}),
            frozenset(each.tasks),
        )
        for each in sections
    )


_END_OF: Final = {
    "end_of_month": end_of_month,
    "end_of_quarter": end_of_quarter,
    "end_of_year": end_of_year,
}


def _validity(section: policies.Expiry) -> Validity:
    match section:
        case AfterDays(days=days):
            return ForDays(days)
        case AfterMonths(months=months):
            return ForMonths(months)
        case EndOfPeriod(kind=kind, plus_months=plus_months):
            end = _END_OF[kind]
            return ToEnd(partial(end, plus_months=plus_months), partial(end, plus_months=0))
        case _:
            return Forever()
