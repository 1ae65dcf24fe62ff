"""Refusals of stored value: what limits, top-ups and payouts do not allow. Amounts are in minor units."""

from .facts import Fact
from .families import Refused


class MoneyUnit(Refused):
    """The unit is money: it is paid in and paid back, and never awarded, redeemed, adjusted or given away."""

    REASON = "MONEY_UNIT"
    unit = Fact(str)


class NotStoredValue(Refused):
    """The program does not keep this unit as stored value."""

    REASON = "NOT_STORED_VALUE"
    program = Fact(str)
    unit = Fact(str)


class NotEnoughValue(Refused):
    """Less money can be spent than was asked for."""

    REASON = "NOT_ENOUGH_VALUE"
    unit = Fact(str)
    asked = Fact(int)
    available = Fact(int)


class LimitExceeded(Refused):
    """The program lets less money be moved: `what` is "top_up", "spend" or "payout", `period` is "at_once"
    or "a_day".
    """

    REASON = "LIMIT_EXCEEDED"
    unit = Fact(str)
    what = Fact(str)
    period = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class BalanceLimitExceeded(Refused):
    """The member would have more money than one may who is known by name, or who is not."""

    REASON = "BALANCE_LIMIT_EXCEEDED"
    unit = Fact(str)
    asked = Fact(int)
    left = Fact(int)
    most = Fact(int)


class PlanNotApplicable(Refused):
    """The top-up plan that was asked for gives nothing for this top-up."""

    REASON = "PLAN_NOT_APPLICABLE"
    plan = Fact(str)
    problem = Fact(str)


class TopUpExists(Refused):
    """The member already has a top-up of this id, from another request."""

    REASON = "TOP_UP_EXISTS"
    member = Fact(str)
    top_up = Fact(str)


class UnknownTopUp(Refused):
    """The member has no top-up of this id."""

    REASON = "UNKNOWN_TOP_UP"
    member = Fact(str)
    top_up = Fact(str)


class TopUpState(Refused):
    """The top-up is not in the state that this needs."""

    REASON = "TOP_UP_STATE"
    top_up = Fact(str)
    state = Fact(str)
    needed = Fact(str)


class PaymentDiffers(Refused):
    """Another amount was paid than the top-up is for."""

    REASON = "PAYMENT_DIFFERS"
    top_up = Fact(str)
    unit = Fact(str)
    paid = Fact(int)
    expected = Fact(int)


class PayoutExceedsValue(Refused):
    """More was to be paid back than can be."""

    REASON = "PAYOUT_EXCEEDS_VALUE"
    unit = Fact(str)
    asked = Fact(int)
    payable = Fact(int)


class PayoutExists(Refused):
    """The member already has a payout of this id, from another request."""

    REASON = "PAYOUT_EXISTS"
    member = Fact(str)
    payout = Fact(str)


class UnknownPayout(Refused):
    """The member has no payout of this id."""

    REASON = "UNKNOWN_PAYOUT"
    member = Fact(str)
    payout = Fact(str)


class PayoutState(Refused):
    """The payout is not in the state that this needs."""

    REASON = "PAYOUT_STATE"
    payout = Fact(str)
    state = Fact(str)
    needed = Fact(str)


class ReactivationExceedsLapsed(Refused):
    """More was to be reactivated than has lapsed and was not reactivated before."""

    REASON = "REACTIVATION_EXCEEDS_LAPSED"
    unit = Fact(str)
    asked = Fact(int)
    lapsed = Fact(int)
