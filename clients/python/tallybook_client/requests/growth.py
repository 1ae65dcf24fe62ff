"""Commands and questions about tiers, benefits and tasks. Knows no channel.

Days are dates of the program's time zone.
"""

from datetime import date, datetime
from typing import Unpack

from tallybook_client._gen.tallybook.v1.task_pb2 import ClaimTaskRequest
from tallybook_client._gen.tallybook.v1.task_service_pb2 import GetTasksRequest
from tallybook_client._gen.tallybook.v1.tier_pb2 import (
    EndOverrideRequest,
    OverrideTierRequest,
    ReturnBenefitRequest,
    UseBenefitRequest,
)
from tallybook_client._gen.tallybook.v1.tier_service_pb2 import GetTierAtRequest, GetTiersRequest

from .circumstances import Common, Reasoned, common_fields, day_message, timestamp


def override_tier(
    member: str,
    ladder: str,
    tier: str,
    *,
    until: date,
    reason: str,
    exactly: bool = False,
    **common: Unpack[Reasoned],
) -> OverrideTierRequest:
    """Set a member's tier by hand through the day `until`: at least this one, or with `exactly` this one.

    >>> request = override_tier("m1", "status", "gold", until=date(2027, 1, 31), reason="a mistake of ours")
    >>> request.tier, request.until.day
    ('gold', 31)
    """
    return OverrideTierRequest(
        member=member,
        ladder=ladder,
        tier=tier,
        until=day_message(until),
        reason=reason,
        exactly=exactly,
        **common_fields(common),
    )


def end_override(member: str, ladder: str, **common: Unpack[Common]) -> EndOverrideRequest:
    """End what was set by hand before its time."""
    return EndOverrideRequest(member=member, ladder=ladder, **common_fields(common))


def use_benefit(
    member: str, quota: str, *, times: int | None = None, **common: Unpack[Common]
) -> UseBenefitRequest:
    """Use a benefit that a member has so many times in a period. Without `times`, once."""
    return UseBenefitRequest(member=member, quota=quota, times=times, **common_fields(common))


def return_benefit(
    member: str, use: str, *, times: int | None = None, **common: Unpack[Common]
) -> ReturnBenefitRequest:
    """Give back what the request `use` used of a benefit: so many times, or all that is left of it."""
    return ReturnBenefitRequest(member=member, use=use, times=times, **common_fields(common))


def claim_task(
    member: str, task: str, *, since: date | None = None, **common: Unpack[Common]
) -> ClaimTaskRequest:
    """Claim the rewards of a task, completed in the period that began on `since`.

    Without `since`, of the completion that can be claimed the shortest time.
    """
    day = None if since is None else day_message(since)
    return ClaimTaskRequest(member=member, task=task, since=day, **common_fields(common))


def get_tiers(member: str) -> GetTiersRequest:
    """Read where a member stands on every ladder, what is missing, the benefits and the history."""
    return GetTiersRequest(member=member)


def get_tier_at(member: str, ladder: str, at: datetime) -> GetTierAtRequest:
    """Read the tier that a member had at a moment that has passed."""
    return GetTierAtRequest(member=member, ladder=ladder, at=timestamp(at))


def get_tasks(member: str) -> GetTasksRequest:
    """Read how far a member is in every task, and when each was completed."""
    return GetTasksRequest(member=member)
