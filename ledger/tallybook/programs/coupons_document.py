"""Coupons as a document says them: one template, and the choices it makes. Pure: no clock, no database.

What concerns several templates at once is in `coupon_contradictions`.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from tallybook.programs.calendars import moment_from, moment_until
from tallybook.programs.conditions import compile_condition
from tallybook.programs.coupon_kinds import Terms
from tallybook.programs.coupons import OnPartialRefund
from tallybook.programs.problems import Path
from tallybook.programs.rules_document import PRIORITY_MAX, Labels, LinesSection
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import (
    DAYS_MAX,
    Amount,
    Code,
    Count,
    Currency,
    DayOrMoment,
    Days,
    DeclaredCalendar,
    DeclaredCouponGroup,
    DeclaredFund,
    DeclaredTier,
    DisplayName,
    SharedCode,
    check_minor_units,
    declared,
    mistake,
    one_a_period,
    without_repeats,
)

TEMPLATES_MAX: Final = 10_000
GROUPS_MAX: Final = 1_000
PER_ORDER_MAX: Final = 100
RESERVE_SECONDS_MAX: Final = 366 * 24 * 60 * 60


def _after(
    starts: date | datetime | None, ends: date | datetime | None, info: ValidationInfo, what: str
) -> date | datetime | None:
    """An end that comes after its beginning."""
    days = declared(info).days
    if starts is None or ends is None or days is None:
        return ends
    if moment_until(ends, days) <= moment_from(starts, days):
        raise mistake(f"is not after {starts.isoformat()}, from which on {what}")
    return ends


class Between(Section):
    """All coupons of the template can be used in the same time."""

    kind: Literal["between"]
    starts: Annotated[DayOrMoment | None, Field(alias="from")] = None
    """The first day, or the moment from which on. Left out: from the issue on."""
    ends: Annotated[DayOrMoment | None, Field(alias="until")] = None
    """The last day, or the moment before which. Left out: for ever."""

    @field_validator("ends")
    @classmethod
    def _after_it_starts(cls, ends: date | datetime | None, info: ValidationInfo) -> date | datetime | None:
        return _after(info.data.get("starts"), ends, info, "coupons can be used")


class AfterIssue(Section):
    """Each coupon can be used for some days after it was issued."""

    kind: Literal["after_issue"]
    days: Days
    """For so many days of the program's time zone, the first one included..."""
    wait_days: Annotated[int, Field(ge=0, le=DAYS_MAX)] = 0
    """...the first of which comes so many days after that of the issue: 1 is tomorrow, 0 is at once."""
    ends: Annotated[DayOrMoment | None, Field(alias="until")] = None
    """The last day at the latest, or the moment before which."""


class StacksNever(Section):
    """It is used without coupons of other templates."""

    kind: Literal["never"]


class StacksWithAny(Section):
    """It is used with all coupons that are used with it."""

    kind: Literal["any"]


class StacksWithGroups(Section):
    """It is used with coupons of some groups, if they are used with it."""

    kind: Literal["groups"]
    groups: Annotated[
        tuple[DeclaredCouponGroup, ...],
        Field(min_length=1, max_length=GROUPS_MAX),
        AfterValidator(without_repeats),
    ]
    """Groups that templates of this program are in."""


class NoCodes(Section):
    """Coupons have no codes: they lie with their members."""

    kind: Literal["none"]


class UniqueCodes(Section):
    """Each coupon has a code of its own."""

    kind: Literal["unique"]


class SharedCodes(Section):
    """One code for all: who names it gets a coupon, within stock and limits."""

    kind: Literal["shared"]
    text: SharedCode
    """The code, such as SPRING24: capitals or not is the same."""


class CouponLimitSection(Section):
    """How many coupons of the template a member gets at most."""

    period: Literal["day", "week", "month", "year", "life"]
    """In each of these, in the program's time zone. Weeks begin on Monday."""
    most: Count
    """At most so many."""


class ClaimsSection(Section):
    """When members may take coupons themselves."""

    starts: Annotated[DayOrMoment | None, Field(alias="from")] = None
    """The first day, or the moment from which on. Left out: always."""
    ends: Annotated[DayOrMoment | None, Field(alias="until")] = None
    """The last day, or the moment before which. Left out: for ever."""

    @field_validator("ends")
    @classmethod
    def _after_it_starts(cls, ends: date | datetime | None, info: ValidationInfo) -> date | datetime | None:
        return _after(info.data.get("starts"), ends, info, "members take coupons")


class ReturnsSection(Section):
    """When a used coupon comes back."""

    on_cancel: bool = True
    """When its order is cancelled, or was never paid."""
    on_full_refund: bool = True
    """When all of its order is refunded."""
    on_partial_refund: OnPartialRefund = OnPartialRefund.NEVER
    """When a part of its order is refunded: never, always, or if what is kept is below its minimum."""
    extension_days: Days | None = None
    """For so many days at least it can be used then, the day of its return included."""


