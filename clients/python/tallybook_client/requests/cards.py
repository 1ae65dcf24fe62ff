"""Commands and questions about gift cards, by their names or by the codes that people hold. Knows no channel.

A card is a member named "card:" and its serial: it can be frozen, spent from and read like any other. Amounts
are in the minor unit of the unit's currency.
"""

import uuid
from typing import Unpack

from tallybook_client._gen.tallybook.v1.card_pb2 import ActivateCardRequest, VoidCardRequest
from tallybook_client._gen.tallybook.v1.card_service_pb2 import (
    ClaimCardRequest,
    GetCardRequest,
    IssueCardsRequest,
    PresentCardRequest,
    ReplaceCardRequest,
)

from .circumstances import Common, Reasoned, common_fields


def issue_cards(
    batch: str,
    *,
    count: int,
    unit: str,
    amount: int | None = None,
    pin_digits: int = 0,
    after: int | None = None,
) -> IssueCardsRequest:
    """Make a batch of cards, which are worth nothing yet. Their codes come as they are made, and never again.

    A batch that broke off is gone on with behind the first `after`, whose codes have come.
    """
    return IssueCardsRequest(
        batch=batch, count=count, unit=unit, amount=amount, pin_digits=pin_digits, after=after
    )


def activate_card(
    card: str, *, amount: int, payment: str = "", **common: Unpack[Common]
) -> ActivateCardRequest:
    """Put on a card what was paid for it, by a payment that is called `payment` elsewhere.

    >>> activate_card("card:xmas-0000001", amount=5_000).member
    'card:xmas-0000001'
    """
    return ActivateCardRequest(member=card, amount=amount, payment=payment, **common_fields(common))


def present_card(code: str, *, caller: str, pin: str = "", request_id: str = "") -> PresentCardRequest:
    """Read what is on the card with a code as it was typed; `caller` says who tries, and is counted."""
    return PresentCardRequest(caller=caller, code=code, pin=pin, request_id=request_id or str(uuid.uuid4()))


def claim_card(
    member: str,
    code: str,
    *,
    caller: str,
    pin: str = "",
    amount: int | None = None,
    request_id: str = "",
) -> ClaimCardRequest:
    """Move what is on the card with a code to a member: all of it, or `amount`."""
    return ClaimCardRequest(
        member=member,
        caller=caller,
        code=code,
        pin=pin,
        amount=amount,
        request_id=request_id or str(uuid.uuid4()),
    )


def replace_card(card: str, *, reason: str, pin_digits: int = 0, request_id: str = "") -> ReplaceCardRequest:
    """Give a card that was lost another code, which is told once; the old one is good for nothing."""
    return ReplaceCardRequest(
        card=card, reason=reason, pin_digits=pin_digits, request_id=request_id or str(uuid.uuid4())
    )


def void_card(card: str, *, reason: str, **common: Unpack[Reasoned]) -> VoidCardRequest:
    """Make a card void for good; what is on it is forfeited."""
    return VoidCardRequest(member=card, reason=reason, **common_fields(common))


def get_card(card: str) -> GetCardRequest:
    """Read a card by its name."""
    return GetCardRequest(card=card)
