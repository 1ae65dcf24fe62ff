"""Gift cards on the wire: requests to commands, and what came of them to responses.

Pure: no clock, no database. The library checks what the fields hold.
"""

from __future__ import annotations

from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import card_pb2 as wire
from tallybook_client._gen.tallybook.v1 import card_service_pb2 as calls

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import date_message, timestamp
from tallybook_server.convert_replies import balance_message, moved, recorded

CARD_STATES: Final = {
    "issued": wire.CardState.CARD_STATE_ISSUED,
    "active": wire.CardState.CARD_STATE_ACTIVE,
    "void": wire.CardState.CARD_STATE_VOID,
}


def activate_card(request: wire.ActivateCardRequest, program: str) -> tb.ActivateCard:
    """Put on a card what was paid for it."""
    return tb.ActivateCard(**common(request, program), amount=request.amount, payment=request.payment)


def void_card(request: wire.VoidCardRequest, program: str) -> tb.VoidCard:
    """Make a card void."""
    return tb.VoidCard(**common(request, program))


def cards_to_issue(request: calls.IssueCardsRequest) -> tb.CardsToIssue:
    """A batch of cards."""
    return tb.CardsToIssue(
        program=request.program,
        batch=request.batch,
        count=request.count,
        unit=request.unit,
        amount=request.amount if request.HasField("amount") else None,
        pin_digits=request.pin_digits,
        after=request.after if request.HasField("after") else None,
    )


def claim_card(request: calls.ClaimCardRequest, card: str) -> tb.ClaimCard:
    """Claim a card whose code was accepted."""
    return tb.ClaimCard(
        program=request.program,
        member=request.member,
        request_id=request.request_id,
        card=card,
        amount=request.amount if request.HasField("amount") else None,
    )


def card_activated(reply: tb.CardActivated) -> wire.ActivateCardResponse:
    """A card that is worth something."""
    return wire.ActivateCardResponse(
        **moved(reply), expires_on=date_message(reply.expires_on), payment=reply.payment
    )


def card_voided(reply: tb.CardVoided) -> wire.VoidCardResponse:
    """A card that is void."""
    return wire.VoidCardResponse(**moved(reply))


def card_presented(reply: tb.CardPresented) -> calls.PresentCardResponse:
    """What is on a card."""
    return calls.PresentCardResponse(
        **recorded(reply),
        balance=balance_message(reply.unit, reply.balance),
        card=reply.card,
        state=CARD_STATES[reply.state],
        frozen=reply.frozen,
        tries_left=reply.tries_left,
    )


def card_claimed(reply: tb.CardClaimed) -> calls.ClaimCardResponse:
    """What came from a card."""
    return calls.ClaimCardResponse(
        **moved(reply),
        card=reply.card,
        principal=reply.principal,
        bonus=reply.bonus,
        left=reply.left,
    )


def new_card_message(card: tb.NewCard) -> wire.NewCard:
    """A card with its code."""
    return wire.NewCard(card=card.card, code=card.code, pin=card.pin)


def card_message(view: tb.CardView) -> wire.Card:
    """A card as it is now."""
    there: dict[str, Any] = {}
    if view.amount is not None:
        there["amount"] = view.amount
    if view.locked_until is not None:
        there["locked_until"] = timestamp(view.locked_until)
    return wire.Card(
        card=view.card,
        batch=view.batch,
        unit=view.unit,
        state=CARD_STATES[view.state],
        balance=balance_message(view.unit, view.balance),
        has_pin=view.has_pin,
        frozen=view.frozen,
        **there,
    )
