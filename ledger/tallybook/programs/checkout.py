"""Checkout as the ledger runs on it: compiled, immutable. Pure: no clock, no database.

Units are in their smallest steps, money is in minor units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tallybook.programs.rounding import Rounding

PAYMENT: Final = "payment"
"""What stands for the money that no tender of the program pays, where tenders are named."""
BASIS_POINTS: Final = 10_000


class MemberDiscount(StrEnum):
    """When the discount that a member has by a tier or a membership is taken off."""

    BEFORE_COUPONS = "before_coupons"
    AFTER_COUPONS = "after_coupons"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CheckoutTender:
    """What an order can be paid with: `steps` of `unit` are worth `worth` of `currency`, exactly.

    It pays in whole `step`s, each worth whole minor units, and at most `most_basis_points` of an order.
    """

    code: str
    unit: str
    currency: str
    steps: int = 1
    worth: int = 1
    step: int = 1
    most_basis_points: int = BASIS_POINTS

    def worth_of(self, units: int) -> int:
        """What so many units pay; they are whole steps."""
        return units * self.worth // self.steps

    def most_for(self, amount: int, total: int) -> int:
        """The units that pay at most `amount` of an order that comes to `total` in all."""
        money = min(amount, total * self.most_basis_points // BASIS_POINTS)
        return money * self.steps // (self.worth * self.step) * self.step


@dataclass(frozen=True, slots=True)
class Checkout:
    """How orders are paid and go back. `tenders` are in the order in which they pay.

    `refund_order` names all of them, and the payment, in the order in which they get money back; where it is
    `in_proportion`, each gets its part, and the order tells who gets a cent first.
    """

    tenders: Mapping[str, CheckoutTender]
    refund_order: tuple[str, ...]
    in_proportion: bool
    member_discount: MemberDiscount
    rounding: Rounding
    quote_seconds: int
    hold_seconds: int | None
