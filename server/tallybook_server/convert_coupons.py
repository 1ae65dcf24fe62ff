"""Coupons on the wire: requests to commands, and what came of them to responses.

Pure: no clock, no database. The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import tallybook as tb
from google.protobuf.timestamp_pb2 import Timestamp
from tallybook_client._gen.tallybook.v1 import coupon_pb2 as wire
from tallybook_client._gen.tallybook.v1 import coupon_service_pb2 as service

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import timestamp
from tallybook_server.convert_replies import recorded

STATES: Final = {
    tb.CouponStanding.ISSUED: wire.CouponState.COUPON_STATE_ISSUED,
    tb.CouponStanding.RESERVED: wire.CouponState.COUPON_STATE_RESERVED,
    tb.CouponStanding.USED: wire.CouponState.COUPON_STATE_USED,
    tb.CouponStanding.EXPIRED: wire.CouponState.COUPON_STATE_EXPIRED,
    tb.CouponStanding.VOIDED: wire.CouponState.COUPON_STATE_VOIDED,
    tb.CouponStanding.TRANSFERRED: wire.CouponState.COUPON_STATE_TRANSFERRED,
}
NEVER_YEAR: Final = 9999
"""What ends then has no end."""


def basket(message: wire.Basket) -> tb.Basket:
    """What is to be bought."""
    return tb.Basket(
        currency=message.currency,
        lines=tuple(
            tb.BasketLine(
                line_id=line.line_id,
                sku=line.sku,
                category=line.category,
                brand=line.brand,
                quantity=line.quantity or 1,
                amount=line.amount,
                tax=line.tax,
                attributes=dict(line.attributes),
            )
            for line in message.lines
        ),
        order_id=message.order_id,
        tax=message.tax,
        shipping=message.shipping,
        store=message.store,
        channel=message.channel,
        attributes=dict(message.attributes),
    )


def _basket_of(request: Any) -> tb.Basket | None:
    return basket(request.basket) if request.HasField("basket") else None


# --- commands --------------------------------------------------------------------------------------------


def issue_coupons(request: wire.IssueCouponsRequest, program: str) -> tb.IssueCoupons:
    """Give coupons."""
    return tb.IssueCoupons(**common(request, program), template=request.template, count=request.count or 1)


def claim_coupon(request: wire.ClaimCouponRequest, program: str) -> tb.ClaimCoupon:
    """Take one."""
    return tb.ClaimCoupon(**common(request, program), template=request.template, code=request.code)


def reserve_coupons(request: wire.ReserveCouponsRequest, program: str) -> tb.ReserveCoupons:
    """Keep some for an order."""
    return tb.ReserveCoupons(
        **common(request, program),
        order_id=request.order_id,
        coupons=tuple(request.coupons),
        basket=_basket_of(request),
        seconds=request.seconds or None,
    )


def release_coupons(request: wire.ReleaseCouponsRequest, program: str) -> tb.ReleaseCoupons:
    """Let them go."""
    return tb.ReleaseCoupons(**common(request, program), order_id=request.order_id)


def use_coupons(request: wire.UseCouponsRequest, program: str) -> tb.UseCoupons:
    """Use them."""
    return tb.UseCoupons(
        **common(request, program),
        order_id=request.order_id,
        coupons=tuple(request.coupons),
        basket=_basket_of(request),
    )


def return_coupons(request: wire.ReturnCouponsRequest, program: str) -> tb.ReturnCoupons:
    """Say what has gone back."""
    return tb.ReturnCoupons(
        **common(request, program),
        order_id=request.order_id,
        cancelled=request.cancelled,
        lines=dict(request.lines) or None,
    )


def void_coupon(request: wire.VoidCouponRequest, program: str) -> tb.VoidCoupon:
    """Make one void."""
    return tb.VoidCoupon(**common(request, program), coupon=request.coupon)


def transfer_coupon(request: wire.TransferCouponRequest, program: str) -> tb.TransferCoupon:
    """Give one away."""
    return tb.TransferCoupon(**common(request, program), coupon=request.coupon, to_member=request.to_member)


def redeem_in_store(request: wire.RedeemInStoreRequest, program: str) -> tb.RedeemInStore:
    """Use one at a till."""
    return tb.RedeemInStore(
        **common(request, program),
        coupon=request.coupon,
        store=request.store,
        operator=request.operator,
        basket=basket(request.basket),
        order_id=request.order_id,
    )


def revoke_redemption(request: wire.RevokeRedemptionRequest, program: str) -> tb.RevokeRedemption:
    """Take that back."""
    return tb.RevokeRedemption(
        **common(request, program), order_id=request.order_id, operator=request.operator
    )


# --- replies ---------------------------------------------------------------------------------------------


def coupons_issued(reply: tb.CouponsIssued) -> wire.IssueCouponsResponse:
    """Coupons given."""
    return wire.IssueCouponsResponse(**recorded(reply), coupons=map(new_coupon, reply.coupons))


def coupon_claimed(reply: tb.CouponsIssued) -> wire.ClaimCouponResponse:
    """A coupon taken."""
    return wire.ClaimCouponResponse(**recorded(reply), coupon=new_coupon(reply.coupons[0]))


def coupons_reserved(reply: tb.CouponsReserved) -> wire.ReserveCouponsResponse:
    """Coupons kept."""
    found = reply.combination
    return wire.ReserveCouponsResponse(
        **recorded(reply),
        coupons=reply.coupons,
        deadline=timestamp(reply.deadline),
        discounts=[] if found is None else map(discount, found.discounts),
        amount=0 if found is None else found.amount,
    )


def coupons_released(reply: tb.CouponsReleased) -> wire.ReleaseCouponsResponse:
    """Coupons let go."""
    return wire.ReleaseCouponsResponse(**recorded(reply), coupons=reply.coupons, expired=reply.expired)


def coupons_used(reply: tb.CouponsUsed) -> wire.UseCouponsResponse:
    """Coupons used."""
    return wire.UseCouponsResponse(
        **recorded(reply),
        discounts=map(discount, reply.combination.discounts),
        amount=reply.combination.amount,
    )


def coupons_returned(reply: tb.CouponsReturned) -> wire.ReturnCouponsResponse:
    """Coupons returned, or not."""
    coupons = returned_coupons(reply.coupons)
    return wire.ReturnCouponsResponse(**recorded(reply), coupons=coupons, amount=reply.amount)


def coupon_voided(reply: tb.CouponVoided) -> wire.VoidCouponResponse:
    """A coupon void."""
    return wire.VoidCouponResponse(**recorded(reply), coupon=reply.coupon)


def coupon_transferred(reply: tb.CouponTransferred) -> wire.TransferCouponResponse:
    """A coupon given away."""
    return wire.TransferCouponResponse(
        **recorded(reply), to_entry=reply.to_entry, coupon=new_coupon(reply.coupon)
    )


def redeemed_in_store(reply: tb.RedeemedInStore) -> wire.RedeemInStoreResponse:
    """A coupon used at a till."""
    return wire.RedeemInStoreResponse(
        **recorded(reply), order_id=reply.order_id, discount=discount(reply.discount)
    )


def redemption_revoked(reply: tb.RedemptionRevoked) -> wire.RevokeRedemptionResponse:
    """That taken back."""
    return wire.RevokeRedemptionResponse(**recorded(reply), coupon=reply.coupon, amount=reply.amount)


# --- views -----------------------------------------------------------------------------------------------


def _end(ends_at: datetime) -> Timestamp | None:
    return None if ends_at.year == NEVER_YEAR else timestamp(ends_at)


def new_coupon(coupon: tb.NewCoupon) -> wire.NewCoupon:
    """A coupon that was issued."""
    return wire.NewCoupon(
        coupon=coupon.coupon,
        template=coupon.template,
        starts_at=timestamp(coupon.starts_at),
        ends_at=_end(coupon.ends_at),
    )


def coupon_message(view: tb.CouponView) -> wire.Coupon:
    """A coupon as it is now."""
    return wire.Coupon(
        coupon=view.coupon,
        template=view.template,
        display_name=view.display_name,
        state=STATES[view.state],
        since=timestamp(view.since),
        issued_at=timestamp(view.issued_at),
        starts_at=timestamp(view.starts_at),
        ends_at=_end(view.ends_at),
        order_id=view.order,
        has_code=view.has_code,
        returns=view.returns,
    )


def discount(found: tb.CouponDiscount) -> wire.CouponDiscount:
    """What a coupon takes off."""
    return wire.CouponDiscount(
        coupon=found.coupon, template=found.template, amount=found.amount, shares=found.shares
    )


def order_message(_: service.GetCouponOrderRequest, order: tb.CouponOrder) -> service.GetCouponOrderResponse:
    """What coupons an order has."""
    return service.GetCouponOrderResponse(
        state=order.state,
        since=timestamp(order.at),
        coupons=order.coupons,
        discounts=map(discount, order.discounts),
        amount=sum(each.amount for each in order.discounts),
        returned=order.returned,
        given_back=order.given_back,
        store=order.store,
        operator=order.operator,
    )


def returned_coupons(coupons: Iterable[tb.CouponBack]) -> list[wire.ReturnedCoupon]:
    """What became of an order's coupons."""
    return [
        wire.ReturnedCoupon(
            coupon=each.coupon,
            template=each.template,
            is_back=each.is_back,
            state=STATES[each.state],
            ends_at=_end(each.ends_at),
            amount=each.amount,
            shares=each.shares,
        )
        for each in coupons
    ]


def unusable(found: Iterable[tb.UnusableCoupon]) -> list[wire.UnusableCoupon]:
    """Coupons that cannot be used, and why."""
    return [
        wire.UnusableCoupon(coupon=each.coupon, template=each.template, reasons=map(_reason, each.reasons))
        for each in found
    ]


def _reason(reason: tb.CouponReason) -> wire.CouponReason:
    return wire.CouponReason(
        why=reason.why,
        asked=reason.asked,
        there=reason.there,
        at=None if reason.at is None else timestamp(reason.at),
        wanted=reason.wanted,
        detail=reason.detail,
    )
