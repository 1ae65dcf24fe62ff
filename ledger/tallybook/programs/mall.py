"""Items of the points mall as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Amounts of units are in smallest steps, money in minor units. What an item gives is one of `Gives`: a new kind
is a class here or among the rewards, a model in `mall_document`, and a file in `mall/kinds`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tallybook.programs.conditions import Condition
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, UnitsReward
from tallybook.programs.rules import Period, Window

ALWAYS: Final = Window()
PIECES_MAX: Final = 10_000
"""Pieces of one order."""
ORDER_COUPONS_MAX: Final = 2_000
"""Coupons that one order gives: they are issued in one entry, and returned in one."""


def item_pool(item: str) -> str:
    """The pool that the stock of an item is, and what the journal counts its pieces in: no unit of a program
    has a slash in its name.
    """
    return f"item/{item}"


def sale_pool(item: str) -> str:
    """The pool of what all members together may have of an item."""
    return f"sale/{item}"


@dataclass(frozen=True, slots=True)
class Goods:
    """Something that is handed over or sent: `sku` is what the shop calls it, and may be empty."""

    sku: str = ""


@dataclass(frozen=True, slots=True)
class ValueReward:
    """`steps` of stored value, as bonus: nobody has paid it in."""

    unit: str
    steps: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these items, which the member chooses."""

    items: tuple[str, ...]


Gives = UnitsReward | MembershipDaysReward | CouponReward | ValueReward | Goods | OneOf


class Cost(NamedTuple):
    """What is to be paid: steps of a unit, and minor units of a currency. Either may be none."""

    unit: str
    steps: int
    currency: str
    money: int


@dataclass(frozen=True, slots=True)
class Price:
    """What one piece costs: `steps` of a unit and `money`, each 0 for none.

    With `worth`, steps and the minor units that they are worth, units can pay for a part of the money, or for
    all of it: at most `most_steps` of them a piece, None is without bounds.
    """

    unit: str = ""
    steps: int = 0
    currency: str = ""
    money: int = 0
    worth: tuple[int, int] | None = None
    most_steps: int | None = None

    def cost(self, pieces: int, steps: int | None, available: int) -> Cost:
        """What so many pieces cost of someone who would pay so many `steps`, or, for None, as many as are
        available. No more units are taken than the money that they save is worth.
        """
        money = self.money * pieces
        if self.worth is None:
            return Cost(self.unit, self.steps * pieces, self.currency, money)
        many, minor = self.worth
        most = -(-money * many // minor)
        if self.most_steps is not None:
            most = min(most, self.most_steps * pieces)
        saved = min(money, min(most, available if steps is None else steps) * minor // many)
        return Cost(self.unit, -(-saved * many // minor), self.currency, money - saved)


@dataclass(frozen=True, slots=True)
class TierPrice:
    """What members of any of these tiers pay instead."""

    tiers: frozenset[str]
    price: Price


@dataclass(frozen=True, slots=True)
class ItemLimit:
    """At most `most` pieces of an item for a member in a period."""

    period: Period
    most: int


@dataclass(frozen=True, slots=True)
class Item:
    """Something that members can have for units, money or both, within `window`.

    `kind` is what the document calls what it gives. Without a price it can only be chosen in place of
    another, which is one of several. Of one that is
    `stocked` there is as much as was put in stock; `most` is what all members together may have, None is
    without bounds. A name in each of `tiers` and `tags` that is not empty must fit. An order that is to be
    paid with money waits for so many seconds.
    """

    code: str
    display_name: str
    kind: str
    gives: Gives
    price: Price | None = None
    tier_prices: tuple[TierPrice, ...] = ()
    stocked: bool = False
    most: int | None = None
    limits: tuple[ItemLimit, ...] = ()
    most_per_order: int = 100
    window: Window = ALWAYS
    calendars: tuple[str, ...] = ()
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    condition: Condition | None = None
    pay_seconds: int = 15 * 60
    pools: frozenset[str] = field(init=False, repr=False, compare=False)
    """What is drawn on when it is ordered."""

    def __post_init__(self) -> None:
        stock = {item_pool(self.code)} if self.stocked else set()
        object.__setattr__(self, "pools", stock if self.most is None else stock | {sale_pool(self.code)})

    def price_for(self, tiers: Collection[str]) -> Price | None:
        """What somebody of these tiers pays for a piece: the first price for any of them, or everybody's."""
        for each in self.tier_prices:
            if not each.tiers.isdisjoint(tiers):
                return each.price
        return self.price

    def draws_on(self, mall: Mapping[str, Item]) -> frozenset[str]:
        """The pools of this and of what can be chosen in its place."""
        others = self.gives.items if isinstance(self.gives, OneOf) else ()
        return self.pools.union(*(mall[each].pools for each in others if each in mall))
