"""RefundMembership: what was paid for days to come is paid back. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.growth.memberships import Why, memberships_of, put_memberships, refund_of, with_held, without
from tallybook.memberships.changed import MembershipChanged, held_of, plan_of, told
from tallybook.refusals.memberships import MembershipNotRefundable


class MembershipRefunded(MembershipChanged, frozen=True, kw_only=True):
    """`amount` minor units of `currency` are to be paid back, for `days` that were taken back."""

    amount: int
    currency: str


class RefundMembership(Command[MembershipRefunded], frozen=True, kw_only=True, tag="refund_membership"):
    """Take back the days to come of all terms of `plan` that were bought, as far as the plan pays them back.

    The reply tells what is to be paid back, which the shop does. Days that were given stay, and move up. What
    is left of nothing ends at once. `validate_only` tells it beforehand.

    Refused with `UnknownMembershipPlan`, `NoMembership` or `MembershipNotRefundable`.
    """

    plan: str
    reply_type = MembershipRefunded

    def check(self) -> None:
        check_id("plan", self.plan)

    def decide(self, desk: Desk) -> MembershipRefunded:
        plan, held = plan_of(desk, self.plan), held_of(desk, self.plan)
        back = refund_of(held, plan, desk.program, desk.today)
        if not back.days:
            raise MembershipNotRefundable(member=self.member, plan=plan.code)
        memberships = memberships_of(desk.folio)
        if back.left is None:
            memberships = without(memberships, plan.code, desk.now, Why.REFUNDED)
        else:
            memberships = with_held(memberships, plan.code, back.left)
        put_memberships(desk.folio, memberships)
        desk.subject = plan.code
        return MembershipRefunded(
            **told(desk, plan.code, back.left), days=back.days, amount=back.amount, currency=plan.currency
        )
