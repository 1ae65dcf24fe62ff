"""VoidCoupon: a coupon is good for nothing any more. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.coupons.moves import Move
from tallybook.coupons.notes import coupon_keys, coupon_of, forget_code, move_coupon
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey


class CouponVoided(Reply, frozen=True, kw_only=True):
    """The coupon is void."""

    coupon: str


class VoidCoupon(Command[CouponVoided], frozen=True, kw_only=True, tag="void_coupon"):
    """Make a coupon void for good, and its code with it. Needs a reason.

    One that was used is given back first: `ReturnCoupons`. Refused with `UnknownCoupon` or `CouponState`.
    """

    coupon: str
    reply_type = CouponVoided

    def check(self) -> None:
        check_id("coupon", self.coupon)
        if not self.reason:
            raise InvalidInput("reason", "must say why the coupon is void")

    def named_notes(self) -> Sequence[NoteKey]:
        return coupon_keys(self.coupon)

    def decide(self, desk: Desk) -> CouponVoided:
        note = coupon_of(desk.folio, self.coupon)
        move_coupon(desk.folio, self.coupon, forget_code(desk.folio, note), Move.VOID, desk.now)
        desk.subject = self.coupon
        return CouponVoided(entry=desk.entry, recorded_at=desk.now, coupon=self.coupon)
