"""Items of the points mall as a document says them. Pure: no clock, no database.

What concerns several items or other sections is in `mall_contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs.calendars import WhenSection, window_of
from tallybook.programs.conditions import TEXT_MAX
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.local_days import LocalDays
from tallybook.programs.mall import (
    PIECES_MAX,
    Gives,
    Goods,
    Item,
    ItemLimit,
    OneOf,
    Price,
    TierPrice,
    ValueReward,
)
from tallybook.programs.rewards_document import GivesCoupons, GivesDays, GivesUnits, rewards_of
from tallybook.programs.rules import Calendar, Period
from tallybook.programs.rules_document import Labels
from tallybook.programs.section import Section
from tallybook.programs.segments import compile_segment
from tallybook.programs.words import (
    Amount,
    Count,
    Currency,
    DeclaredItem,
    DeclaredTier,
    DeclaredUnit,
    DisplayName,
    Label,
    check_minor_units,
    check_whole_steps,
    declared,
    mistake,
    one_a_period,
    without_repeats,
)

ITEMS_MAX: Final = 10_000
CHOICES_MAX: Final = 100
TIER_PRICES_MAX: Final = 100
PAY_SECONDS_MAX: Final = 366 * 24 * 60 * 60


class GivesGoods(Section):
    """Something that is handed over or sent."""

    kind: Literal["goods"]
    sku: Label | None = None
    """What the shop calls it."""


class GivesValue(Section):
    """Stored value, as bonus."""

    kind: Literal["stored_value"]
    unit: DeclaredUnit
    """The unit of money."""
    amount: Amount
    """So much of it, such as "10.00"."""

    @field_validator("amount")
    @classmethod
    def _whole_steps(cls, amount: Amount, info: ValidationInfo) -> Amount:
        if "unit" in info.data:
            check_whole_steps(amount, info.data["unit"], info, ())
        return amount


class GivesOneOf(Section):
    """One of several items, which the member chooses."""

    kind: Literal["one_of"]
    items: Annotated[
        tuple[DeclaredItem, ...], Field(min_length=2, max_length=CHOICES_MAX), AfterValidator(without_repeats)
    ]
    """The items: the stock and the `most` of what is chosen are drawn on. What it costs by itself, for
    whom it is and when, and its limits do not matter.
    """


GivesSection = Annotated[
    GivesGoods | GivesUnits | GivesCoupons | GivesDays | GivesValue | GivesOneOf, Field(discriminator="kind")
]


class FreePrice(Section):
    """Nothing."""

    kind: Literal["free"]


class UnitsPrice(Section):
    """A number of units."""

    kind: Literal["units"]
    unit: DeclaredUnit
    """The unit."""
    units: Amount
    """So many."""

    @field_validator("units")
    @classmethod
    def _whole_steps(cls, units: Amount, info: ValidationInfo) -> Amount:
        return _in_steps(units, info)


class MoneyPrice(Section):
    """Money, which is paid elsewhere."""

    kind: Literal["money"]
    money: Amount
    """So much, such as "9.90"."""
    currency: Currency
    """The ISO 4217 code of the money."""

    @field_validator("currency")
    @classmethod
    def _in_minor_units(cls, currency: str, info: ValidationInfo) -> str:
        return _in_minor_units(currency, info, "money")


class UnitsAndMoneyPrice(Section):
    """A number of units, and money that is paid elsewhere."""

    kind: Literal["units_and_money"]
    unit: DeclaredUnit
    """The unit."""
    units: Amount
    """So many..."""
    money: Amount
    """...and so much money besides."""
    currency: Currency
    """The ISO 4217 code of the money."""

    @field_validator("units")
    @classmethod
    def _whole_steps(cls, units: Amount, info: ValidationInfo) -> Amount:
        return _in_steps(units, info)

    @field_validator("currency")
    @classmethod
    def _in_minor_units(cls, currency: str, info: ValidationInfo) -> str:
        return _in_minor_units(currency, info, "money")


class SplitPrice(Section):
    """Money, of which the member may pay any part with units."""

    kind: Literal["split"]
    money: Amount
    """What it costs without any units."""
    unit: DeclaredUnit
    """The unit."""
    units: Amount
    """So many units are worth..."""
    worth: Amount
    """...so much money. What they come to is rounded down to a minor unit, and no more of them are taken."""
    most_units: Amount | None = None
    """So many units can be used for a piece. Left out: for all of it."""
    currency: Currency
    """The ISO 4217 code of the money."""

    @field_validator("units", "most_units")
    @classmethod
    def _whole_steps(cls, units: Amount | None, info: ValidationInfo) -> Amount | None:
        return None if units is None else _in_steps(units, info)

    @field_validator("currency")
    @classmethod
    def _in_minor_units(cls, currency: str, info: ValidationInfo) -> str:
        return _in_minor_units(currency, info, "money", "worth")


def _in_steps(units: Amount, info: ValidationInfo) -> Amount:
    if "unit" in info.data:
        check_whole_steps(units, info.data["unit"], info, ())
    return units


def _in_minor_units(currency: str, info: ValidationInfo, *names: str) -> str:
    for name in names:
        if name in info.data:
            check_minor_units(info.data[name], currency)
    return currency


PriceSection = Annotated[
    FreePrice | UnitsPrice | MoneyPrice | UnitsAndMoneyPrice | SplitPrice, Field(discriminator="kind")
]


class TierPriceSection(Section):
    """What members of some tiers pay."""

    tiers: Annotated[tuple[DeclaredTier, ...], Field(min_length=1), AfterValidator(without_repeats)]
    """Members of any of these tiers, of any ladder..."""
    price: PriceSection
    """...pay this for a piece."""


class ItemLimitSection(Section):
    """How many pieces of the item a member gets at most."""

    period: Literal["day", "week", "month", "year", "life"]
    """In each of these, in the program's time zone. Weeks begin on Monday."""
    most: Count
    """At most so many."""


