"""From explanations and refunds that wait to their messages. Pure: no clock, no database."""

from __future__ import annotations

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import event_service_pb2, explanation_pb2

from tallybook_server.convert_days import timestamp
from tallybook_server.convert_events import reward_message, skipped_messages, taken_messages
from tallybook_server.convert_rules import ROUNDINGS
from tallybook_server.convert_views import posting_message


def explanation_message(found: tb.Explanation) -> explanation_pb2.Explanation:
    """Why an entry moved what it moved."""
    return explanation_pb2.Explanation(
        entry=found.entry,
        kind=found.kind,
        revision=found.revision,
        recorded_at=timestamp(found.recorded_at),
        occurred_at=timestamp(found.occurred_at),
        sentences=found.sentences,
        decisions=map(_decision, found.decisions),
        given_back=[
            explanation_pb2.UnitsGivenBack(
                spent_by=each.spent_by, entry=each.entry, unit=each.unit, amount=each.amount
            )
            for each in found.given_back
        ],
        awaited_order_id=found.awaited,
        rejected=[
            explanation_pb2.RejectedRefund(refund_id=refund_id, problem=problem)
            for refund_id, problem in found.rejected.items()
        ],
        since=None if found.since is None else _since(found.since),
        postings=map(posting_message, found.postings),
    )


def _decision(decision: tb.Decision) -> explanation_pb2.EventDecision:
    return explanation_pb2.EventDecision(
        event_key=decision.event,
        entry=decision.entry,
        revision=decision.revision,
        rewards=map(_earned, decision.rewards),
        recorded_before=decision.before is not None,
        rewards_before=map(reward_message, decision.before or ()),
        skipped=skipped_messages(decision.skipped),
        taken=map(_reclaimed, decision.taken),
    )


def _earned(earned: tb.Earned) -> explanation_pb2.ExplainedReward:
    return explanation_pb2.ExplainedReward(
        reward=reward_message(earned.reward),
        formula=earned.formula,
        rounding=ROUNDINGS[earned.rounding] if earned.rounding else None,
        lines=[
            explanation_pb2.CountedLine(line_id=line.line_id, counted=line.counted, share=line.share)
            for line in earned.lines
        ],
    )


def _reclaimed(taken: tb.Reclaimed) -> explanation_pb2.ReclaimedReward:
    return explanation_pb2.ReclaimedReward(
        rule=taken.rule,
        unit=taken.unit,
        fund=taken.fund,
        reward=taken.reward,
        part=taken.part,
        before=taken.before,
        amount=taken.amount,
    )


def _since(since: tb.Since) -> explanation_pb2.ChangeSince:
    return explanation_pb2.ChangeSince(
        anew=since.rewards is not None,
        rewards=map(reward_message, since.rewards or ()),
        taken=taken_messages(since.taken),
    )


def waiting_message(view: tb.WaitingRefundView) -> event_service_pb2.WaitingRefund:
    """A refund that came before its order."""
    return event_service_pb2.WaitingRefund(
        member=view.member,
        order_id=view.order,
        refund_id=view.refund,
        occurred_at=timestamp(view.occurred_at),
        entry=view.entry,
        problem=view.problem,
    )
