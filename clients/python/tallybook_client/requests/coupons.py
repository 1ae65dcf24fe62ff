"""Commands and questions about coupons, by their names or by the codes that people hold. Knows no channel.

Money is in the minor unit of the template's currency.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Unpack

from tallybook_client._gen.tallybook.v1.coupon_pb2 import (
    Basket,
    ClaimCouponRequest,
    CouponState,
    IssueCouponsRequest,
    RedeemInStoreRequest,
    ReleaseCouponsRequest,
    ReserveCouponsRequest,
    ReturnCouponsRequest,
    RevokeRedemptionRequest,
    TransferCouponRequest,
    UseCouponsRequest,
    VoidCouponRequest,
)
from tallybook_client._gen.tallybook.v1.coupon_service_pb2 import (
    ClaimCouponCodeRequest,
    EvaluateBasketRequest,
    GetCouponOrderRequest,
    GetCouponReportRequest,
    GetCouponRequest,
    IssueCouponCodesRequest,
    ListCouponsRequest,
    ListCouponTemplatesRequest,
    RedeemCouponCodeRequest,
    VoidCouponCodesRequest,
)

from .circumstances import Common, Reasoned, common_fields

CouponCommand = (
    IssueCouponsRequest
    | ClaimCouponRequest
    | ReserveCouponsRequest
    | ReleaseCouponsRequest
    | UseCouponsRequest
    | ReturnCouponsRequest
    | VoidCouponRequest
    | TransferCouponRequest
    | RedeemInStoreRequest
    | RevokeRedemptionRequest
)


def issue_coupons(
    member: str, template: str, *, reason: str, count: int = 1, **common: Unpack[Reasoned]
) -> IssueCouponsRequest:
    """Give a member coupons of a template."""
    return IssueCouponsRequest(
        member=member, template=template, count=count, reason=reason, **common_fields(common)
    )


def claim_coupon(
    member: str, *, template: str = "", code: str = "", **common: Unpack[Common]
) -> ClaimCouponRequest:
    """Let a member take a coupon: by its `template`, or by a `code` that all know.

    >>> claim_coupon("alice", template="spring").template
    'spring'
    """
    if bool(template) == bool(code):
        raise TypeError("say which coupon: by a template or by a code, one of them")
    return ClaimCouponRequest(member=member, template=template, code=code, **common_fields(common))


def reserve_coupons(
    member: str,
    *,
    order_id: str,
    coupons: Iterable[str],
    basket: Basket | None = None,
    seconds: int = 0,
    **common: Unpack[Common],
) -> ReserveCouponsRequest:
    """Keep coupons for an order, all or none, for a while. Reserving again replaces what the order has."""
    return ReserveCouponsRequest(
        member=member,
        order_id=order_id,
        coupons=coupons,
        basket=basket,
        seconds=seconds,
        **common_fields(common),
    )


def release_coupons(member: str, *, order_id: str, **common: Unpack[Common]) -> ReleaseCouponsRequest:
    """Let go of the coupons that an order has reserved."""
    return ReleaseCouponsRequest(member=member, order_id=order_id, **common_fields(common))


def use_coupons(
    member: str,
    *,
    order_id: str,
    coupons: Iterable[str] = (),
    basket: Basket | None = None,
    **common: Unpack[Common],
) -> UseCouponsRequest:
    """Use coupons for an order: those that it has reserved, or those that are named, with its basket."""
    return UseCouponsRequest(
        member=member, order_id=order_id, coupons=coupons, basket=basket, **common_fields(common)
    )


def return_coupons(
    member: str,
    *,
    order_id: str,
    cancelled: bool = False,
    lines: Mapping[str, int] | None = None,
    **common: Unpack[Common],
) -> ReturnCouponsRequest:
    """Say that an order was cancelled, or what was refunded of it: so many pieces by line, all without."""
    return ReturnCouponsRequest(
        member=member, order_id=order_id, cancelled=cancelled, lines=lines, **common_fields(common)
    )


def void_coupon(member: str, coupon: str, *, reason: str, **common: Unpack[Reasoned]) -> VoidCouponRequest:
    """Make a coupon void for good."""
    return VoidCouponRequest(member=member, coupon=coupon, reason=reason, **common_fields(common))


def transfer_coupon(
    member: str, to_member: str, coupon: str, **common: Unpack[Common]
) -> TransferCouponRequest:
    """Give a coupon to another member."""
    return TransferCouponRequest(member=member, to_member=to_member, coupon=coupon, **common_fields(common))


def redeem_in_store(
    member: str,
    coupon: str,
    *,
    store: str,
    operator: str,
    basket: Basket,
    order_id: str = "",
    **common: Unpack[Common],
) -> RedeemInStoreRequest:
    """Use a coupon at a till."""
    return RedeemInStoreRequest(
        member=member,
        coupon=coupon,
        store=store,
        operator=operator,
        basket=basket,
        order_id=order_id,
        **common_fields(common),
    )


def revoke_redemption(
    member: str, *, order_id: str, operator: str, reason: str, **common: Unpack[Reasoned]
) -> RevokeRedemptionRequest:
    """Take back what was done at a till, within the time that the template gives."""
    return RevokeRedemptionRequest(
        member=member, order_id=order_id, operator=operator, reason=reason, **common_fields(common)
    )


# --- by code ---------------------------------------------------------------------------------------------


def issue_coupon_codes(
    batch: str, *, template: str, count: int, after: int | None = None
) -> IssueCouponCodesRequest:
    """Make a batch of unique codes. They come as they are made, and never again.

    A batch that broke off is gone on with behind the first `after`, which have come.
    """
    return IssueCouponCodesRequest(batch=batch, template=template, count=count, after=after)


def void_coupon_codes(
    batch: str, *, first: int, last: int, reason: str, request_id: str = ""
) -> VoidCouponCodesRequest:
    """Make codes of a batch void, by their numbers, that nobody has claimed."""
    return VoidCouponCodesRequest(
        batch=batch, first=first, last=last, reason=reason, request_id=request_id or str(uuid.uuid4())
    )


def claim_coupon_code(member: str, code: str, *, caller: str, request_id: str = "") -> ClaimCouponCodeRequest:
    """Let a member take the coupon of a code as it was typed; `caller` says who tries, and is counted."""
    return ClaimCouponCodeRequest(
        member=member, code=code, caller=caller, request_id=request_id or str(uuid.uuid4())
    )


def redeem_coupon_code(
    code: str, *, store: str, operator: str, basket: Basket, order_id: str = "", request_id: str = ""
) -> RedeemCouponCodeRequest:
    """Use at a till the coupon that a member has claimed with a unique code."""
    return RedeemCouponCodeRequest(
        code=code,
        store=store,
        operator=operator,
        basket=basket,
        order_id=order_id,
        request_id=request_id or str(uuid.uuid4()),
    )


# --- reads -----------------------------------------------------------------------------------------------


def get_coupon(member: str, coupon: str) -> GetCouponRequest:
    """Read one coupon."""
    return GetCouponRequest(member=member, coupon=coupon)


def get_coupon_order(member: str, order_id: str) -> GetCouponOrderRequest:
    """Read what coupons an order has reserved or used."""
    return GetCouponOrderRequest(member=member, order_id=order_id)


def list_coupons(member: str, *, state: CouponState | None = None, page_size: int = 0) -> ListCouponsRequest:
    """Read a member's coupons in a state, or all that are open, by name."""
    return ListCouponsRequest(member=member, state=state, page_size=page_size)


def evaluate_basket(member: str, basket: Basket) -> EvaluateBasketRequest:
    """Read what a member's coupons are worth for a basket: each, why not, and the best together."""
    return EvaluateBasketRequest(member=member, basket=basket)


def list_coupon_templates() -> ListCouponTemplatesRequest:
    """Read the coupon templates of the program, with what is left of them."""
    return ListCouponTemplatesRequest()


def get_coupon_report() -> GetCouponReportRequest:
    """Read what became of coupons and what they cost, by template and fund."""
    return GetCouponReportRequest()
