"""Stored value as a document says it: plans, limits, what the law asks for. Pure: no clock, no database.

What concerns several sections at once is in `stored_value_contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import Field, ValidationInfo, field_validator

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.policies import AfterDays, AfterMonths, EndOfPeriod, Never, OnDate
from tallybook.programs.problems import Path
from tallybook.programs.section import Section
from tallybook.programs.stored_value import BonusPolicy, Limit, Plan, SpendFirst, StoredValue
from tallybook.programs.words import Amount, Code, Currency, DisplayName, check_minor_units, mistake

PLANS_MAX: Final = 1_000
STEPS_MAX: Final = 100
TIMES_MAX: Final = 1_000_000
WAITING_SECONDS_MAX: Final = 366 * 24 * 60 * 60

PrincipalExpiry = Annotated[Never | AfterDays | AfterMonths | EndOfPeriod, Field(discriminator="kind")]
"""A date for all would let a payment of tomorrow lapse at once."""
BonusExpiry = Annotated[Never | AfterDays | AfterMonths | EndOfPeriod | OnDate, Field(discriminator="kind")]


class TopUpStepSection(Section):
    """Pay so much, get so much on top."""

    pay: Amount
    """For at least so much that is paid in..."""
    bonus: Amount
    """...so much is added."""


class TopUpPlanSection(Section):
    """What is added to a top-up."""

    display_name: DisplayName = ""
    """Name for people."""
    steps: Annotated[tuple[TopUpStepSection, ...], Field(min_length=1, max_length=STEPS_MAX)]
    """Steps that rise in what is paid and in what is added: the last one reached counts."""
    first_only: bool = False
    """Whether it is for a member's first top-up in this unit alone."""
    most_times: Annotated[int, Field(ge=1, le=TIMES_MAX)] | None = None
    """How often a member may have it."""
    budget: Amount | None = None
    """What it gives at most to all members together, of the unit."""

    @field_validator("steps")
    @classmethod
    def _rise(cls, steps: tuple[TopUpStepSection, ...]) -> tuple[TopUpStepSection, ...]:
        for index, (lower, higher) in enumerate(pairwise(steps), start=1):
            if not (lower.pay < higher.pay and lower.bonus < higher.bonus):
                raise mistake("must be above the step before it, in pay and in bonus", at=(index,))
        return steps

    def amounts(self) -> Iterator[tuple[Path, Fraction]]:
        """Every amount of money in it, with the way there."""
        for index, step in enumerate(self.steps):
            yield ("steps", index, "pay"), step.pay
            yield ("steps", index, "bonus"), step.bonus
        if self.budget is not None:
            yield ("budget",), self.budget


class LimitSection(Section):
    """How much a member may move."""

    at_once: Amount | None = None
    """At most so much in one go."""
    a_day: Amount | None = None
    """At most so much in a day of the program's time zone."""


class LimitsSection(Section):
    """How much a member may pay in, spend and be paid back."""

    top_up: LimitSection = LimitSection()
    """Of what is paid in."""
    spend: LimitSection = LimitSection()
    """Of what is spent, and of what is held for spending."""
    payout: LimitSection = LimitSection()
    """Of what is paid back."""


class JurisdictionSection(Section):
    """What the law asks of stored value."""

    principal_never_expires: bool = False
    """Whether principal must not lapse: a document that lets it is refused."""
    named_most: Amount | None = None
    """What a member who is known by name may have at most, bonus included."""
    unnamed_most: Amount | None = None
    """What any other member may have at most."""
    reactivation: bool = False
    """Whether members can have principal again that has lapsed."""


