"""Refusals about memberships that are paid for."""

from .facts import Fact
from .families import Refused


class UnknownMembershipPlan(Refused):
    """The program has no such plan of membership."""

    REASON = "UNKNOWN_MEMBERSHIP_PLAN"
    program = Fact(str)
    plan = Fact(str)


class MembershipExists(Refused):
    """The member has the plan already, and can renew it."""

    REASON = "MEMBERSHIP_EXISTS"
    member = Fact(str)
    plan = Fact(str)


class NoMembership(Refused):
    """The member does not have the plan."""

    REASON = "NO_MEMBERSHIP"
    member = Fact(str)
    plan = Fact(str)


class MembershipNotRefundable(Refused):
    """Nothing of the plan is to be paid back."""

    REASON = "MEMBERSHIP_NOT_REFUNDABLE"
    member = Fact(str)
    plan = Fact(str)


class UpgradeNotOffered(Refused):
    """The program does not let members change from one plan to the other."""

    REASON = "UPGRADE_NOT_OFFERED"
    plan = Fact(str)
    to_plan = Fact(str)


class PaymentUsed(Refused):
    """The payment has paid for a term already that is not over."""

    REASON = "PAYMENT_USED"
    plan = Fact(str)
    payment = Fact(str)


class MembershipTooLong(Refused):
    """The member would have too many terms, or days, ahead."""

    REASON = "MEMBERSHIP_TOO_LONG"
    member = Fact(str)
    plan = Fact(str)
    terms = Fact(int)
    days = Fact(int)
