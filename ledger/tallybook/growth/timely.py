"""Giving rewards: units, days, coupons. Pure: no clock, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from tallybook.coupons.issue import give_coupons
from tallybook.growth.giving import give, has_room
from tallybook.growth.memberships import (
    Membership,
    given,
    is_too_long,
    memberships_of,
    put_memberships,
    with_held,
)
from tallybook.journal.folio import Folio
from tallybook.members.erased import erased_on
from tallybook.members.freeze import may_earn
from tallybook.programs.memberships import MembershipPlan
from tallybook.programs.program import Program
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, Reward, UnitsReward
from tallybook.programs.windows import starts_of


def may_be_given(folio: Folio) -> bool:
    """Whether a member may earn, and is still somebody."""
    return may_earn(folio) and erased_on(folio) is None


def has_room_for(folio: Folio, program: Program, rewards: Iterable[Reward], at: datetime) -> bool:
    """Whether a member can have all of these rewards. Time cannot be refused, so it asks before."""
    days: Counter[str] = Counter()
    for reward in rewards:
        if isinstance(reward, MembershipDaysReward):
            days[reward.plan] += reward.days
    held, plans = memberships_of(folio).held, program.memberships
    too_long = (
        is_too_long(given(held.get(plan), plans[plan], program, at, more), program.today(at))
        for plan, more in days.items()
    )
    return has_room(folio, (each for each in rewards if isinstance(each, UnitsReward))) and not any(too_long)


def give_timely(folio: Folio, program: Program, reward: Reward, at: datetime) -> None:
    """Give a reward at a moment, from whose local day its own days are counted."""
    match reward:
        case UnitsReward():
            give(folio, program, reward, program.today(at))
        case MembershipDaysReward():
            _give_days(folio, program, reward, at)
        case CouponReward():
            give_coupons(folio, program, reward.template, reward.count, at)


def _give_days(folio: Folio, program: Program, reward: MembershipDaysReward, at: datetime) -> None:
    plan, memberships = program.memberships[reward.plan], memberships_of(folio)
    held = given(memberships.held.get(plan.code), plan, program, at, reward.days)
    held = begin_grants(folio, program, plan, held, at)
    put_memberships(folio, with_held(memberships, plan.code, held))


def begin_grants(
    folio: Folio, program: Program, plan: MembershipPlan, held: Membership, at: datetime
) -> Membership:
    """Give what a plan gives in every period, where the membership has not had any of it yet."""
    periods = dict(held.periods)
    for index, grant in enumerate(plan.benefits.grants):
        if str(index) not in periods:
            give_if_may(folio, program, grant.rewards, at)
            periods[str(index)] = starts_of(program.today(at))[grant.every]
    return replace(held, periods=periods)


def give_if_may(folio: Folio, program: Program, rewards: Iterable[Reward], at: datetime) -> None:
    """Give rewards, all or none: nothing to who may not be given anything, or has no room for them."""
    rewards = tuple(rewards)
    if may_be_given(folio) and has_room_for(folio, program, rewards, at):
        for reward in rewards:
            give_timely(folio, program, reward, at)
