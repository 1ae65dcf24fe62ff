"""BuyMembership: a member has paid for a plan. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from tallybook.engine.checks import check_flag, check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.growth.memberships import (
    Memberships,
    Why,
    bought,
    credit_of,
    ending,
    memberships_of,
    with_held,
    without,
)
from tallybook.memberships.changed import (
    MembershipBought,
    check_payment,
    held_of,
    plan_of,
    put_longer,
    told,
)
from tallybook.programs.memberships import MembershipPlan
from tallybook.refusals.memberships import MembershipExists, UpgradeNotOffered


class BuyMembership(Command[MembershipBought], frozen=True, kw_only=True, tag="buy_membership"):
    """Record that a member has paid for a term of `plan`, which begins today.

    `paid` is in minor units, by default what is to be paid: the price, less the credit; with `validate_only`
    this says it beforehand. `payment` is what the payment is called elsewhere. With `upgrade_from`, what the
    days to come of that plan are of what was paid for them counts towards this one, and the plan is over but
    for days that were given. `renews` says whether the member means to go on, which the shop sees to: then
    benefits last for the plan's grace.

    Refused with `UnknownMembershipPlan`, `MembershipExists`, `NoMembership` and `UpgradeNotOffered` for the
    plan to upgrade from, `PaymentUsed` or `MembershipTooLong`.
    """

    plan: str
    paid: int | None = None
    payment: str = ""
    upgrade_from: str = ""
    renews: bool = True
    reply_type = MembershipBought
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("plan", self.plan)
        for name in ("payment", "upgrade_from"):
            if getattr(self, name) != "":
                check_id(name, getattr(self, name))
        if self.paid is not None:
            check_whole("paid", self.paid, smallest=0)
        check_flag("renews", self.renews)

    def decide(self, desk: Desk) -> MembershipBought:
        plan, memberships = plan_of(desk, self.plan), memberships_of(desk.folio)
        if plan.code in memberships.held:
            raise MembershipExists(member=self.member, plan=plan.code)
        check_payment(desk, self.payment)
        credit = 0
        if self.upgrade_from:
            credit, memberships = self._credited(desk, memberships)
        paid, back = self._paid(plan, credit)
        held = bought(None, plan, desk.program, desk.now, paid + credit - back, self.payment)
        days = held.days
        if not self.renews:
            held = ending(replace(held, renews=False), desk.program)
        held = put_longer(desk, memberships, plan, held)
        return MembershipBought(
            **told(desk, plan.code, held),
            days=days,
            currency=plan.currency,
            paid=paid,
            credit=credit,
            pay_back=back,
        )

    def _paid(self, plan: MembershipPlan, credit: int) -> tuple[int, int]:
        """What is paid, and what of the credit is left over and paid back."""
        back = max(0, credit - plan.price)
        return (max(0, plan.price - credit) if self.paid is None else self.paid), back

    def _credited(self, desk: Desk, memberships: Memberships) -> tuple[int, Memberships]:
        """What the other plan counts, and the memberships after it has."""
        held = held_of(desk, self.upgrade_from)
        offered = desk.program.memberships.get(self.upgrade_from)
        if offered is None or self.plan not in offered.upgrades_to:
            raise UpgradeNotOffered(plan=self.upgrade_from, to_plan=self.plan)
        back = credit_of(held, desk.program, desk.today)
        if back.left is None or not held.left(desk.today):
            return back.amount, without(memberships, self.upgrade_from, desk.now, Why.UPGRADED)
        return back.amount, with_held(memberships, self.upgrade_from, back.left)
