"""Checkout as a document says it: tenders, what they are worth, how they go back. Pure: no clock, no
database.

What concerns other sections as well is in `checkout_contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs.checkout import BASIS_POINTS, PAYMENT, Checkout, CheckoutTender, MemberDiscount
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.rounding import Rounding
from tallybook.programs.section import Section
from tallybook.programs.stored_value_document import StoredValueSection
from tallybook.programs.words import (
    Amount,
    Code,
    Currency,
    DeclaredUnit,
    check_minor_units,
    check_whole_steps,
    declared,
    mistake,
    without_repeats,
)

TENDERS_MAX: Final = 20
SECONDS_MAX: Final = 366 * 24 * 60 * 60


class PointsTenderSection(Section):
    """Points that pay: so many units are worth so much money."""

    kind: Literal["points"]
    """Points, or anything else that can be redeemed."""
    tender: Code
    """What it is called in orders, and in what of them counts as spent."""
    unit: DeclaredUnit
    """What pays."""
    currency: Currency
    """The ISO 4217 code of the money."""
    units: Amount
    """So many units..."""
    worth: Amount
    """...are worth so much money: 100 units and "1.00" make a point a cent."""
    step: Annotated[Amount | None, Field(validate_default=True)] = None
    """The least that pays, and what it goes up by, in units; by default what `units` says."""
    most_basis_points: Annotated[int, Field(ge=1, le=BASIS_POINTS)] = BASIS_POINTS
    """The most that it pays of what an order comes to: 5000 is half of it."""

    @field_validator("units")
    @classmethod
    def _whole_units(cls, units: Fraction, info: ValidationInfo) -> Fraction:
        check_whole_steps(units, info.data.get("unit", ""), info, ())
        return units

    @field_validator("worth")
    @classmethod
    def _minor_units(cls, worth: Fraction, info: ValidationInfo) -> Fraction:
        if "currency" in info.data:
            check_minor_units(worth, info.data["currency"])
        return worth

    @field_validator("step")
    @classmethod
    def _is_worth_something(cls, step: Fraction | None, info: ValidationInfo) -> Fraction | None:
        unit, units, worth = info.data.get("unit", ""), info.data.get("units"), info.data.get("worth")
        if step is None:
            return None
        check_whole_steps(step, unit, info, ())
        if units is None or worth is None or declared(info).units.get(unit) is None:
            return step
        money = Fraction(step * worth, units) * 10 ** MINOR_UNIT_DECIMALS[info.data["currency"]]
        if money.denominator != 1:
            raise mistake(f"is worth a part of a minor unit of {info.data['currency']}")
        return step


class ValueTenderSection(Section):
    """Stored value that pays."""

    kind: Literal["stored_value"]
    """Money that is kept for the member."""
    tender: Code
    """What it is called in orders, and in what of them counts as spent."""
    unit: DeclaredUnit
    """The unit of money, which `stored_value` declares."""


TenderSection = Annotated[PointsTenderSection | ValueTenderSection, Field(discriminator="kind")]


class CheckoutSection(Section):
    """How orders are paid with what members have, and how that goes back."""

    tenders: Annotated[tuple[TenderSection, ...], Field(max_length=TENDERS_MAX)] = ()
    """What orders can be paid with besides money from outside, in the order in which it pays."""
    refund_order: Annotated[tuple[Code, ...], AfterValidator(without_repeats)] | None = None
    """Which tender gets money back first: all of them, and `payment` for the money from outside. By default
    what paid last."""
    refund_in_proportion: bool = False
    """Whether every tender gets its part of what goes back, and not one after the other."""
    member_discount: MemberDiscount = MemberDiscount.BEFORE_COUPONS
    """When the discount that tiers and memberships bring is taken off the goods: before_coupons,
    after_coupons or none."""
    rounding: Rounding = Rounding.FLOOR
    """How that discount is rounded, once an order, before it is shared out to the lines."""
    quote_seconds: Annotated[int, Field(ge=1, le=SECONDS_MAX)] = 15 * 60
    """How long a quote stands. It ends sooner where a coupon of it does."""
    hold_seconds: Annotated[int, Field(ge=1, le=SECONDS_MAX)] | None = None
    """How long a checkout is held that asks for no time; by default holds.default_seconds."""

    @field_validator("tenders")
    @classmethod
    def _named_once(cls, tenders: tuple[TenderSection, ...]) -> tuple[TenderSection, ...]:
        for index, each in enumerate(tenders):
            if each.tender == PAYMENT:
                raise mistake("stands for money from outside: choose another name", at=(index, "tender"))
            if any(each.tender == other.tender for other in tenders[:index]):
                raise mistake("is named twice", at=(index, "tender"))
        return tenders

    @field_validator("refund_order")
    @classmethod
    def _names_all(cls, order: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        if order is not None and "tenders" in info.data:
            names = {PAYMENT, *(each.tender for each in info.data["tenders"])}
            for index, name in enumerate(order):
                if name not in names:
                    raise mistake("is no tender of this section", sorted(names), at=(index,))
            for name in sorted(names - set(order)):
                raise mistake(f"leaves out {name}")
        return order


def checkout_of(
    section: CheckoutSection, scales: Mapping[str, int], money: Mapping[str, StoredValueSection]
) -> Checkout:
    """Checkout ready to run; `scales` are those of the units, `money` the stored value among them."""
    tenders = {
        each.tender: _points(each, scales[each.unit])
        if isinstance(each, PointsTenderSection)
        else CheckoutTender(each.tender, each.unit, money[each.unit].currency)
        for each in section.tenders
    }
    return Checkout(
        tenders=MappingProxyType(tenders),
        refund_order=section.refund_order or (PAYMENT, *reversed(tenders)),
        in_proportion=section.refund_in_proportion,
        member_discount=section.member_discount,
        rounding=section.rounding,
        quote_seconds=section.quote_seconds,
        hold_seconds=section.hold_seconds,
    )


def _points(section: PointsTenderSection, scale: int) -> CheckoutTender:
    worth = section.worth * 10 ** MINOR_UNIT_DECIMALS[section.currency]
    rate = Fraction(worth, section.units * 10**scale)
    step = section.units if section.step is None else section.step
    return CheckoutTender(
        code=section.tender,
        unit=section.unit,
        currency=section.currency,
        steps=rate.denominator,
        worth=rate.numerator,
        step=int(step * 10**scale),
        most_basis_points=section.most_basis_points,
    )
