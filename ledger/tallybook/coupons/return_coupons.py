"""ReturnCoupons: an order was cancelled, or refunded in parts or as a whole. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.coupons.basket import check_pieces
from tallybook.coupons.notes import BASKET
from tallybook.coupons.returning import CouponBack, return_order
from tallybook.engine.checks import check_flag, check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey


class CouponsReturned(Reply, frozen=True, kw_only=True):
    """What became of each of the order's coupons; `amount` of what they took off went back in all."""

    order_id: str
    coupons: tuple[CouponBack, ...]
    amount: int


class ReturnCoupons(Command[CouponsReturned], frozen=True, kw_only=True, tag="return_coupons"):
    """Say that an order was cancelled, or what of it was refunded now: so many pieces by line, None is all.

    The shipping is a line of one piece, `shipping`, and need not go back for the order to be refunded as a
    whole. Coupons come back as their templates say; their discounts' shares in what went back are no cost any
    more. Refunds in parts come to what one refund does.

    Refused with `UnknownCouponOrder`, `CouponOrderState`, or `ReturnExceedsOrder` for more than is left.
    """

    order_id: str
    cancelled: bool = False
    lines: dict[str, int] | None = None
    reply_type = CouponsReturned

    def check(self) -> None:
        check_id("order_id", self.order_id)
        check_flag("cancelled", self.cancelled)
        if self.lines is None:
            return
        if self.cancelled:
            raise InvalidInput("lines", "must be left out: an order is cancelled as a whole")
        check_pieces(self.lines)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id)]

    def decide(self, desk: Desk) -> CouponsReturned:
        told = return_order(desk, self.order_id, self.lines, self.cancelled)
        desk.subject = self.order_id
        return CouponsReturned(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            coupons=told,
            amount=sum(each.amount for each in told),
        )
