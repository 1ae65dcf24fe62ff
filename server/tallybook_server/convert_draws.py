"""Between the messages about draws and the library's words for them. Draws secrets by lot; no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import draw_pb2 as wire
from tallybook_client._gen.tallybook.v1 import draw_service_pb2 as service

from tallybook_server.convert_days import moment, timestamp
from tallybook_server.convert_replies import recorded

GIFTS: Final[Mapping[str, wire.DrawGiftKind]] = {
    "units": wire.DrawGiftKind.DRAW_GIFT_KIND_UNITS,
    "bonus": wire.DrawGiftKind.DRAW_GIFT_KIND_BONUS,
    "membership_days": wire.DrawGiftKind.DRAW_GIFT_KIND_MEMBERSHIP_DAYS,
    "coupon": wire.DrawGiftKind.DRAW_GIFT_KIND_COUPON,
    "goods": wire.DrawGiftKind.DRAW_GIFT_KIND_GOODS,
}
STATES: Final[Mapping[str, wire.RedPacketState]] = {
    "open": wire.RedPacketState.RED_PACKET_STATE_OPEN,
    "done": wire.RedPacketState.RED_PACKET_STATE_DONE,
    "lapsed": wire.RedPacketState.RED_PACKET_STATE_LAPSED,
}

Request = (
    wire.OpenDrawRequest
    | wire.CloseDrawRequest
    | wire.DrawRequest
    | wire.DeliverPrizeRequest
    | wire.CreateRedPacketRequest
    | wire.ClaimRedPacketRequest
)

# --- commands --------------------------------------------------------------------------------------------


def _circumstances(request: Request) -> dict[str, Any]:
    """What every command says besides its own."""
    fields: dict[str, Any] = {
        "program": request.program,
        "request_id": request.request_id,
        "source": request.source,
        "reason": request.reason,
        "metadata": dict(request.metadata),
    }
    if request.HasField("occurred_at"):
        fields["occurred_at"] = moment("occurred_at", request.occurred_at)
    return fields


def open_draw(key: tb.CodeKey | None, request: wire.OpenDrawRequest) -> tb.OpenDraw:
    """Begin a round."""
    return tb.open_draw(key, draw=request.draw, **_circumstances(request))


def close_draw(key: tb.CodeKey | None, request: wire.CloseDrawRequest) -> tb.CloseDraw:
    """End a round."""
    return tb.close_draw(key, draw=request.draw, **_circumstances(request))


def draw(key: tb.CodeKey | None, request: wire.DrawRequest) -> tb.Draw:
    """Draw once."""
    asked = {"member": request.member, "nonce": request.nonce, **_circumstances(request)}
    return tb.take_draw(key, draw=request.draw, **asked)


def deliver_prize(_: tb.CodeKey | None, request: wire.DeliverPrizeRequest) -> tb.DeliverPrize:
    """Mark goods as delivered."""
    return tb.DeliverPrize(
        **_circumstances(request),
        member=request.member,
        won=request.won,
        carrier=request.carrier,
        number=request.number,
    )


def create_red_packet(_: tb.CodeKey | None, request: wire.CreateRedPacketRequest) -> tb.CreateRedPacket:
    """Set a sum aside."""
    return tb.create_red_packet(
        **_circumstances(request),
        member=request.member,
        packet=request.packet,
        packet_kind=request.packet_kind,
        total=request.total,
        shares=request.shares,
    )


def claim_red_packet(_: tb.CodeKey | None, request: wire.ClaimRedPacketRequest) -> tb.ClaimRedPacket:
    """Take a share."""
    return tb.ClaimRedPacket(**_circumstances(request), member=request.member, packet=request.packet)


# --- replies ---------------------------------------------------------------------------------------------


def _gift(gave: tb.Gave) -> wire.DrawGift:
    return wire.DrawGift(kind=GIFTS[gave.kind], named=gave.named, amount=gave.amount)


def draw_opened(reply: tb.DrawOpened) -> wire.OpenDrawResponse:
    """A round has begun."""
    return wire.OpenDrawResponse(
        **recorded(reply),
        draw=reply.draw,
        round=reply.round,
        commitment=reply.commitment,
        record=reply.record,
    )


def draw_closed(reply: tb.DrawClosed) -> wire.CloseDrawResponse:
    """A round has ended."""
    return wire.CloseDrawResponse(
        **recorded(reply),
        draw=reply.draw,
        round=reply.round,
        results=reply.results,
        seed=reply.seed,
        commitment=reply.commitment,
        record=reply.record,
    )


def draw_done(reply: tb.DrawDone) -> wire.DrawResponse:
    """What was drawn."""
    return wire.DrawResponse(
        **recorded(reply),
        draw=reply.draw,
        round=reply.round,
        ordinal=reply.ordinal,
        alias=reply.alias,
        nonce=reply.nonce,
        record=reply.record,
        prize=reply.prize,
        display_name=reply.display_name,
        gave=map(_gift, reply.gave),
        won=reply.won,
        cost_unit=reply.cost_unit,
        cost=reply.cost,
    )


def prize_sent(reply: tb.PrizeSent) -> wire.DeliverPrizeResponse:
    """Goods marked as delivered."""
    return wire.DeliverPrizeResponse(**recorded(reply), won=reply.won, prize=reply.prize, goods=reply.goods)


def red_packet_created(reply: tb.RedPacketCreated) -> wire.CreateRedPacketResponse:
    """A red packet made."""
    return wire.CreateRedPacketResponse(
        **recorded(reply),
        packet=reply.packet,
        unit=reply.unit,
        total=reply.total,
        shares=reply.shares,
        ends_at=timestamp(reply.ends_at),
        commitment=reply.commitment,
        record=reply.record,
    )


def share_claimed(reply: tb.ShareClaimed) -> wire.ClaimRedPacketResponse:
    """A share taken."""
    return wire.ClaimRedPacketResponse(
        **recorded(reply),
        packet=reply.packet,
        unit=reply.unit,
        amount=reply.amount,
        ordinal=reply.ordinal,
        shares=reply.shares,
        alias=reply.alias,
        record=reply.record,
    )


# --- answers ---------------------------------------------------------------------------------------------


def round_message(view: tb.DrawView) -> wire.DrawRound:
    """A round of a draw."""
    return wire.DrawRound(
        draw=view.draw,
        display_name=view.display_name,
        round=view.round,
        commitment=view.commitment,
        seed=view.seed,
        record=view.record,
        results=view.results,
        opened_at=timestamp(view.opened_at),
        closed_at=None if view.closed_at is None else timestamp(view.closed_at),
        given_before=view.given_before,
        tables=map(_table, view.tables),
        prizes=[
            wire.DrawPrize(
                prize=each.prize,
                display_name=each.display_name,
                weight=each.weight,
                left=each.left,
                gives=map(_gift, each.gives),
            )
            for each in view.prizes
        ],
    )


def _table(view: tb.TableView) -> wire.OddsTable:
    table = view.table
    return wire.OddsTable(
        hash=view.hash,
        odds=[
            wire.PrizeOdds(
                prize=each.prize,
                weight=each.weight,
                stock=each.stock,
                most_per_member=each.most_per_member,
                is_sure=each.is_sure,
            )
            for each in table.odds
        ],
        blank_weight=table.blank_weight,
        guarantee_after=table.guarantee_after,
        fallback=table.fallback,
    )


def result_message(view: tb.ResultView) -> wire.DrawResult:
    """A result."""
    return wire.DrawResult(
        ordinal=view.ordinal,
        alias=view.alias,
        nonce=view.nonce,
        table=view.table,
        prize=view.prize,
        record=view.record,
    )


def standing_message(standing: tb.DrawStanding) -> service.GetDrawStandingResponse:
    """What a member may draw."""
    return service.GetDrawStandingResponse(
        problem=standing.problem,
        left=standing.left,
        cost_unit=standing.cost_unit,
        cost=standing.cost,
        round=standing.round,
        misses=standing.misses,
        guarantee_after=standing.guarantee_after,
    )


def won_message(view: tb.WonGoods) -> wire.WonGoods:
    """Goods that were won."""
    goods = view.goods
    return wire.WonGoods(
        won=view.won,
        draw=goods.draw,
        prize=goods.prize,
        goods=goods.goods,
        won_at=timestamp(goods.won_at),
        delivered_at=None if goods.delivered_at is None else timestamp(goods.delivered_at),
        carrier=goods.carrier,
        number=goods.number,
    )


def red_packet_message(view: tb.RedPacketView) -> wire.RedPacket:
    """A red packet."""
    content = view.content
    return wire.RedPacket(
        packet=view.packet,
        packet_kind=content.kind,
        giver=view.giver,
        unit=content.unit,
        total=content.total,
        shares=content.shares,
        state=STATES[content.state],
        claimed=content.claimed,
        made_at=timestamp(content.made_at),
        ends_at=timestamp(content.ends_at),
        commitment=content.commitment,
        seed=content.seed,
        record=content.record,
        claims=[
            wire.RedPacketShare(
                ordinal=each.ordinal, alias=each.alias, amount=each.amount, record=each.record
            )
            for each in view.shares
        ],
    )
