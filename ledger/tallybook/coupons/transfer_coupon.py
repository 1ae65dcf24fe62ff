"""TransferCoupon: a member gives another a coupon. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from tallybook.coupons.issue import NewCoupon, template_of
from tallybook.coupons.moves import Move, State
from tallybook.coupons.notes import coupon_keys, coupon_of, forget_code, move_coupon, put_coupon
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import Scope, check_may_redeem, check_not_frozen
from tallybook.refusals.coupons import CouponNotTransferable


class CouponTransferred(Reply, frozen=True, kw_only=True):
    """The coupon is the other member's now, under the same name; `to_entry` tells of it there."""

    to_member: str
    to_entry: int
    coupon: NewCoupon


class TransferCoupon(Command[CouponTransferred], frozen=True, kw_only=True, tag="transfer_coupon"):
    """Give another member a coupon whose template lets go of it. Its time goes on; its code is void.

    What a member is given so does not count towards the limits of the template. Refused with `UnknownCoupon`,
    `CouponState`, `CouponNotTransferable`, or `MemberFrozen` for either of the two.
    """

    coupon: str
    to_member: str
    reply_type = CouponTransferred
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("coupon", self.coupon)
        check_member_name(self.member)
        check_id("to_member", self.to_member)
        check_member_name(self.to_member, "to_member")
        if self.to_member == self.member:
            raise InvalidInput("to_member", "must be somebody else")

    def counterpart(self) -> str:
        return self.to_member

    def named_notes(self) -> Sequence[NoteKey]:
        return coupon_keys(self.coupon)

    def decide(self, desk: Desk) -> CouponTransferred:
        folio, other = desk.folio, desk.other
        assert other is not None, "a transfer is decided on two folios"
        check_may_redeem(desk)
        check_not_frozen(other, Scope.EARN)
        note = coupon_of(folio, self.coupon)
        if not template_of(desk.program, note.template).transferable:
            raise CouponNotTransferable(coupon=self.coupon, template=note.template)
        move_coupon(folio, self.coupon, forget_code(folio, note), Move.TRANSFER, desk.now)
        put_coupon(
            other, self.coupon, msgspec.structs.replace(note, state=State.ISSUED, since=desk.now, code="")
        )
        desk.subject = self.coupon
        coupon = NewCoupon(
            coupon=self.coupon, template=note.template, starts_at=note.starts_at, ends_at=note.ends_at
        )
        return CouponTransferred(
            entry=desk.entry,
            recorded_at=desk.now,
            to_member=self.to_member,
            to_entry=other.next_version,
            coupon=coupon,
        )
