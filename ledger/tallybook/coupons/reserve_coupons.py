"""ReserveCoupons and ReleaseCoupons: an order has coupons for a while. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import Combination
from tallybook.coupons.moves import State
from tallybook.coupons.notes import BASKET, RESERVED, coupon_keys, coupon_of, put_basket
from tallybook.coupons.orders import (
    basket_of,
    check_coupons,
    check_order_alone,
    free_notes,
    release_all,
    reserve,
    worth,
)
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.freeze import check_may_redeem


class CouponsReserved(Reply, frozen=True, kw_only=True):
    """The order has these coupons until `deadline`, and with a basket, what they take off it together."""

    order_id: str
    coupons: tuple[str, ...]
    deadline: datetime
    combination: Combination | None = None


class ReserveCoupons(Command[CouponsReserved], frozen=True, kw_only=True, tag="reserve_coupons"):
    """Keep coupons for an order, all or none, until they are used, released, or the time is over.

    Reserving again for the same order replaces what it has. The time is that of the template with the
    shortest, or `seconds` if that is shorter. With a `basket`, they must be usable for it together.

    Refused with `UnknownCoupon`, `CouponState`, `CouponNotUsable`, `CouponOrderState` for an order that has
    used coupons, or `MemberFrozen`.
    """

    order_id: str
    coupons: tuple[str, ...]
    basket: Basket | None = None
    seconds: int | None = None
    reply_type = CouponsReserved
    is_activity: ClassVar[bool] = True

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def check(self) -> None:
        check_order_alone(self.order_id, self.basket)
        check_coupons(self.coupons, least=1)
        if self.seconds is not None:
            check_whole("seconds", self.seconds)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id), *(key for each in self.coupons for key in coupon_keys(each))]

    def decide(self, desk: Desk) -> CouponsReserved:
        folio = desk.folio
        check_may_redeem(desk)
        notes = free_notes(folio, self.order_id, self.coupons, desk.now)
        combination = None
        if self.basket is not None:
            facts = [note.facts(coupon) for coupon, note in notes.items()]
            combination = worth(desk, self.basket, facts, desk.now)
        allowed = [desk.program.coupons[note.template].reserve_seconds for note in notes.values()]
        seconds = min([*allowed, *([] if self.seconds is None else [self.seconds])])
        deadline = desk.now + timedelta(seconds=seconds)
        reserve(desk, self.order_id, notes, self.basket, deadline)
        desk.subject = self.order_id
        return CouponsReserved(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            coupons=self.coupons,
            deadline=deadline,
            combination=combination,
        )


class CouponsReleased(Reply, frozen=True, kw_only=True):
    """The order has no coupons any more; these can be used again, but for those in `expired`."""

    order_id: str
    coupons: tuple[str, ...]
    expired: tuple[str, ...] = ()


class ReleaseCoupons(Command[CouponsReleased], frozen=True, kw_only=True, tag="release_coupons"):
    """Let go of the coupons that an order has reserved, such as when it is left or its payment has failed.

    Refused with `UnknownCouponOrder`, also when its time was over, or `CouponOrderState`.
    """

    order_id: str
    reply_type = CouponsReleased

    def check(self) -> None:
        check_id("order_id", self.order_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id)]

    def decide(self, desk: Desk) -> CouponsReleased:
        folio = desk.folio
        note = basket_of(folio, self.order_id, RESERVED)
        coupons = release_all(folio, self.order_id, note.coupons, desk.now)
        put_basket(folio, self.order_id, None)
        desk.subject = self.order_id
        return CouponsReleased(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            coupons=coupons,
            expired=tuple(each for each in coupons if coupon_of(folio, each).state is State.EXPIRED),
        )
