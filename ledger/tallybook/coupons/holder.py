"""What coupons want to know of whoever has them, from the folio. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.coupons.facts import MemberFacts
from tallybook.journal.folio import Folio
from tallybook.members.known import purchases_of, tiers_by_ladder
from tallybook.members.profile import profile_of
from tallybook.programs.coupons import CouponTemplate
from tallybook.programs.ladders import main_of
from tallybook.programs.program import Program


def facts_of(folio: Folio, program: Program) -> MemberFacts:
    """A member as it is now."""
    enrolled_at, profile = folio.standing.enrolled_at, profile_of(folio)
    assert enrolled_at is not None, "a folio that exists was enrolled"
    tiers, main = tiers_by_ladder(folio, program), main_of(program.ladders.values())
    orders, last_purchase_at = purchases_of(folio)
    return MemberFacts(
        tier="" if main is None else tiers.get(main.code, ""),
        tags=profile.tags,
        enrolled_at=enrolled_at,
        birthday_month=0 if profile.birthday is None else profile.birthday.month,
        tiers=tuple(sorted(tiers.values())),
        orders=orders,
        last_purchase_at=last_purchase_at,
    )


def why_not_for(folio: Folio, program: Program, template: CouponTemplate) -> str:
    """Why coupons of a template are for others than this member; empty where they are not."""
    if not (template.tiers or template.tags or template.first_order_only):
        return ""
    member = facts_of(folio, program)
    if template.tiers and template.tiers.isdisjoint(member.tiers):
        return "they are for other tiers"
    if template.tags and template.tags.isdisjoint(member.tags):
        return "they are for members with other tags"
    if template.first_order_only and member.orders:
        return "they are for a first order"
    return ""
