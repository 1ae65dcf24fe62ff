"""ClaimCode: a member takes the coupon that a unique code is good for. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from tallybook.coupons.claim_coupon import check_claim
from tallybook.coupons.issue import check_usable_ever, put_new, template_of
from tallybook.coupons.issue_coupons import CouponsIssued
from tallybook.coupons.limits import count_limits
from tallybook.coupons.notes import CODE
from tallybook.coupons.sheets import sheet_of
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import Note, NoteKey
from tallybook.members.bearers import check_hash, check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.programs.program import Program
from tallybook.refusals.coupons import CouponNotClaimable, UnknownCouponCode


class ClaimCode(Command[CouponsIssued], frozen=True, kw_only=True, tag="claim_code"):
    """Take the coupon of a code that nobody has claimed, by the code's keyed hash. It keeps its code.

    What is tried in vain is counted by `PresentCoupon`, which comes before. Refused with `UnknownCouponCode`,
    alike for a code that does not exist and one that somebody else has; `CouponNotClaimable`,
    `CouponLimitReached` or `MemberFrozen`.
    """

    code_hash: str
    reply_type = CouponsIssued
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_hash("code_hash", self.code_hash)

    def counterpart_handle(self) -> NoteKey:
        return CODE, self.code_hash

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> CouponsIssued:
        folio, holder = desk.folio, desk.holder(CODE, self.code_hash)
        sheet = None if holder is None else sheet_of(holder)
        if holder is None or sheet is None:
            if holder is folio:
                raise CouponNotClaimable(template="", problem="the member has claimed this code before")
            raise UnknownCouponCode
        template = template_of(desk.program, sheet.template)
        check_may_earn(desk)
        check_claim(desk, template)
        check_usable_ever(desk, template)
        count_limits(desk, template, 1)
        coupon = put_new(folio, desk.program, template, desk.now, self.code_hash)
        holder.put_note(CODE, None, self.code_hash)
        folio.put_note(CODE, Note(msgspec.json.encode(coupon.coupon).decode()), self.code_hash)
        return CouponsIssued(entry=desk.entry, recorded_at=desk.now, coupons=(coupon,))
