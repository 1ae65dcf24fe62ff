"""Commands and questions about memberships that are paid for, and grants by the calendar. Knows no channel.

Money is in the minor unit of its currency.
"""

from datetime import date
from typing import Unpack

from google.type.date_pb2 import Date

from tallybook_client._gen.tallybook.v1.grant_service_pb2 import (
    GetComingGrantsRequest,
    GetGrantForecastRequest,
    ListGrantsRequest,
)
from tallybook_client._gen.tallybook.v1.membership_pb2 import (
    BuyMembershipRequest,
    CancelMembershipRequest,
    GrantMembershipDaysRequest,
    RefundMembershipRequest,
    RenewMembershipRequest,
)
from tallybook_client._gen.tallybook.v1.membership_service_pb2 import (
    GetMembershipObligationsRequest,
    GetMembershipsRequest,
)

from .circumstances import Common, Reasoned, common_fields


def buy_membership(
    member: str,
    plan: str,
    *,
    paid: int | None = None,
    payment: str = "",
    upgrade_from: str = "",
    renews: bool = True,
    **common: Unpack[Common],
) -> BuyMembershipRequest:
    """Record that a member has paid for a plan, by a payment that is called `payment` elsewhere.

    Without `paid` it is what is to be paid: the price, less what the days to come of the plan `upgrade_from`
    count. With `renews` false the membership ends with its last day, without grace.

    >>> request = buy_membership("m1", "plus", payment="pay-7")
    >>> request.plan, request.HasField("paid")
    ('plus', False)
    """
    return BuyMembershipRequest(
        member=member,
        plan=plan,
        paid=paid,
        payment=payment,
        upgrade_from=upgrade_from,
        renews=renews,
        **common_fields(common),
    )


def renew_membership(
    member: str, plan: str, *, paid: int | None = None, payment: str = "", **common: Unpack[Common]
) -> RenewMembershipRequest:
    """Record that a member has paid for another term of a plan, at the end of the last, however early."""
    return RenewMembershipRequest(
        member=member, plan=plan, paid=paid, payment=payment, **common_fields(common)
    )


def grant_membership_days(
    member: str, plan: str, *, days: int, reason: str, **common: Unpack[Reasoned]
) -> GrantMembershipDaysRequest:
    """Give a member days of a plan, at the end of what there is or from today."""
    return GrantMembershipDaysRequest(
        member=member, plan=plan, days=days, reason=reason, **common_fields(common)
    )


def refund_membership(member: str, plan: str, **common: Unpack[Common]) -> RefundMembershipRequest:
    """Take back the days to come of a plan that were bought, and learn what to pay back."""
    return RefundMembershipRequest(member=member, plan=plan, **common_fields(common))


def cancel_membership(member: str, plan: str, **common: Unpack[Common]) -> CancelMembershipRequest:
    """Let a membership end with its last day, without grace."""
    return CancelMembershipRequest(member=member, plan=plan, **common_fields(common))


def get_memberships(member: str) -> GetMembershipsRequest:
    """Read the memberships of a member, those that are over among them."""
    return GetMembershipsRequest(member=member)


def get_membership_obligations() -> GetMembershipObligationsRequest:
    """Add up what each plan still owes its members, in days and in money that was paid for them."""
    return GetMembershipObligationsRequest()


def list_grants(member: str, *, page_size: int = 0) -> ListGrantsRequest:
    """Read what a member had by the calendar, the newest first."""
    return ListGrantsRequest(member=member, page_size=page_size)


def get_coming_grants(member: str) -> GetComingGrantsRequest:
    """Read what comes next of each grant for a member, if nothing changes."""
    return GetComingGrantsRequest(member=member)


def get_grant_forecast(*, first_day: date, last_day: date) -> GetGrantForecastRequest:
    """Count how many members will get what from one local day through another, if nothing changes."""
    return GetGrantForecastRequest(first_day=_date(first_day), last_day=_date(last_day))


def _date(day: date) -> Date:
    return Date(year=day.year, month=day.month, day=day.day)
