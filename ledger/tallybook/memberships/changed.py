"""What the commands about memberships share: replies, writing a change. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tallybook.engine.command import Reply
from tallybook.engine.desk import Desk
from tallybook.growth.memberships import (
    Membership,
    Memberships,
    is_too_long,
    memberships_of,
    put_memberships,
    with_held,
)
from tallybook.growth.timely import begin_grants
from tallybook.programs.memberships import MembershipPlan
from tallybook.refusals.memberships import (
    MembershipTooLong,
    NoMembership,
    PaymentUsed,
    UnknownMembershipPlan,
)


class MembershipChanged(Reply, frozen=True, kw_only=True):
    """A member has `plan` through local day `until`, with benefits until `ends_at`; None where it is over.

    `days` is how many came to it.
    """

    plan: str
    until: date | None = None
    ends_at: datetime | None = None
    days: int = 0


class MembershipBought(MembershipChanged, frozen=True, kw_only=True):
    """A term that was bought: minor units of `currency` that were `paid`, and `credit` from another plan.

    `pay_back` is what the credit is more than the price: the member is to have it back.
    """

    currency: str
    paid: int
    credit: int = 0
    pay_back: int = 0


def plan_of(desk: Desk, code: str) -> MembershipPlan:
    """A plan of the program; raises `UnknownMembershipPlan`."""
    plan = desk.program.memberships.get(code)
    if plan is None:
        raise UnknownMembershipPlan(program=desk.program.code, plan=code)
    return plan


def held_of(desk: Desk, code: str) -> Membership:
    """A membership of the member; raises `NoMembership`."""
    held = memberships_of(desk.folio).held.get(code)
    if held is None:
        raise NoMembership(member=desk.folio.member, plan=code)
    return held


def check_payment(desk: Desk, payment: str) -> None:
    """Raise `PaymentUsed` for a payment that has paid for a term which is not over."""
    for plan, held in memberships_of(desk.folio).held.items():
        if payment and any(term.payment == payment for term in held.terms):
            raise PaymentUsed(plan=plan, payment=payment)


def put_longer(desk: Desk, memberships: Memberships, plan: MembershipPlan, held: Membership) -> Membership:
    """Write a membership to which days have come; raises `MembershipTooLong`."""
    if is_too_long(held, desk.today):
        terms, days = len(held.terms), held.left(desk.today)
        raise MembershipTooLong(member=desk.folio.member, plan=plan.code, terms=terms, days=days)
    held = begin_grants(desk.folio, desk.program, plan, held, desk.now)
    put_memberships(desk.folio, with_held(memberships, plan.code, held))
    desk.subject = plan.code
    return held


def told(desk: Desk, plan: str, held: Membership | None) -> dict[str, Any]:
    """What every reply says."""
    return {
        "entry": desk.entry,
        "recorded_at": desk.now,
        "plan": plan,
        "until": None if held is None else held.last_day,
        "ends_at": None if held is None else held.ends_at,
    }
