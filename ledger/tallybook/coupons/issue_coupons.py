"""IssueCoupons: the shop gives a member coupons. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from tallybook.coupons.issue import NewCoupon, issued, stocks_of, template_of
from tallybook.coupons.notes import COUNTS
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.programs.program import Program

AT_ONCE_MAX: Final = 100


class CouponsIssued(Reply, frozen=True, kw_only=True):
    """The coupons that the member got."""

    coupons: tuple[NewCoupon, ...]


class IssueCoupons(Command[CouponsIssued], frozen=True, kw_only=True, tag="issue_coupons"):
    """Give a member `count` coupons of a template, all or none. Needs a reason.

    Refused with `UnknownCouponTemplate`, `CouponNotClaimable` where their time is over, `CouponLimitReached`,
    `CouponOutOfStock` or `MemberFrozen`.
    """

    template: str
    count: int = 1
    reply_type = CouponsIssued

    def check(self) -> None:
        check_member_name(self.member)
        check_id("template", self.template)
        check_whole("count", self.count, largest=AT_ONCE_MAX)
        if not self.reason:
            raise InvalidInput("reason", "must say why the coupons are given")

    def named_notes(self) -> Sequence[NoteKey]:
        return [(COUNTS, self.template)]

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        return stocks_of(program.coupons.get(self.template))

    def decide(self, desk: Desk) -> CouponsIssued:
        template = template_of(desk.program, self.template)
        check_may_earn(desk)
        coupons = issued(desk, template, self.count)
        return CouponsIssued(entry=desk.entry, recorded_at=desk.now, coupons=coupons)
