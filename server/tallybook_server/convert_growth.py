"""Tiers, benefits and tasks on the wire. Pure: no clock, no database.

The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import growth_pb2, task_pb2, tier_pb2
from tallybook_client._gen.tallybook.v1.growth_pb2 import TierChangeReason

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import date_message, day, timestamp
from tallybook_server.convert_replies import balance_message, recorded

REASONS: Final = {
    "reached": TierChangeReason.TIER_CHANGE_REASON_REACHED,
    "not_kept": TierChangeReason.TIER_CHANGE_REASON_NOT_KEPT,
    "refund": TierChangeReason.TIER_CHANGE_REASON_REFUND,
    "override": TierChangeReason.TIER_CHANGE_REASON_OVERRIDE,
    "override_ended": TierChangeReason.TIER_CHANGE_REASON_OVERRIDE_ENDED,
    "program": TierChangeReason.TIER_CHANGE_REASON_PROGRAM,
    "merged": TierChangeReason.TIER_CHANGE_REASON_MERGED,
    "split": TierChangeReason.TIER_CHANGE_REASON_SPLIT,
}


# --- commands --------------------------------------------------------------------------------------------


def override_tier(request: tier_pb2.OverrideTierRequest, program: str) -> tb.OverrideTier:
    """Set a tier by hand."""
    return tb.OverrideTier(
        **common(request, program),
        ladder=request.ladder,
        tier=request.tier,
        until=day("until", request.until),
        exactly=request.exactly,
    )


def end_override(request: tier_pb2.EndOverrideRequest, program: str) -> tb.EndOverride:
    """End what was set by hand."""
    return tb.EndOverride(**common(request, program), ladder=request.ladder)


def use_benefit(request: tier_pb2.UseBenefitRequest, program: str) -> tb.UseBenefit:
    """Use a benefit."""
    return tb.UseBenefit(
        **common(request, program),
        quota=request.quota,
        times=request.times if request.HasField("times") else 1,
    )


def return_benefit(request: tier_pb2.ReturnBenefitRequest, program: str) -> tb.ReturnBenefit:
    """Give uses back."""
    return tb.ReturnBenefit(
        **common(request, program),
        use=request.use,
        times=request.times if request.HasField("times") else None,
    )


def claim_task(request: task_pb2.ClaimTaskRequest, program: str) -> tb.ClaimTask:
    """Claim what a task gives."""
    since = day("since", request.since) if request.HasField("since") else None
    return tb.ClaimTask(**common(request, program), task=request.task, since=since)


# --- replies ---------------------------------------------------------------------------------------------


def tier_set(reply: tb.TierSet) -> tier_pb2.OverrideTierResponse:
    """A tier set by hand."""
    return tier_pb2.OverrideTierResponse(
        **recorded(reply), standing=standing_message(reply.standing), given=given_messages(reply.given)
    )


def override_ended(reply: tb.TierSet) -> tier_pb2.EndOverrideResponse:
    """An override ended."""
    return tier_pb2.EndOverrideResponse(
        **recorded(reply), standing=standing_message(reply.standing), given=given_messages(reply.given)
    )


def benefit_used(reply: tb.BenefitUsed) -> tier_pb2.UseBenefitResponse:
    """A benefit used."""
    return tier_pb2.UseBenefitResponse(
        **recorded(reply), quota=reply.quota, times=reply.times, left=_quota(reply)
    )


def benefit_returned(reply: tb.BenefitUsed) -> tier_pb2.ReturnBenefitResponse:
    """Uses given back."""
    return tier_pb2.ReturnBenefitResponse(
        **recorded(reply), quota=reply.quota, times=reply.times, left=_quota(reply)
    )


def task_claimed(reply: tb.TaskClaimed) -> task_pb2.ClaimTaskResponse:
    """Rewards claimed."""
    return task_pb2.ClaimTaskResponse(
        **recorded(reply),
        task=reply.task,
        since=date_message(reply.since),
        given=given_messages(reply.given),
        balances=[balance_message(unit, balance) for unit, balance in reply.balances.items()],
    )


def given_messages(given: Iterable[tb.Given]) -> list[growth_pb2.GivenReward]:
    """What tasks, tiers and teams gave."""
    return [
        growth_pb2.GivenReward(
            source=each.source,
            unit=each.unit,
            fund=each.fund,
            amount=each.amount,
            expires_on=date_message(each.expires_on),
            vests_on=date_message(each.vests_on),
            coupon_template=each.template,
            plan=each.plan,
            coupons=each.coupons,
            stayed=each.stayed,
        )
        for each in given
    ]


def counted_messages(counted: Iterable[Any]) -> list[growth_pb2.CountedTask]:
    """What an event counted towards tasks."""
    return [
        growth_pb2.CountedTask(task=each.task, since=date_message(each.since), amount=each.amount)
        for each in counted
    ]


def change_messages(changes: Iterable[Any]) -> list[growth_pb2.TierChange]:
    """Tiers that became others."""
    return [
        growth_pb2.TierChange(
            ladder=each.ladder, before=each.before, after=each.after, reason=REASONS[each.why]
        )
        for each in changes
    ]


# --- views -----------------------------------------------------------------------------------------------


def standing_message(standing: tb.LadderStanding) -> tier_pb2.LadderStanding:
    """Where a member stands on a ladder."""
    override, drop = standing.override, standing.drop
    return tier_pb2.LadderStanding(
        ladder=standing.ladder,
        tier=standing.tier,
        own_tier=standing.own_tier,
        since=None if standing.since is None else timestamp(standing.since),
        valid_through=date_message(standing.valid_through),
        grace_through=date_message(standing.grace_through),
        override=None
        if override is None
        else tier_pb2.TierOverride(
            tier=override.tier,
            until=date_message(override.until),
            reason=override.reason,
            exactly=override.exactly,
        ),
        counts=standing.counts,
        next_tier=standing.next_tier,
        to_next=map(_missing, standing.to_next),
        to_keep=map(_missing, standing.to_keep),
        drop=None if drop is None else tier_pb2.TierDrop(at=timestamp(drop.at), tier=drop.tier),
        lapses=[
            tier_pb2.LapsingUnits(
                unit=each.unit, counts_through=date_message(each.counts_through), amount=each.steps
            )
            for each in standing.lapses
        ],
    )


def _missing(missing: tb.Missing) -> tier_pb2.MissingForTier:
    return tier_pb2.MissingForTier(units=missing.units, tasks=missing.tasks)


def past_change_message(change: tb.TierChange) -> tier_pb2.PastTierChange:
    """A change of a tier that is history."""
    (told,) = change_messages([change])
    return tier_pb2.PastTierChange(at=timestamp(change.at), change=told, detail=change.detail)


def benefits_message(benefits: tb.BenefitsView) -> tier_pb2.MemberBenefits:
    """What a member has."""
    return tier_pb2.MemberBenefits(
        multipliers={unit: str(times) for unit, times in benefits.multipliers.items()},
        discount_basis_points=benefits.discount_basis_points,
        quotas=map(_quota, benefits.quotas),
        entitlements=benefits.entitlements,
    )


def _quota(left: tb.QuotaLeft | tb.BenefitUsed) -> tier_pb2.BenefitQuota:
    return tier_pb2.BenefitQuota(
        quota=left.quota,
        most=left.most,
        period=left.period,
        used=left.used,
        left=left.left,
        since=date_message(left.since),
        last_day=date_message(left.last_day),
    )


def progress_message(progress: tb.TaskProgress) -> task_pb2.TaskProgress:
    """How far a member is in a task."""
    return task_pb2.TaskProgress(
        task=progress.task,
        display_name=progress.display_name,
        since=date_message(progress.since),
        last_day=date_message(progress.last_day),
        progress=progress.progress,
        reach=progress.reach,
        missing=progress.missing,
        values=progress.values,
        streak=progress.streak,
        streak_reach=progress.streak_reach,
        waits_for=progress.waits_for,
        times=progress.times,
        is_over=progress.is_over,
        claimable=map(_completion, progress.claimable),
        completions=map(_completion, progress.completions),
    )


def _completion(completion: tb.Completion) -> task_pb2.TaskCompletion:
    return task_pb2.TaskCompletion(
        since=date_message(completion.since),
        on=date_message(completion.on),
        number=completion.number,
        claim_by=date_message(completion.claim_by),
        claimed_on=date_message(completion.claimed_on),
        is_given=completion.is_given,
    )
