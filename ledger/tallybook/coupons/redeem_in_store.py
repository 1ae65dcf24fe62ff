"""RedeemInStore and RevokeRedemption: a coupon is used at a till, and that taken back. Pure: no clock, no
database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

import msgspec

from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import Discount
from tallybook.coupons.moves import Move
from tallybook.coupons.notes import BASKET, REVOKED, USED, coupon_keys, coupon_of, move_coupon, put_basket
from tallybook.coupons.orders import basket_of, check_order, use
from tallybook.coupons.returning import gone_back, kept_of, take_off
from tallybook.engine.checks import check_id, check_text
from tallybook.engine.command import Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey
from tallybook.members.freeze import check_may_redeem
from tallybook.refusals.coupons import CouponOrderState, RevocationTooLate


class RedeemedInStore(Reply, frozen=True, kw_only=True):
    """What the coupon took off the receipt, in all and by line."""

    order_id: str
    discount: Discount


class RedeemInStore(Command[RedeemedInStore], frozen=True, kw_only=True, tag="redeem_in_store"):
    """Use a coupon at a till: in `store`, by `operator`, for the `basket` of a receipt.

    `order_id` names the receipt, by default the request id, and the same receipt takes no second coupon. The
    template says where it is good. Refused as `UseCoupons` is.
    """

    coupon: str
    store: str
    operator: str
    basket: Basket
    order_id: str = ""
    reply_type = RedeemedInStore
    is_activity: ClassVar[bool] = True

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def check(self) -> None:
        for name in ("coupon", "store", "operator"):
            check_id(name, getattr(self, name))
        check_order(self.receipt(), self.basket)
        if self.basket.store not in ("", self.store):
            raise InvalidInput("basket.store", f"must be {self.store!r} or left out")

    def receipt(self) -> str:
        """What the receipt is called."""
        return self.order_id or self.request_id

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.receipt()), *coupon_keys(self.coupon)]

    def decide(self, desk: Desk) -> RedeemedInStore:
        check_may_redeem(desk)
        basket = msgspec.structs.replace(self.basket, store=self.store)
        used = use(desk, self.receipt(), basket, [self.coupon], store=self.store, operator=self.operator)
        desk.subject = self.receipt()
        (discount,) = used.combination.discounts
        return RedeemedInStore(
            entry=desk.entry, recorded_at=desk.now, order_id=self.receipt(), discount=discount
        )


class RedemptionRevoked(Reply, frozen=True, kw_only=True):
    """The coupon is the member's again; what it took off is no cost any more."""

    order_id: str
    coupon: str
    amount: int


class RevokeRedemption(Command[RedemptionRevoked], frozen=True, kw_only=True, tag="revoke_redemption"):
    """Take back what was done at a till, within the time that the template gives. Needs a reason.

    Refused with `UnknownCouponOrder`, `CouponOrderState` for what was not done in a store or has gone back,
    or `RevocationTooLate`.
    """

    order_id: str
    operator: str
    reply_type = RedemptionRevoked

    def check(self) -> None:
        check_id("order_id", self.order_id)
        check_id("operator", self.operator)
        check_text("reason", self.reason)
        if not self.reason:
            raise InvalidInput("reason", "must say why the redemption is revoked")

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id)]

    def decide(self, desk: Desk) -> RedemptionRevoked:
        folio = desk.folio
        note = basket_of(folio, self.order_id, USED)
        if not note.store or note.returned:
            state = "refunded" if note.returned else "used by no store"
            raise CouponOrderState(order=self.order_id, state=state, needed="used in a store")
        program = desk.revision(note.revision)
        (discount,) = note.discounts
        until = note.at + timedelta(seconds=program.coupons[discount.template].revocable_within_seconds)
        if desk.now >= until:
            raise RevocationTooLate(order=self.order_id, until=until.isoformat(timespec="seconds"))
        returned, _ = gone_back(self.order_id, self.member, note, None)
        (before,), (now,) = kept_of(note, {}, program), kept_of(note, returned, program)
        amount, _ = take_off(desk, note, before, now)
        move_coupon(folio, discount.coupon, coupon_of(folio, discount.coupon), Move.RETURN, desk.now)
        revoked = msgspec.structs.replace(
            note, state=REVOKED, returned=returned, given_back=(discount.coupon,)
        )
        put_basket(folio, self.order_id, revoked)
        desk.subject = self.order_id
        return RedemptionRevoked(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            coupon=discount.coupon,
            amount=amount,
        )
