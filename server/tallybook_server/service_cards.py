"""CardService: gift cards, by their names and by the codes that people hold.

A code is hashed here, before anything is queued: the lanes, the scribe and the book only see its hash.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1.card_service_pb2 import (
    DESCRIPTOR,
    ClaimCardRequest,
    GetCardRequest,
    GetCardResponse,
    IssueCardsRequest,
    IssueCardsResponse,
    PresentCardRequest,
    ReplaceCardRequest,
    ReplaceCardResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, asking, posting, unary, watched
from tallybook_server.convert_cards import (
    card_claimed,
    card_message,
    card_presented,
    cards_to_issue,
    claim_card,
    new_card_message,
)
from tallybook_server.keyed import Keyed, answered
from tallybook_server.kinds import CARDS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["CardService"].full_name
CARDS_A_MESSAGE: Final = 100


def handlers(lanes: Lanes, key: tb.CodeKey | None) -> dict[str, Handler]:
    """The rpcs by name. Without a key, those that take or tell codes are refused."""
    desk = _Desk(lanes, key)
    by_code = {
        "IssueCards": watched(IssueCardsRequest, desk.issue),
        "PresentCard": unary(PresentCardRequest, desk.present, _response(card_presented)),
        "ClaimCard": unary(ClaimCardRequest, desk.claim, _response(card_claimed)),
        "ReplaceCard": unary(ReplaceCardRequest, desk.replace, _replaced),
        "GetCard": asking(GetCardRequest, lanes.read, _query, _card),
    }
    return {kind.rpc: posting(kind, lanes) for kind in CARDS} | by_code


class _Desk(Keyed):
    """What takes or tells codes."""

    async def issue(self, request: IssueCardsRequest, context: Context) -> None:
        """Make cards, and tell them message by message."""
        for cards, commands in cards_to_issue(request).chunks(self._key, CARDS_A_MESSAGE):
            await self._lanes.write.room_for(len(commands))
            for outcomes in await self._lanes.write.put_all(commands, context.time_remaining()):
                for outcome in outcomes:
                    answered(outcome)
            response = IssueCardsResponse(cards=map(new_card_message, cards))
            await context.write(response.SerializeToString())

    async def present(
        self, request: PresentCardRequest | ClaimCardRequest, context: Context
    ) -> tb.CardPresented:
        """Look at the card with a code, and count what is tried in vain."""
        command = tb.present_card(
            self._key,
            program=request.program,
            caller=request.caller,
            request_id=request.request_id,
            code=request.code,
            pin=request.pin,
        )
        presented: tb.CardPresented = await self._carried_out(command, context)
        return presented.or_refused()

    async def claim(self, request: ClaimCardRequest, context: Context) -> tb.CardClaimed:
        """Move what is on the card with a code."""
        presented = await self.present(request, context)
        claimed: tb.CardClaimed = await self._carried_out(claim_card(request, presented.card), context)
        return claimed

    async def replace(self, request: ReplaceCardRequest, context: Context) -> tb.NewCard:
        """Give a card another code."""
        card, command = tb.replace_card(
            self._key,
            program=request.program,
            card=request.card,
            request_id=request.request_id,
            reason=request.reason,
            pin_digits=request.pin_digits,
        )
        await self._carried_out(command, context)
        return card


def _response(convert: Callable[[Any], Message]) -> Callable[[Any, Any], Message]:
    return lambda _, reply: convert(reply)


def _replaced(_: ReplaceCardRequest, card: tb.NewCard) -> ReplaceCardResponse:
    return ReplaceCardResponse(card=new_card_message(card))


def _query(request: GetCardRequest) -> tb.GetCard:
    return tb.GetCard(program=request.program, member=request.card)


def _card(_: GetCardRequest, view: tb.CardView) -> GetCardResponse:
    return GetCardResponse(card=card_message(view))
