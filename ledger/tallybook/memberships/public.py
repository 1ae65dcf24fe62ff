"""What callers know of paid memberships, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.growth.memberships import Over
from tallybook.memberships.buy_membership import BuyMembership
from tallybook.memberships.cancel_membership import CancelMembership
from tallybook.memberships.changed import MembershipBought, MembershipChanged
from tallybook.memberships.grant_membership_days import GrantMembershipDays
from tallybook.memberships.queries import (
    GetMemberships,
    MembershipObligations,
    MembershipsView,
    MembershipView,
    PlanObligation,
    TermView,
)
from tallybook.memberships.refund_membership import MembershipRefunded, RefundMembership
from tallybook.memberships.renew_membership import RenewMembership
from tallybook.refusals.memberships import (
    MembershipExists,
    MembershipNotRefundable,
    MembershipTooLong,
    NoMembership,
    PaymentUsed,
    UnknownMembershipPlan,
    UpgradeNotOffered,
)

__all__ = [
    "BuyMembership",
    "CancelMembership",
    "GetMemberships",
    "GrantMembershipDays",
    "MembershipBought",
    "MembershipChanged",
    "MembershipExists",
    "MembershipNotRefundable",
    "MembershipObligations",
    "MembershipRefunded",
    "MembershipTooLong",
    "MembershipView",
    "MembershipsView",
    "NoMembership",
    "Over",
    "PaymentUsed",
    "PlanObligation",
    "RefundMembership",
    "RenewMembership",
    "TermView",
    "UnknownMembershipPlan",
    "UpgradeNotOffered",
]