class CouponSection(Section):
    """What all coupons of one template have in common."""

    display_name: DisplayName = ""
    """Name for people."""
    currency: Currency
    """The ISO 4217 code of the orders that it is for."""
    offer: Terms
    """What it takes off."""
    validity: Annotated[Between | AfterIssue, Field(discriminator="kind")]
    """When it can be used."""
    calendars: Annotated[tuple[DeclaredCalendar, ...], AfterValidator(without_repeats)] = ()
    """Calendars, on any of which it can be used. Without one, it always can."""
    channels: Labels = ()
    """The only channels that it is for."""
    stores: Labels = ()
    """The only stores that it is for."""
    lines: LinesSection | None = None
    """Which lines it takes something off. Left out: all."""
    counted_lines: LinesSection | None = None
    """Which lines count towards min_spend and min_quantity. Left out: those that it takes something off."""
    min_spend: Amount | None = None
    """What the lines that count cost at least."""
    spend_after_coupons: bool = False
    """Whether min_spend goes by what the coupons before it leave, instead of by what lines cost."""
    min_quantity: Count | None = None
    """How many pieces the lines that count have at least."""
    first_order_only: bool = False
    """Whether it is for a member's first order alone."""
    tiers: Annotated[tuple[DeclaredTier, ...], AfterValidator(without_repeats)] = ()
    """The only tiers that it is for, of any ladder."""
    tags: Labels = ()
    """Tags, one of which a member must have."""
    condition: str | None = None
    """What must hold besides, in CEL, with the variables of a purchase."""
    group: Code | None = None
    """The group that it is in, for others to be used with."""
    exclusive_group: Code | None = None
    """A group of which an order takes one coupon."""
    stacks_with: Annotated[StacksNever | StacksWithAny | StacksWithGroups, Field(discriminator="kind")] = (
        StacksNever(kind="never")
    )
    """Which other coupons it is used with."""
    most_per_order: Annotated[int, Field(ge=1, le=PER_ORDER_MAX)] = 1
    """How many coupons of this template an order takes."""
    priority: Annotated[int, Field(ge=-PRIORITY_MAX, le=PRIORITY_MAX)] = 0
    """Of coupons of the same kind, those of a higher priority are applied first."""
    stock: Count | None = None
    """How many coupons there are for all members together."""
    limits: Annotated[tuple[CouponLimitSection, ...], AfterValidator(one_a_period)] = ()
    """How many coupons a member gets at most."""
    claims: ClaimsSection | None = None
    """When members may take coupons themselves. Left out: never, and those with a code always."""
    fund: DeclaredFund = HOUSE_FUND
    """Who pays for what it takes off."""
    returns: ReturnsSection = ReturnsSection()
    """When it comes back after its use."""
    codes: Annotated[NoCodes | UniqueCodes | SharedCodes, Field(discriminator="kind")] = NoCodes(kind="none")
    """Whether its coupons have codes."""
    reserve_seconds: Annotated[int, Field(ge=1, le=RESERVE_SECONDS_MAX)] = 15 * 60
    """How long a checkout may keep one reserved."""
    transferable: bool = False
    """Whether a member may give it to another."""
    revocable_within_seconds: Annotated[int, Field(ge=0, le=RESERVE_SECONDS_MAX)] = 0
    """How long after its use in a store the store may take that back."""

    @field_validator("offer")
    @classmethod
    def _offer_in_minor_units(cls, offer: Terms, info: ValidationInfo) -> Terms:
        for name in type(offer).model_fields:
            amount = getattr(offer, name)
            if isinstance(amount, Fraction):
                _check_minor_units(amount, info, (offer.kind, name))
        return offer

    @field_validator("min_spend")
    @classmethod
    def _in_minor_units(cls, min_spend: Fraction | None, info: ValidationInfo) -> Fraction | None:
        if min_spend is not None:
            _check_minor_units(min_spend, info)
        return min_spend

    @field_validator("condition")
    @classmethod
    def _can_be_checked(cls, condition: str | None) -> str | None:
        if condition is not None:
            compile_condition(condition)
        return condition

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.exclusive_group is not None and self.most_per_order > 1:
            raise mistake(
                "is more than 1, and its exclusive group lets an order take 1", at=("most_per_order",)
            )
        if self.spend_after_coupons and self.min_spend is None:
            raise mistake("goes with min_spend, which is left out", at=("spend_after_coupons",))
        return self


def _check_minor_units(amount: Fraction, info: ValidationInfo, at: Path = ()) -> None:
    if "currency" in info.data:
        check_minor_units(amount, info.data["currency"], at)
