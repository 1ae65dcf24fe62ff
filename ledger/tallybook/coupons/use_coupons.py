"""UseCoupons: an order takes something off with coupons. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import Combination
from tallybook.coupons.notes import BASKET, coupon_keys
from tallybook.coupons.orders import check_coupons, check_order_alone, use
from tallybook.engine.command import Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey
from tallybook.members.freeze import check_may_redeem


class CouponsUsed(Reply, frozen=True, kw_only=True):
    """What the coupons took off the order, in all and by line."""

    order_id: str
    combination: Combination


class UseCoupons(Command[CouponsUsed], frozen=True, kw_only=True, tag="use_coupons"):
    """Use coupons for an order that is paid: those that it has reserved, or the `coupons` that are named.

    Reserved ones are evaluated as of their reservation, for the `basket` or else the one reserved with; what
    the order has reserved besides those that are named is let go. All are used, or none.

    Refused with `UnknownCouponOrder` where nothing is reserved and none named, `CouponOrderState` for an
    order that has used coupons, `UnknownCoupon`, `CouponState`, `CouponNotUsable` or `MemberFrozen`.
    """

    order_id: str
    basket: Basket | None = None
    coupons: tuple[str, ...] = ()
    reply_type = CouponsUsed
    is_activity: ClassVar[bool] = True

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def check(self) -> None:
        check_order_alone(self.order_id, self.basket)
        check_coupons(self.coupons, least=0)
        if self.coupons and self.basket is None:
            raise InvalidInput("basket", "must be given where coupons are named")

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id), *(key for each in self.coupons for key in coupon_keys(each))]

    def decide(self, desk: Desk) -> CouponsUsed:
        check_may_redeem(desk)
        used = use(desk, self.order_id, self.basket, self.coupons)
        desk.subject = self.order_id
        return CouponsUsed(
            entry=desk.entry, recorded_at=desk.now, order_id=self.order_id, combination=used.combination
        )
