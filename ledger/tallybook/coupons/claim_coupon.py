"""ClaimCoupon: a member takes a coupon, by its template or by a code that all know. Pure: no clock, no
database.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar

from tallybook.coupons.holder import why_not_for
from tallybook.coupons.issue import issued, stocks_of, template_of
from tallybook.coupons.issue_coupons import CouponsIssued
from tallybook.coupons.notes import COUNTS
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.programs.coupons import CodeForm, CouponTemplate
from tallybook.programs.program import Program
from tallybook.refusals.coupons import CouponNotClaimable, UnknownCouponCode


class ClaimCoupon(Command[CouponsIssued], frozen=True, kw_only=True, tag="claim_coupon"):
    """Take one coupon: of a `template` whose coupons have no codes, or the one with a shared `code`.

    Small letters or capitals are the same. A unique code is claimed by `Book.coupons`. Refused with
    `UnknownCouponTemplate`, `UnknownCouponCode`, `CouponNotClaimable`, `CouponLimitReached`,
    `CouponOutOfStock` or `MemberFrozen`.
    """

    template: str = ""
    code: str = ""
    reply_type = CouponsIssued
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        if (self.template == "") == (self.code == ""):
            raise InvalidInput("template", "must be given, or a code, and not both")
        name = "template" if self.template else "code"
        check_id(name, getattr(self, name))

    def named_notes(self) -> Sequence[NoteKey]:
        return [(COUNTS, self.template)] if self.template else ()

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        return stocks_of(self.template_in(program))

    def template_in(self, program: Program) -> CouponTemplate | None:
        """The template that this is about, in a program; None where it knows none."""
        if self.template:
            return program.coupons.get(self.template)
        return program.shared_codes.get(self.code.upper())

    def decide(self, desk: Desk) -> CouponsIssued:
        template = self.template_in(desk.program)
        if template is None and self.code:
            raise UnknownCouponCode
        template = template or template_of(desk.program, self.template)
        if self.template and template.code_form is not CodeForm.NONE:
            raise CouponNotClaimable(template=template.code, problem="they are claimed by their code")
        check_may_earn(desk)
        check_claim(desk, template)
        return CouponsIssued(entry=desk.entry, recorded_at=desk.now, coupons=issued(desk, template, 1))


def check_claim(desk: Desk, template: CouponTemplate) -> None:
    """Raise `CouponNotClaimable` unless the member may take a coupon of a template now."""
    if template.claims is None:
        raise CouponNotClaimable(template=template.code, problem="they are only given out")
    if not template.claims.is_open(desk.now):
        raise CouponNotClaimable(template=template.code, problem="they can be taken at another time")
    problem = why_not_for(desk.folio, desk.program, template)
    if problem:
        raise CouponNotClaimable(template=template.code, problem=problem)
