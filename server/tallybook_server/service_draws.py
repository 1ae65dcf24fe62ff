"""DrawService: draws and red packets. Secrets are drawn and sealed here, before anything is queued."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1 import draw_pb2 as commands
from tallybook_client._gen.tallybook.v1 import draw_service_pb2 as wire

from tallybook_server import convert_draws as convert
from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, asking, listing, unary
from tallybook_server.methods import Handler

NAME: Final = wire.DESCRIPTOR.services_by_name["DrawService"].full_name

Command = Callable[[tb.CodeKey | None, Any], tb.Command[Any]]


def handlers(lanes: Lanes, key: tb.CodeKey | None) -> dict[str, Handler]:
    """The rpcs by name. Without a key, seeds lie unsealed in the database."""

    def doing(kind: type[Message], command: Command, told: Callable[[Any], Message]) -> Handler:
        def start(request: Any, context: Context) -> Awaitable[list[Any]]:
            return lanes.write.put(command(key, request), context.time_remaining())

        def respond(_: Any, outcomes: list[Any]) -> Message | tb.TallybookError:
            (outcome,) = outcomes
            return outcome if isinstance(outcome, tb.TallybookError) else told(outcome)

        return unary(kind, start, respond)

    return {
        "OpenDraw": doing(commands.OpenDrawRequest, convert.open_draw, convert.draw_opened),
        "CloseDraw": doing(commands.CloseDrawRequest, convert.close_draw, convert.draw_closed),
        "Draw": doing(commands.DrawRequest, convert.draw, convert.draw_done),
        "DeliverPrize": doing(commands.DeliverPrizeRequest, convert.deliver_prize, convert.prize_sent),
        "CreateRedPacket": doing(
            commands.CreateRedPacketRequest, convert.create_red_packet, convert.red_packet_created
        ),
        "ClaimRedPacket": doing(
            commands.ClaimRedPacketRequest, convert.claim_red_packet, convert.share_claimed
        ),
        "GetDraw": asking(wire.GetDrawRequest, lanes.history, _round, _round_told),
        "ListDraws": listing(wire.ListDrawsRequest, lanes.history, _results, _results_told, "results"),
        "GetDrawStanding": asking(wire.GetDrawStandingRequest, lanes.read, _standing, _standing_told),
        "ListWonGoods": listing(wire.ListWonGoodsRequest, lanes.history, _won, _won_told, "goods"),
        "GetRedPacket": asking(wire.GetRedPacketRequest, lanes.history, _packet, _packet_told),
    }


def _round(request: wire.GetDrawRequest) -> tb.GetDraw:
    return tb.GetDraw(program=request.program, draw=request.draw, round=request.round)


def _round_told(_: wire.GetDrawRequest, view: tb.DrawView) -> Message:
    return wire.GetDrawResponse(draw=convert.round_message(view))


def _results(request: wire.ListDrawsRequest) -> tb.ListDraws:
    return tb.ListDraws(
        program=request.program,
        draw=request.draw,
        round=request.round,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _results_told(_: wire.ListDrawsRequest, page: tb.ResultPage) -> Message:
    results = map(convert.result_message, page.results)
    return wire.ListDrawsResponse(results=results, next_page_token=page.next_page_token)


def _standing(request: wire.GetDrawStandingRequest) -> tb.GetDrawStanding:
    return tb.GetDrawStanding(program=request.program, member=request.member, draw=request.draw)


def _standing_told(_: wire.GetDrawStandingRequest, standing: tb.DrawStanding) -> Message:
    return convert.standing_message(standing)


def _won(request: wire.ListWonGoodsRequest) -> tb.ListWonGoods:
    return tb.ListWonGoods(
        program=request.program,
        member=request.member,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _won_told(_: wire.ListWonGoodsRequest, page: tb.WonGoodsPage) -> Message:
    goods = map(convert.won_message, page.won)
    return wire.ListWonGoodsResponse(goods=goods, next_page_token=page.next_page_token)


def _packet(request: wire.GetRedPacketRequest) -> tb.GetRedPacket:
    return tb.GetRedPacket(program=request.program, packet=request.packet)


def _packet_told(_: wire.GetRedPacketRequest, view: tb.RedPacketView) -> Message:
    return wire.GetRedPacketResponse(red_packet=convert.red_packet_message(view))