class ItemSection(Section):
    """Something in the points mall."""

    display_name: DisplayName = ""
    """Name for people."""
    gives: GivesSection
    """What a member gets for it."""
    price: PriceSection | None = None
    """What a piece costs. Left out: it can only be chosen as one of several."""
    tier_prices: Annotated[tuple[TierPriceSection, ...], Field(max_length=TIER_PRICES_MAX)] = ()
    """What members of some tiers pay instead: the first that fits."""
    stocked: bool = False
    """Whether there is as much of it as was put in stock, which the document does not say."""
    most: Count | None = None
    """How many pieces all members together get, with what is cancelled and returned given to others."""
    limits: Annotated[tuple[ItemLimitSection, ...], AfterValidator(one_a_period)] = ()
    """How many pieces a member gets at most."""
    most_per_order: Annotated[int, Field(ge=1, le=PIECES_MAX)] = 100
    """How many pieces an order takes at most. Of coupons they come to no more than 2,000."""
    when: WhenSection | None = None
    """When it can be ordered: the window of a sale, and days and hours."""
    tiers: Annotated[tuple[DeclaredTier, ...], AfterValidator(without_repeats)] = ()
    """The only tiers that it is for, of any ladder."""
    tags: Labels = ()
    """Tags, one of which a member must have."""
    condition: Annotated[str, Field(max_length=TEXT_MAX)] | None = None
    """What must hold besides, in CEL, with the variables of segments."""
    pay_seconds: Annotated[int, Field(ge=1, le=PAY_SECONDS_MAX)] = 15 * 60
    """How long an order waits for its money. What is placed before stays so when this changes."""

    @field_validator("tier_prices")
    @classmethod
    def _instead_of_a_price(
        cls, prices: tuple[TierPriceSection, ...], info: ValidationInfo
    ) -> tuple[TierPriceSection, ...]:
        if prices and info.data.get("price", prices) is None:
            raise mistake("goes with price, which is left out")
        return prices

    @field_validator("condition")
    @classmethod
    def _can_be_checked(cls, condition: str | None, info: ValidationInfo) -> str | None:
        if condition is not None:
            compile_segment(condition, frozenset(declared(info).units))
        return condition


def mall_of(
    sections: Mapping[str, ItemSection],
    scales: Mapping[str, int],
    calendars: Mapping[str, Calendar],
    days: LocalDays,
) -> Mapping[str, Item]:
    """Items ready to run, by code; `scales` are those of the units."""
    return MappingProxyType(
        {code: _item(code, section, scales, calendars, days) for code, section in sections.items()}
    )


def _item(
    code: str,
    section: ItemSection,
    scales: Mapping[str, int],
    calendars: Mapping[str, Calendar],
    days: LocalDays,
) -> Item:
    return Item(
        code=code,
        display_name=section.display_name or code,
        kind=section.gives.kind,
        gives=_gives(section.gives, scales),
        price=None if section.price is None else _price(section.price, scales),
        tier_prices=tuple(
            TierPrice(frozenset(each.tiers), _price(each.price, scales)) for each in section.tier_prices
        ),
        stocked=section.stocked,
        most=section.most,
        limits=tuple(ItemLimit(Period(each.period), each.most) for each in section.limits),
        most_per_order=section.most_per_order,
        window=window_of(section.when, calendars, days),
        calendars=() if section.when is None else section.when.calendars,
        tiers=frozenset(section.tiers),
        tags=frozenset(section.tags),
        condition=(
            None if section.condition is None else compile_segment(section.condition, frozenset(scales))
        ),
        pay_seconds=section.pay_seconds,
    )


def _gives(section: GivesSection, scales: Mapping[str, int]) -> Gives:
    match section:
        case GivesGoods():
            return Goods(section.sku or "")
        case GivesOneOf():
            return OneOf(section.items)
        case GivesValue():
            return ValueReward(section.unit, _steps(section.amount, section.unit, scales))
        case _:
            (reward,) = rewards_of((section,), scales)
            return reward


def _price(section: PriceSection, scales: Mapping[str, int]) -> Price:
    match section:
        case FreePrice():
            return Price()
        case UnitsPrice():
            return Price(unit=section.unit, steps=_steps(section.units, section.unit, scales))
        case MoneyPrice():
            return Price(currency=section.currency, money=_minor(section.money, section.currency))
        case UnitsAndMoneyPrice():
            return Price(
                unit=section.unit,
                steps=_steps(section.units, section.unit, scales),
                currency=section.currency,
                money=_minor(section.money, section.currency),
            )
        case SplitPrice():
            most = section.most_units
            return Price(
                unit=section.unit,
                currency=section.currency,
                money=_minor(section.money, section.currency),
                worth=(
                    _steps(section.units, section.unit, scales),
                    _minor(section.worth, section.currency),
                ),
                most_steps=None if most is None else _steps(most, section.unit, scales),
            )


def _steps(amount: Fraction, unit: str, scales: Mapping[str, int]) -> int:
    return int(amount * 10 ** scales[unit])


def _minor(money: Fraction, currency: str) -> int:
    return int(money * 10 ** MINOR_UNIT_DECIMALS[currency])
