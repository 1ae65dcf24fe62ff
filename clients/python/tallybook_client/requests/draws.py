"""Commands and questions about draws and red packets. Knows no channel.

None of them takes `validate_only`: who could try would know the outcome before.
"""

from typing import Unpack

from tallybook_client._gen.tallybook.v1.draw_pb2 import (
    ClaimRedPacketRequest,
    CloseDrawRequest,
    CreateRedPacketRequest,
    DeliverPrizeRequest,
    DrawRequest,
    OpenDrawRequest,
)
from tallybook_client._gen.tallybook.v1.draw_service_pb2 import (
    GetDrawRequest,
    GetDrawStandingRequest,
    GetRedPacketRequest,
    ListDrawsRequest,
    ListWonGoodsRequest,
)

from .circumstances import Told, common_fields


class OfDraw(Told, total=False):
    """What these commands take by keyword; the package says what it means."""

    reason: str


def open_draw(draw: str, **common: Unpack[OfDraw]) -> OpenDrawRequest:
    """Begin the next round of a draw."""
    return OpenDrawRequest(draw=draw, **common_fields(common))


def close_draw(draw: str, **common: Unpack[OfDraw]) -> CloseDrawRequest:
    """End the round of a draw, and have its seed told."""
    return CloseDrawRequest(draw=draw, **common_fields(common))


def draw(member: str, draw: str, *, nonce: str = "", **common: Unpack[OfDraw]) -> DrawRequest:
    """Draw once. The result depends on `nonce` too: best one of the member's own choice.

    >>> draw("m1", "wheel", nonce="my lucky 7").nonce
    'my lucky 7'
    """
    return DrawRequest(member=member, draw=draw, nonce=nonce, **common_fields(common))


def deliver_prize(
    member: str, won: str, *, carrier: str = "", number: str = "", **common: Unpack[OfDraw]
) -> DeliverPrizeRequest:
    """Mark goods as delivered that a member has won."""
    return DeliverPrizeRequest(
        member=member, won=won, carrier=carrier, number=number, **common_fields(common)
    )


def create_red_packet(
    packet: str,
    *,
    packet_kind: str,
    total: int,
    shares: int,
    member: str = "",
    **common: Unpack[OfDraw],
) -> CreateRedPacketRequest:
    """Set a sum aside, to be split by lot: a member's, or without one, the house's."""
    return CreateRedPacketRequest(
        packet=packet,
        packet_kind=packet_kind,
        total=total,
        shares=shares,
        member=member,
        **common_fields(common),
    )


def claim_red_packet(member: str, packet: str, **common: Unpack[OfDraw]) -> ClaimRedPacketRequest:
    """Take a share of a red packet."""
    return ClaimRedPacketRequest(member=member, packet=packet, **common_fields(common))


def get_draw(draw: str, *, number: int = 0) -> GetDrawRequest:
    """Read a round of a draw by its number, by default the newest."""
    return GetDrawRequest(draw=draw, round=number)


def list_draws(draw: str, *, number: int = 0, page_size: int = 0) -> ListDrawsRequest:
    """List the results of a round by its number, by default the newest."""
    return ListDrawsRequest(draw=draw, round=number, page_size=page_size)


def get_draw_standing(member: str, draw: str) -> GetDrawStandingRequest:
    """Read what a member may draw now."""
    return GetDrawStandingRequest(member=member, draw=draw)


def list_won_goods(member: str, *, page_size: int = 0) -> ListWonGoodsRequest:
    """List the goods that a member has won."""
    return ListWonGoodsRequest(member=member, page_size=page_size)


def get_red_packet(packet: str) -> GetRedPacketRequest:
    """Read a red packet, with all that was claimed of it."""
    return GetRedPacketRequest(packet=packet)