class StoredValueSection(Section):
    """Money that members have paid in, and what is added to it. Its unit counts minor units."""

    currency: Currency
    """The ISO 4217 code of the money."""
    spend_first: SpendFirst = SpendFirst.BONUS_FIRST
    """Which fund is spent first. Within a fund, what lapses first is."""
    principal_expiry: PrincipalExpiry = Never(kind="never")
    """When principal lapses, counted from the local day on which its payment was confirmed."""
    bonus_expiry: BonusExpiry = Never(kind="never")
    """When bonus lapses, counted from the same day."""
    plans: Annotated[Mapping[Code, TopUpPlanSection], Field(max_length=PLANS_MAX)] = {}
    """What is added to top-ups. Where several apply, the one that adds most does."""
    bonus_on_refund: BonusPolicy = BonusPolicy.FORFEITED
    """What becomes of the bonus of a top-up when principal of it is paid back."""
    confirm_seconds: Annotated[int, Field(ge=1, le=WAITING_SECONDS_MAX)] = 30 * 60
    """How long a top-up waits for its payment to be confirmed."""
    payout_seconds: Annotated[int, Field(ge=1, le=WAITING_SECONDS_MAX)] = 7 * 24 * 60 * 60
    """How long money that is to be paid back stays set aside for it."""
    limits: LimitsSection = LimitsSection()
    """How much a member may pay in, spend and be paid back."""
    jurisdiction: JurisdictionSection = JurisdictionSection()
    """What the law asks."""

    @field_validator("plans")
    @classmethod
    def _plans_in_minor_units(
        cls, plans: Mapping[str, TopUpPlanSection], info: ValidationInfo
    ) -> Mapping[str, TopUpPlanSection]:
        if "currency" in info.data:
            for code, plan in plans.items():
                for path, amount in plan.amounts():
                    check_minor_units(amount, info.data["currency"], (code, *path))
        return plans

    @field_validator("limits")
    @classmethod
    def _limits_in_minor_units(cls, limits: LimitsSection, info: ValidationInfo) -> LimitsSection:
        if "currency" in info.data:
            for name in type(limits).model_fields:
                _check_amounts(getattr(limits, name), info.data["currency"], (name,))
        return limits

    @field_validator("jurisdiction")
    @classmethod
    def _may_be_so(cls, jurisdiction: JurisdictionSection, info: ValidationInfo) -> JurisdictionSection:
        if "currency" in info.data:
            _check_amounts(jurisdiction, info.data["currency"], ())
        expiry = info.data.get("principal_expiry")
        if jurisdiction.principal_never_expires and expiry is not None and not isinstance(expiry, Never):
            raise mistake("forbids that principal lapses, and principal_expiry lets it")
        return jurisdiction


def _check_amounts(section: Section, currency: str, at: Path) -> None:
    for name in type(section).model_fields:
        amount = getattr(section, name)
        if isinstance(amount, Fraction):
            check_minor_units(amount, currency, (*at, name))


def stored_value_of(unit: str, section: StoredValueSection) -> StoredValue:
    """The rules of a unit of money."""
    scale = 10 ** MINOR_UNIT_DECIMALS[section.currency]
    limits, law = section.limits, section.jurisdiction
    return StoredValue(
        unit=unit,
        currency=section.currency,
        spend_first=section.spend_first,
        plans=MappingProxyType({code: _plan(code, plan, scale) for code, plan in section.plans.items()}),
        bonus_policy=section.bonus_on_refund,
        confirm_seconds=section.confirm_seconds,
        payout_seconds=section.payout_seconds,
        top_up=_limit(limits.top_up, scale),
        spend=_limit(limits.spend, scale),
        payout=_limit(limits.payout, scale),
        named_most=_steps(law.named_most, scale),
        unnamed_most=_steps(law.unnamed_most, scale),
        reactivation=law.reactivation,
    )


def _plan(code: str, section: TopUpPlanSection, scale: int) -> Plan:
    return Plan(
        code,
        tuple((int(step.pay * scale), int(step.bonus * scale)) for step in section.steps),
        section.first_only,
        section.most_times,
        _steps(section.budget, scale),
    )


def _limit(section: LimitSection, scale: int) -> Limit:
    return Limit(_steps(section.at_once, scale), _steps(section.a_day, scale))


def _steps(amount: Fraction | None, scale: int) -> int | None:
    return None if amount is None else int(amount * scale)
