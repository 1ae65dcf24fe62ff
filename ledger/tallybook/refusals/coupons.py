"""The refusals about coupons, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`. Money is in minor units of the template's currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class UnknownCouponTemplate(NotDeclared):
    """Program {program!r} has no coupon template {template!r}."""

    code: ClassVar[str] = "UNKNOWN_COUPON_TEMPLATE"
    program: str
    template: str


@refusal
@dataclass(eq=False)
class UnknownCouponCode(Refusal):
    """No coupon can be claimed with this code."""

    code: ClassVar[str] = "UNKNOWN_COUPON_CODE"


@refusal
@dataclass(eq=False)
class UnknownCoupon(Refusal):
    """Member {member!r} has no coupon {coupon!r}."""

    code: ClassVar[str] = "UNKNOWN_COUPON"
    member: str
    coupon: str


@refusal
@dataclass(eq=False)
class CouponState(Refusal):
    """Coupon {coupon!r} is {state}: {problem}."""

    code: ClassVar[str] = "COUPON_STATE"
    coupon: str
    state: str
    problem: str


@refusal
@dataclass(eq=False)
class CouponNotClaimable(Refusal):
    """No coupon of {template!r} can be had: {problem}."""

    code: ClassVar[str] = "COUPON_NOT_CLAIMABLE"
    template: str
    problem: str


@refusal
@dataclass(eq=False)
class CouponLimitReached(Refusal):
    """A member gets {most} coupons of {template!r} each {period}: {asked} were asked for, {left} are left."""

    code: ClassVar[str] = "COUPON_LIMIT_REACHED"
    template: str
    period: str
    most: int
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class CouponOutOfStock(Refusal):
    """{asked} coupons of {template!r} were asked for, {left} are left."""

    code: ClassVar[str] = "COUPON_OUT_OF_STOCK"
    template: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class CodesExist(Refusal):
    """Codes of batch {batch!r} with these numbers were issued before."""

    code: ClassVar[str] = "CODES_EXIST"
    batch: str


@refusal
@dataclass(eq=False)
class CouponNotUsable(Refusal):
    """Coupon {coupon!r} of {template!r} is not usable: {why} {detail} ({asked} asked, {there} there)."""

    code: ClassVar[str] = "COUPON_NOT_USABLE"
    coupon: str
    template: str
    why: str
    asked: int
    there: int
    detail: str


@refusal
@dataclass(eq=False)
class CouponNotTransferable(Refusal):
    """Coupon {coupon!r} is of {template!r}, which its member cannot give away."""

    code: ClassVar[str] = "COUPON_NOT_TRANSFERABLE"
    coupon: str
    template: str


@refusal
@dataclass(eq=False)
class UnknownCouponOrder(Refusal):
    """Member {member!r} has no coupons reserved or used for order {order!r}."""

    code: ClassVar[str] = "UNKNOWN_COUPON_ORDER"
    member: str
    order: str


@refusal
@dataclass(eq=False)
class CouponOrderState(Refusal):
    """The coupons of order {order!r} are {state}, and would have to be {needed}."""

    code: ClassVar[str] = "COUPON_ORDER_STATE"
    order: str
    state: str
    needed: str


@refusal
@dataclass(eq=False)
class ReturnExceedsOrder(Refusal):
    """{asked} pieces of line {line!r} of order {order!r} were to go back, {left} are left."""

    code: ClassVar[str] = "RETURN_EXCEEDS_ORDER"
    order: str
    line: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class RevocationTooLate(Refusal):
    """The redemption of order {order!r} could be revoked before {until}."""

    code: ClassVar[str] = "REVOCATION_TOO_LATE"
    order: str
    until: str
