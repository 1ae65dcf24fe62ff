"""Plans of paid membership as a document says them. Pure: no clock, no database.

What concerns other sections too is in `membership_contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs.benefits_document import BenefitsSection, benefits_of, tier_rules
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.memberships import MembershipPlan, RefundKind
from tallybook.programs.rule_order import Rules
from tallybook.programs.rules import Rule
from tallybook.programs.section import Section
from tallybook.programs.words import (
    Amount,
    Currency,
    Days,
    DeclaredPlan,
    DisplayName,
    Months,
    check_minor_units,
    without_repeats,
)

PLANS_MAX: Final = 100
GRACE_DAYS_MAX: Final = 366
FULL_DAYS_MAX: Final = 3_660


class DaysTerm(Section):
    """So many days, the day of purchase among them."""

    kind: Literal["days"]
    days: Days


class MonthsTerm(Section):
    """So many months: from 31 January it is through 27 February, and with another, through 30 March."""

    kind: Literal["months"]
    months: Months


class Prorated(Section):
    """What the days to come are of a term's price, rounded down to a minor unit. Today is used."""

    kind: Literal["prorated"]


class FullWithin(Section):
    """All of a term's price for so many days after it was bought, used or not; then nothing."""

    kind: Literal["full_within"]
    days: Annotated[int, Field(ge=0, le=FULL_DAYS_MAX)]


class NoRefund(Section):
    """Nothing."""

    kind: Literal["none"]


TermSection = Annotated[DaysTerm | MonthsTerm, Field(discriminator="kind")]
RefundSection = Annotated[Prorated | FullWithin | NoRefund, Field(discriminator="kind")]


class MembershipSection(Section):
    """A membership that can be bought, renewed, and given for some days."""

    display_name: DisplayName = ""
    """Name for people."""
    price: Amount
    """What a term costs, such as "88.00"."""
    currency: Currency
    """The ISO 4217 code of the money. It stays."""
    term: TermSection
    """How long a term lasts, in days of the program's time zone."""
    grace_days: Annotated[int, Field(ge=0, le=GRACE_DAYS_MAX)] = 0
    """So many days longer its benefits last, if it was not called off. A renewal then counts from the end."""
    refund: RefundSection = Prorated(kind="prorated")
    """What is paid back of what was paid."""
    upgrades_to: Annotated[
        tuple[DeclaredPlan, ...], Field(max_length=PLANS_MAX), AfterValidator(without_repeats)
    ] = ()
    """The plans that members can change to, with what the days to come are of what was paid on account."""
    benefits: BenefitsSection = BenefitsSection()
    """What its members have."""

    @field_validator("currency")
    @classmethod
    def _in_minor_units(cls, currency: str, info: ValidationInfo) -> str:
        if "price" in info.data:
            check_minor_units(info.data["price"], currency)
        return currency


def memberships_of(
    sections: Mapping[str, MembershipSection], scales: Mapping[str, int]
) -> Mapping[str, MembershipPlan]:
    """Plans ready to run, by code; `scales` are those of the units."""
    return MappingProxyType(
        {
            code: MembershipPlan(
                code=code,
                display_name=section.display_name or code,
                price=int(section.price * 10 ** MINOR_UNIT_DECIMALS[section.currency]),
                currency=section.currency,
                days=section.term.days if isinstance(section.term, DaysTerm) else 0,
                months=section.term.months if isinstance(section.term, MonthsTerm) else 0,
                grace_days=section.grace_days,
                refund=RefundKind(section.refund.kind),
                full_days=section.refund.days if isinstance(section.refund, FullWithin) else 0,
                upgrades_to=frozenset(section.upgrades_to),
                benefits=benefits_of(section.benefits, scales),
            )
            for code, section in sections.items()
        }
    )


def plan_rules(plan: str, section: MembershipSection, rules: Rules) -> Iterator[Rule]:
    """The rules that the multipliers of a plan are."""
    for rule in tier_rules(plan, section.benefits, rules):
        code = f"membership/{plan}/{rule.unit}"
        yield replace(rule, code=code, tiers=frozenset(), memberships=frozenset((plan,)))
