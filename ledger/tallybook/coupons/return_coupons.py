"""ReturnCoupons: an order was cancelled, or refunded in parts or as a whole. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tallybook.coupons.basket import LINES_MAX
from tallybook.coupons.moves import State
from tallybook.coupons.notes import BASKET, USED, coupon_of, put_basket
from tallybook.coupons.orders import basket_of
from tallybook.coupons.returning import CouponBack, comes_back, give_back, gone_back, kept_of, take_off
from tallybook.engine.checks import check_flag, check_id, check_whole
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
        if not 1 <= len(self.lines) <= LINES_MAX:
            raise InvalidInput("lines", f"must be from 1 to {LINES_MAX}")
        for line, number in self.lines.items():
            check_id("lines", line)
            check_whole(f"lines[{line}]", number)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id)]

    def decide(self, desk: Desk) -> CouponsReturned:
        folio = desk.folio
        note = basket_of(folio, self.order_id, USED)
        returned, is_whole = gone_back(self.order_id, self.member, note, self.lines)
        program = desk.revision(note.revision)
        before, now = kept_of(note, note.returned, program), kept_of(note, returned, program)
        given_back, told = list(note.given_back), []
        for was, kept in zip(before, now, strict=True):
            template = program.coupons[kept.template]
            amount, shares = take_off(desk, note, was, kept)
            is_used = coupon_of(folio, kept.coupon).state is State.USED and kept.coupon not in given_back
            is_back = is_used and comes_back(template, kept, is_whole, self.cancelled)
            if is_back:
                give_back(desk, kept.coupon, template)
                given_back.append(kept.coupon)
            after = coupon_of(folio, kept.coupon)
            told.append(
                CouponBack(
                    coupon=kept.coupon,
                    template=kept.template,
                    is_back=is_back,
                    state=after.state,
                    ends_at=after.ends_at,
                    amount=amount,
                    shares=shares,
                )
            )
        put_basket(
            folio,
            self.order_id,
            msgspec.structs.replace(note, returned=returned, given_back=tuple(given_back)),
        )
        desk.subject = self.order_id
        return CouponsReturned(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            coupons=tuple(told),
            amount=sum(each.amount for each in told),
        )
