"""Checkouts on the wire: requests to commands, and what came of them to responses.

Pure: no clock, no database. The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import checkout_pb2 as wire

from tallybook_server.convert_commands import common
from tallybook_server.convert_coupons import basket, discount, returned_coupons
from tallybook_server.convert_days import timestamp
from tallybook_server.convert_events import event_recorded
from tallybook_server.convert_replies import recorded
from tallybook_server.kinds import Kind

STATES: Final = {
    tb.CheckoutStanding.NEW: wire.CheckoutState.CHECKOUT_STATE_NEW,
    tb.CheckoutStanding.HELD: wire.CheckoutState.CHECKOUT_STATE_HELD,
    tb.CheckoutStanding.CAPTURED: wire.CheckoutState.CHECKOUT_STATE_CAPTURED,
    tb.CheckoutStanding.REFUNDED: wire.CheckoutState.CHECKOUT_STATE_REFUNDED,
    tb.CheckoutStanding.RELEASED: wire.CheckoutState.CHECKOUT_STATE_RELEASED,
    tb.CheckoutStanding.TIMED_OUT: wire.CheckoutState.CHECKOUT_STATE_TIMED_OUT,
}


def quote_checkout(request: wire.QuoteCheckoutRequest, program: str) -> tb.QuoteCheckout:
    """Work out what an order costs."""
    if request.without_coupons and request.coupons:
        raise tb.InvalidInput("coupons", "must be left out where none are to be used")
    named = bool(request.coupons) or request.without_coupons
    return tb.QuoteCheckout(
        **common(request, program),
        order_id=request.order_id,
        basket=basket(request.basket),
        coupons=tuple(request.coupons) if named else None,
        tenders=tuple(
            tb.AskedTender(tender=each.tender, units=each.units if each.HasField("units") else None)
            for each in request.tenders
        ),
    )


def hold_checkout(request: wire.HoldCheckoutRequest, program: str) -> tb.HoldCheckout:
    """Set aside what a quote says."""
    return tb.HoldCheckout(
        **common(request, program),
        order_id=request.order_id,
        quote=request.quote,
        seconds=request.seconds or None,
    )


def capture_checkout(request: wire.CaptureCheckoutRequest, program: str) -> tb.CaptureCheckout:
    """Pay an order with it."""
    return tb.CaptureCheckout(
        **common(request, program),
        order_id=request.order_id,
        lines=dict(request.lines) or None,
        amount=request.amount or None,
        paid_by=request.paid_by,
    )


def release_checkout(request: wire.ReleaseCheckoutRequest, program: str) -> tb.ReleaseCheckout:
    """Let it go."""
    return tb.ReleaseCheckout(**common(request, program), order_id=request.order_id)


def refund_checkout(request: wire.RefundCheckoutRequest, program: str) -> tb.RefundCheckout:
    """Give an order back."""
    return tb.RefundCheckout(
        **common(request, program),
        order_id=request.order_id,
        refund_id=request.refund_id,
        lines=dict(request.lines) or None,
        cancelled=request.cancelled,
    )


# --- replies ---------------------------------------------------------------------------------------------


def _recorded(reply: Any) -> dict[str, Any]:
    return recorded(reply) | {"order_id": reply.order_id}


def checkout_quoted(reply: tb.CheckoutQuoted) -> wire.QuoteCheckoutResponse:
    """An order quoted."""
    return wire.QuoteCheckoutResponse(**_recorded(reply), quote=quote_message(reply.quote))


def checkout_held(reply: tb.CheckoutHeld) -> wire.HoldCheckoutResponse:
    """An order held."""
    return wire.HoldCheckoutResponse(
        **_recorded(reply),
        quote=reply.quote,
        deadline=timestamp(reply.deadline),
        tenders=tender_messages(reply.tenders),
        coupons=reply.coupons,
        total=reply.total,
        payment=reply.payment,
    )


def checkout_captured(reply: tb.CheckoutCaptured) -> wire.CaptureCheckoutResponse:
    """An order paid."""
    return wire.CaptureCheckoutResponse(
        **_recorded(reply),
        total=reply.total,
        payment=reply.payment,
        tenders=tender_messages(reply.tenders),
        coupons=map(discount, reply.coupons.discounts),
        event=event_recorded(reply.event),
        returned_coupons=returned_coupons(reply.coupons_back),
    )


def checkout_released(reply: tb.CheckoutReleased) -> wire.ReleaseCheckoutResponse:
    """An order let go."""
    return wire.ReleaseCheckoutResponse(**_recorded(reply), coupons=reply.coupons)


def checkout_refunded(reply: tb.CheckoutRefunded) -> wire.RefundCheckoutResponse:
    """An order given back."""
    return wire.RefundCheckoutResponse(
        **_recorded(reply),
        refund_id=reply.refund_id,
        amount=reply.amount,
        payment=reply.payment,
        tenders=tender_messages(reply.tenders),
        event=event_recorded(reply.event),
        coupons=returned_coupons(reply.coupons),
        is_whole=reply.is_whole,
    )


# --- views -----------------------------------------------------------------------------------------------


def tender_messages(parts: Iterable[tb.TenderPart]) -> list[wire.TenderPart]:
    """What tenders pay, or get back."""
    return [
        wire.TenderPart(
            tender=each.tender, unit=each.unit, units=each.units, amount=each.amount, entry=each.entry
        )
        for each in parts
    ]


def quote_message(quote: tb.Quote) -> wire.CheckoutQuote:
    """What an order costs."""
    return wire.CheckoutQuote(
        quote=quote.quote,
        quoted_at=timestamp(quote.at),
        lapses_at=timestamp(quote.lapses_at),
        revision=quote.revision,
        currency=quote.basket.currency,
        lines=[
            wire.PricedLine(
                line=each.line,
                quantity=each.quantity,
                amount=each.amount,
                discount=each.discount,
                coupons=each.coupons,
                tax=each.tax,
            )
            for each in quote.lines
        ],
        coupons=map(discount, quote.coupons.discounts),
        tenders=tender_messages(quote.tenders),
        discount_basis_points=quote.discount_basis_points,
        earns=quote.earns,
        total=quote.total,
        payment=quote.payment,
    )


KINDS: Final = (
    Kind("quote_checkout", "QuoteCheckout", wire.QuoteCheckoutRequest, quote_checkout, checkout_quoted),
    Kind("hold_checkout", "HoldCheckout", wire.HoldCheckoutRequest, hold_checkout, checkout_held),
    Kind(
        "capture_checkout",
        "CaptureCheckout",
        wire.CaptureCheckoutRequest,
        capture_checkout,
        checkout_captured,
    ),
    Kind(
        "release_checkout",
        "ReleaseCheckout",
        wire.ReleaseCheckoutRequest,
        release_checkout,
        checkout_released,
    ),
    Kind("refund_checkout", "RefundCheckout", wire.RefundCheckoutRequest, refund_checkout, checkout_refunded),
)
"""Kinds of command that have no place in batches: somebody waits for each at a checkout."""
