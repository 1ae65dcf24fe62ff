"""From what a program says about tiers, tasks and teams to its messages. Pure: no clock, no database.

Figures are those of the compiled program; goals, conditions and validity are told as the document has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import growth_rules_pb2 as wire
from tallybook_client._gen.tallybook.v1.rule_pb2 import LineFilter

from tallybook_server.convert_rules import PERIODS, window_message


def ladder_message(ladder: Any, section: Any) -> wire.Ladder:
    """A compiled ladder, and its section of the document."""
    validity = section.validity
    return wire.Ladder(
        ladder=ladder.code,
        display_name=ladder.display_name,
        main=ladder.is_main,
        validity=wire.TierValidity(
            kind=validity.kind,
            days=getattr(validity, "days", 0),
            months=getattr(validity, "months", 0),
            plus_months=getattr(validity, "plus_months", 0),
        ),
        grace_days=ladder.grace_days,
        downgrade=ladder.downgrade,
        refunds=ladder.refunds,
        tiers=map(_tier, ladder.tiers),
    )


def benefits_message(benefits: Any) -> wire.TierBenefits:
    """What members of a tier, or of a plan, have."""
    return wire.TierBenefits(
        multipliers={unit: str(times) for unit, times in benefits.multipliers.items()},
        discount_basis_points=benefits.discount_basis_points,
        quotas=[
            wire.QuotaRule(quota=name, most=quota.most, period=PERIODS[quota.period])
            for name, quota in benefits.quotas.items()
        ],
        grants=[
            wire.PeriodicGrant(every=PERIODS[grant.every], rewards=rewards_messages(grant.rewards))
            for grant in benefits.grants
        ],
        entitlements=benefits.entitlements,
    )


def _tier(tier: Any) -> wire.Tier:
    return wire.Tier(
        tier=tier.code,
        display_name=tier.display_name,
        any_of=map(_way, tier.entry),
        keep=map(_way, tier.keep),
        benefits=benefits_message(tier.benefits),
        rewards=rewards_messages(tier.rewards),
        rewards_again=tier.rewards_again,
    )


def _way(way: Any) -> wire.TierWay:
    return wire.TierWay(units=way.units, tasks=sorted(way.tasks))


def rewards_messages(rewards: Iterable[Any]) -> list[wire.RewardRule]:
    """What is given, all of it."""
    return [_reward(each) for each in rewards]


def _reward(reward: tb.UnitsReward | tb.MembershipDaysReward | tb.CouponReward) -> wire.RewardRule:
    if isinstance(reward, tb.UnitsReward):
        return wire.RewardRule(
            unit=reward.unit, fund=reward.fund, amount=reward.steps, vesting_days=reward.vesting_days
        )
    if isinstance(reward, tb.MembershipDaysReward):
        return wire.RewardRule(plan=reward.plan, amount=reward.days)
    return wire.RewardRule(coupon_template=reward.template, amount=reward.count)


def team_kind_message(rules: Any, section: Any) -> wire.TeamKind:
    """The compiled rules of a kind of team, and their section of the document."""
    return wire.TeamKind(
        team_kind=rules.code,
        display_name=rules.display_name,
        event=rules.event,
        size=rules.size,
        hours=rules.hours,
        when=None if section.when is None else window_message(rules.window, section.when.calendars),
        condition=section.condition or "",
        lines=None if section.lines is None else LineFilter(**section.lines.model_dump()),
        most_times=rules.most_times,
        take_back=rules.take_back,
        starter=rewards_messages(rules.starter),
        joiner=rewards_messages(rules.joiner),
    )


def task_message(task: Any, section: Any) -> wire.Task:
    """A compiled task, and its section of the document."""
    return wire.Task(
        task=task.code,
        display_name=task.display_name,
        event=task.event,
        goal=wire.TaskGoal(
            kind=section.goal.kind,
            reach=task.goal.reach,
            currency=getattr(section.goal, "currency", ""),
            of=getattr(section.goal, "of", ""),
        ),
        period=PERIODS[task.period],
        streak=task.streak,
        when=None if section.when is None else window_message(task.window, section.when.calendars),
        condition=section.condition or "",
        lines=None if section.lines is None else LineFilter(**section.lines.model_dump()),
        after=task.after,
        most_times=task.most_times,
        take_back=task.take_back,
        rewards=rewards_messages(task.rewards),
        by_member=task.by_member,
        claim_days=task.claim_days,
    )
