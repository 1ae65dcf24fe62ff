"""GrantMembershipDays: the shop gives a member days of a plan. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.growth.memberships import DAYS_AHEAD_MAX, given, memberships_of
from tallybook.memberships.changed import MembershipChanged, plan_of, put_longer, told


class GrantMembershipDays(Command[MembershipChanged], frozen=True, kw_only=True, tag="grant_membership_days"):
    """Give a member `days` of a plan, at the end of what there is, or from today, in a grace too.

    Needs a reason.

    Refused with `UnknownMembershipPlan` or `MembershipTooLong`.
    """

    plan: str
    days: int
    reply_type = MembershipChanged

    def check(self) -> None:
        check_id("plan", self.plan)
        check_whole("days", self.days, largest=DAYS_AHEAD_MAX)
        if not self.reason:
            raise InvalidInput("reason", "must say why the days are given")

    def decide(self, desk: Desk) -> MembershipChanged:
        plan, memberships = plan_of(desk, self.plan), memberships_of(desk.folio)
        held = given(memberships.held.get(plan.code), plan, desk.program, desk.now, self.days)
        held = put_longer(desk, memberships, plan, held)
        return MembershipChanged(**told(desk, plan.code, held), days=self.days)
