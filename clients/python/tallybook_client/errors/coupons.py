"""Refusals about coupons. Money is in minor units."""

from .facts import Fact
from .families import Refused


class UnknownCouponTemplate(Refused):
    """The program has no such coupon template."""

    REASON = "UNKNOWN_COUPON_TEMPLATE"
    program = Fact(str)
    template = Fact(str)


class UnknownCouponCode(Refused):
    """No coupon can be claimed with this code."""

    REASON = "UNKNOWN_COUPON_CODE"


class UnknownCoupon(Refused):
    """The member has no such coupon."""

    REASON = "UNKNOWN_COUPON"
    member = Fact(str)
    coupon = Fact(str)


class CouponState(Refused):
    """The coupon is in a state in which this cannot be done with it."""

    REASON = "COUPON_STATE"
    coupon = Fact(str)
    state = Fact(str)
    problem = Fact(str)


class CouponNotClaimable(Refused):
    """The member cannot have a coupon of this template."""

    REASON = "COUPON_NOT_CLAIMABLE"
    template = Fact(str)
    problem = Fact(str)


class CouponLimitReached(Refused):
    """The member gets no more coupons of this template in this period."""

    REASON = "COUPON_LIMIT_REACHED"
    template = Fact(str)
    period = Fact(str)
    most = Fact(int)
    asked = Fact(int)
    left = Fact(int)


class CouponOutOfStock(Refused):
    """So many coupons of this template are not left."""

    REASON = "COUPON_OUT_OF_STOCK"
    template = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class CodesExist(Refused):
    """Codes of this batch with these numbers were issued before."""

    REASON = "CODES_EXIST"
    batch = Fact(str)


class CouponNotUsable(Refused):
    """A coupon takes nothing off this basket, or not with the others."""

    REASON = "COUPON_NOT_USABLE"
    coupon = Fact(str)
    template = Fact(str)
    why = Fact(str)
    asked = Fact(int)
    there = Fact(int)
    detail = Fact(str)


class CouponNotTransferable(Refused):
    """Members cannot give coupons of this template away."""

    REASON = "COUPON_NOT_TRANSFERABLE"
    coupon = Fact(str)
    template = Fact(str)


class UnknownCouponOrder(Refused):
    """The member has no coupons reserved or used for this order."""

    REASON = "UNKNOWN_COUPON_ORDER"
    member = Fact(str)
    order = Fact(str)


class CouponOrderState(Refused):
    """The coupons of the order are in another state."""

    REASON = "COUPON_ORDER_STATE"
    order = Fact(str)
    state = Fact(str)
    needed = Fact(str)


class ReturnExceedsOrder(Refused):
    """So many pieces are not left of the line to go back."""

    REASON = "RETURN_EXCEEDS_ORDER"
    order = Fact(str)
    line = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class RevocationTooLate(Refused):
    """The store can no longer take back what it did."""

    REASON = "REVOCATION_TOO_LATE"
    order = Fact(str)
    until = Fact(str)
