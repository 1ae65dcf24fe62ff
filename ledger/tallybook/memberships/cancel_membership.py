"""CancelMembership: a member does not mean to go on. Pure: no clock, no database."""

from __future__ import annotations

from msgspec.structs import replace

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.growth.memberships import ending, memberships_of, put_memberships, with_held
from tallybook.memberships.changed import MembershipChanged, held_of, plan_of, told


class CancelMembership(Command[MembershipChanged], frozen=True, kw_only=True, tag="cancel_membership"):
    """Call a membership off: it lasts through its last day, and has no grace. A renewal lets it go on.

    Refused with `UnknownMembershipPlan` or `NoMembership`.
    """

    plan: str
    reply_type = MembershipChanged

    def check(self) -> None:
        check_id("plan", self.plan)

    def decide(self, desk: Desk) -> MembershipChanged:
        plan = plan_of(desk, self.plan)
        held = ending(replace(held_of(desk, plan.code), renews=False), desk.program)
        held = replace(held, ends_at=max(held.ends_at, desk.now))  # in its grace it ends at once
        put_memberships(desk.folio, with_held(memberships_of(desk.folio), plan.code, held))
        desk.subject = plan.code
        return MembershipChanged(**told(desk, plan.code, held))
