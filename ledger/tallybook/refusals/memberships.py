"""The refusals about paid memberships, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`. Money is in minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class UnknownMembershipPlan(NotDeclared):
    """Program {program!r} has no plan of membership {plan!r}."""

    code: ClassVar[str] = "UNKNOWN_MEMBERSHIP_PLAN"
    program: str
    plan: str


@refusal
@dataclass(eq=False)
class MembershipExists(Refusal):
    """Member {member!r} has plan {plan!r} already: renew it."""

    code: ClassVar[str] = "MEMBERSHIP_EXISTS"
    member: str
    plan: str


@refusal
@dataclass(eq=False)
class NoMembership(Refusal):
    """Member {member!r} does not have plan {plan!r}."""

    code: ClassVar[str] = "NO_MEMBERSHIP"
    member: str
    plan: str


@refusal
@dataclass(eq=False)
class MembershipNotRefundable(Refusal):
    """Nothing of plan {plan!r} is to be paid back to member {member!r}."""

    code: ClassVar[str] = "MEMBERSHIP_NOT_REFUNDABLE"
    member: str
    plan: str


@refusal
@dataclass(eq=False)
class UpgradeNotOffered(Refusal):
    """Plan {plan!r} cannot be changed to plan {to_plan!r}."""

    code: ClassVar[str] = "UPGRADE_NOT_OFFERED"
    plan: str
    to_plan: str


@refusal
@dataclass(eq=False)
class PaymentUsed(Refusal):
    """Payment {payment!r} has paid for plan {plan!r} already."""

    code: ClassVar[str] = "PAYMENT_USED"
    plan: str
    payment: str


@refusal
@dataclass(eq=False)
class MembershipTooLong(Refusal):
    """Member {member!r} would have too much ahead of plan {plan!r}: {terms} terms, {days} days."""

    code: ClassVar[str] = "MEMBERSHIP_TOO_LONG"
    member: str
    plan: str
    terms: int
    days: int
