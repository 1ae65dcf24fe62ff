"""Commands and questions about checkouts. Knows no channel.

Money is in the minor unit of the order's currency, units are in their smallest steps.
"""

from collections.abc import Iterable, Mapping
from typing import Unpack

from tallybook_client._gen.tallybook.v1.checkout_pb2 import (
    AskedTender,
    CaptureCheckoutRequest,
    HoldCheckoutRequest,
    QuoteCheckoutRequest,
    RefundCheckoutRequest,
    ReleaseCheckoutRequest,
)
from tallybook_client._gen.tallybook.v1.checkout_service_pb2 import GetCheckoutRequest
from tallybook_client._gen.tallybook.v1.coupon_pb2 import Basket

from .circumstances import Common, common_fields


def quote_checkout(
    member: str,
    order_id: str,
    basket: Basket,
    *,
    coupons: Iterable[str] | None = None,
    tenders: Mapping[str, int | None] | None = None,
    **common: Unpack[Common],
) -> QuoteCheckoutRequest:
    """Work out what an order costs, and pin it; with `validate_only` it is only shown.

    Without `coupons` those are used that are best together. `tenders` are so many units each, None for as
    many as may be.

    >>> quote_checkout("alice", "o1", Basket(), tenders={"points": None}).tenders[0].tender
    'points'
    """
    names = None if coupons is None else list(coupons)
    return QuoteCheckoutRequest(
        member=member,
        order_id=order_id,
        basket=basket,
        coupons=names,
        without_coupons=names == [],
        tenders=[AskedTender(tender=name, units=units) for name, units in (tenders or {}).items()],
        **common_fields(common),
    )


def hold_checkout(
    member: str, order_id: str, quote: str, *, seconds: int = 0, **common: Unpack[Common]
) -> HoldCheckoutRequest:
    """Set aside what a quote says, all or none, in place of what the order has set aside."""
    return HoldCheckoutRequest(
        member=member, order_id=order_id, quote=quote, seconds=seconds, **common_fields(common)
    )


def capture_checkout(
    member: str,
    order_id: str,
    *,
    lines: Mapping[str, int] | None = None,
    amount: int = 0,
    paid_by: str = "",
    **common: Unpack[Common],
) -> CaptureCheckoutRequest:
    """Pay an order with what was set aside: all of it, so many pieces by line, or so much in all."""
    return CaptureCheckoutRequest(
        member=member,
        order_id=order_id,
        lines=lines,
        amount=amount,
        paid_by=paid_by,
        **common_fields(common),
    )


def release_checkout(member: str, order_id: str, **common: Unpack[Common]) -> ReleaseCheckoutRequest:
    """Let go of what was set aside for an order."""
    return ReleaseCheckoutRequest(member=member, order_id=order_id, **common_fields(common))


def refund_checkout(
    member: str,
    order_id: str,
    refund_id: str,
    *,
    lines: Mapping[str, int] | None = None,
    cancelled: bool = False,
    **common: Unpack[Common],
) -> RefundCheckoutRequest:
    """Give back an order that was paid: so many pieces by line, or all that is left."""
    return RefundCheckoutRequest(
        member=member,
        order_id=order_id,
        refund_id=refund_id,
        lines=lines,
        cancelled=cancelled,
        **common_fields(common),
    )


def get_checkout(member: str, order_id: str) -> GetCheckoutRequest:
    """Read where the checkout of an order stands."""
    return GetCheckoutRequest(member=member, order_id=order_id)
