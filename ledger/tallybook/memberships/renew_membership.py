"""RenewMembership: a member has paid for another term. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.growth.memberships import bought, memberships_of
from tallybook.memberships.changed import MembershipBought, check_payment, plan_of, put_longer, told
from tallybook.refusals.memberships import NoMembership


class RenewMembership(Command[MembershipBought], frozen=True, kw_only=True, tag="renew_membership"):
    """Record that a member has paid for another term of `plan`: at the end of the last, however early.

    One that comes in the grace counts from the end as well; one that comes later, or would be over by now
    with its own grace, from today. `paid` is in minor units, by default the price; `payment` is what the
    payment is called elsewhere. A membership that was called off goes on.

    Refused with `UnknownMembershipPlan`, `NoMembership`, `PaymentUsed` or `MembershipTooLong`.
    """

    plan: str
    paid: int | None = None
    payment: str = ""
    reply_type = MembershipBought
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("plan", self.plan)
        if self.payment != "":
            check_id("payment", self.payment)
        if self.paid is not None:
            check_whole("paid", self.paid, smallest=0)

    def decide(self, desk: Desk) -> MembershipBought:
        plan, memberships = plan_of(desk, self.plan), memberships_of(desk.folio)
        before = memberships.held.get(plan.code)
        if before is None and all(each.plan != plan.code for each in memberships.over):
            raise NoMembership(member=self.member, plan=plan.code)
        check_payment(desk, self.payment)
        paid = plan.price if self.paid is None else self.paid
        if before is not None:
            before = replace(before, renews=True)
        held = bought(before, plan, desk.program, desk.now, paid, self.payment)
        held = put_longer(desk, memberships, plan, held)
        return MembershipBought(
            **told(desk, plan.code, held), days=held.terms[-1].days, currency=plan.currency, paid=paid
        )
