"""Benefits of members of a tier, as a document says them. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, field_validator

from tallybook.programs.benefits import Benefits, Grant, Quota
from tallybook.programs.rewards_document import RewardSections, rewards_of
from tallybook.programs.rounding import Rounding
from tallybook.programs.rule_order import Rules, multipliable
from tallybook.programs.rules import Multiplier, Period, Rule
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import (
    PURCHASE,
    Code,
    DeclaredFund,
    DeclaredUnit,
    Label,
    Times,
    mistake,
    without_repeats,
)

USES_MAX: Final = 1_000_000
QUOTAS_MAX: Final = 100
GRANTS_MAX: Final = 20
ENTITLEMENTS_MAX: Final = 100


class MultiplierSection(Section):
    """What purchases earn of a unit is multiplied: what comes on top is a reward of its own."""

    unit: DeclaredUnit
    """The unit. All its rules about purchases of kind rate, quantity and steps are multiplied."""
    times: Times
    """The factor, such as 2 or "1.5": twice means that as much again comes on top."""
    rounding: Rounding = Rounding.FLOOR
    """What becomes of a fraction of the unit's smallest step."""
    fund: DeclaredFund = HOUSE_FUND
    """Who pays for what comes on top."""


class QuotaSection(Section):
    """Something that may be used so many times."""

    most: Annotated[int, Field(ge=1, le=USES_MAX)]
    """At most so many uses..."""
    period: Literal["day", "week", "month", "year", "life"]
    """...in each of these, in the program's time zone. Weeks begin on Monday."""


class GrantSection(Section):
    """What is given again and again."""

    every: Literal["day", "week", "month", "year"]
    """When each of these begins, in the program's time zone; at once to who comes in the middle of one."""
    rewards: Annotated[RewardSections, Field(min_length=1)]
    """What is given."""


class BenefitsSection(Section):
    """What members have."""

    multipliers: tuple[MultiplierSection, ...] = ()
    """What purchases earn more, at the time of the purchase."""
    discount_basis_points: Annotated[int, Field(ge=0, le=10_000)] = 0
    """A discount on what is bought, for the shop to take off: 500 is 5 %."""
    quotas: Annotated[Mapping[Code, QuotaSection], Field(max_length=QUOTAS_MAX)] = {}
    """What may be used so many times, such as free_shipping."""
    grants: Annotated[tuple[GrantSection, ...], Field(max_length=GRANTS_MAX)] = ()
    """What is given in every period."""
    entitlements: Annotated[
        tuple[Label, ...], Field(max_length=ENTITLEMENTS_MAX), AfterValidator(without_repeats)
    ] = ()
    """What else members may have, in the shop's own words, such as lounge."""

    @field_validator("multipliers")
    @classmethod
    def _one_a_unit(cls, multipliers: tuple[MultiplierSection, ...]) -> tuple[MultiplierSection, ...]:
        for index, each in enumerate(multipliers):
            if any(each.unit == other.unit for other in multipliers[:index]):
                raise mistake("is multiplied already", at=(index, "unit"))
        return multipliers


def benefits_of(section: BenefitsSection, scales: Mapping[str, int]) -> Benefits:
    """Benefits ready to run; `scales` are those of the units."""
    return Benefits(
        multipliers=MappingProxyType({each.unit: each.times for each in section.multipliers}),
        discount_basis_points=section.discount_basis_points,
        quotas=MappingProxyType(
            {code: Quota(quota.most, Period(quota.period)) for code, quota in section.quotas.items()}
        ),
        grants=tuple(
            Grant(Period(grant.every), rewards_of(grant.rewards, scales)) for grant in section.grants
        ),
        entitlements=section.entitlements,
    )


def tier_rules(tier: str, section: BenefitsSection, rules: Rules) -> Iterator[Rule]:
    """The rules that the multipliers of a tier are."""
    for each in section.multipliers:
        added = each.times - 1
        of = multipliable(rules, PURCHASE, each.unit)
        yield Rule(
            code=f"tier/{tier}/{each.unit}",
            unit=each.unit,
            fund=each.fund,
            event=PURCHASE,
            formula=Multiplier(added.numerator, added.denominator, of),
            rounding=each.rounding,
            tiers=frozenset((tier,)),
        )
