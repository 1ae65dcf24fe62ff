"""CheckoutService: orders that are quoted, held, captured and refunded as one."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import checkout_service_pb2 as wire

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, posting
from tallybook_server.convert_checkout import KINDS, STATES, quote_message, tender_messages
from tallybook_server.convert_days import timestamp
from tallybook_server.methods import Handler

NAME: Final = wire.DESCRIPTOR.services_by_name["CheckoutService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {"GetCheckout": asking(wire.GetCheckoutRequest, lanes.read, _one, _one_told)}
    return {kind.rpc: posting(kind, lanes) for kind in KINDS} | reads


def _one(request: wire.GetCheckoutRequest) -> tb.GetCheckout:
    return tb.GetCheckout(program=request.program, member=request.member, order_id=request.order_id)


def _one_told(_: wire.GetCheckoutRequest, view: tb.CheckoutView) -> wire.GetCheckoutResponse:
    note = view.checkout
    response = wire.GetCheckoutResponse(
        state=STATES[view.state], open_quote=None if view.quote is None else quote_message(view.quote)
    )
    if note is not None:
        held = wire.GetCheckoutResponse(
            held_quote=quote_message(note.quote),
            deadline=timestamp(note.deadline),
            tenders=tender_messages(note.paid),
            payment=note.payment,
            returned=note.returned,
        )
        response.MergeFrom(held)
    return response
