"""What callers know of draws and red packets, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.draws.by_lot import Draws, close_draw, create_red_packet, open_draw, take_draw
from tallybook.draws.claim_red_packet import ClaimRedPacket, ShareClaimed
from tallybook.draws.close_draw import CloseDraw, DrawClosed
from tallybook.draws.create_red_packet import CreateRedPacket, RedPacketCreated
from tallybook.draws.deliver_prize import DeliverPrize, PrizeSent
from tallybook.draws.draw import Draw, DrawDone
from tallybook.draws.open_draw import DrawOpened, OpenDraw
from tallybook.draws.prizes import Gave
from tallybook.draws.queries import (
    DrawStanding,
    GetDraw,
    GetDrawStanding,
    GetRedPacket,
    ListDraws,
    ListWonGoods,
    RedPacketView,
    ResultPage,
    ShareView,
    WonGoods,
    WonGoodsPage,
)
from tallybook.draws.views import DrawView, PrizeView, ResultView, TableView
from tallybook.refusals.draws import (
    DrawLimitReached,
    DrawNotAllowed,
    DrawNotOpen,
    DrawOpen,
    NoPrizeLeft,
    OwnRedPacket,
    PrizeDelivered,
    RedPacketBudgetSpent,
    RedPacketClaimed,
    RedPacketExists,
    RedPacketOver,
    RedPacketTooLarge,
    SeedSealed,
    UnknownDraw,
    UnknownRedPacket,
    UnknownRedPacketKind,
    UnknownWonPrize,
)

__all__ = [
    "ClaimRedPacket",
    "CloseDraw",
    "CreateRedPacket",
    "DeliverPrize",
    "Draw",
    "DrawClosed",
    "DrawDone",
    "DrawLimitReached",
    "DrawNotAllowed",
    "DrawNotOpen",
    "DrawOpen",
    "DrawOpened",
    "DrawStanding",
    "DrawView",
    "Draws",
    "Gave",
    "GetDraw",
    "GetDrawStanding",
    "GetRedPacket",
    "ListDraws",
    "ListWonGoods",
    "NoPrizeLeft",
    "OpenDraw",
    "OwnRedPacket",
    "PrizeDelivered",
    "PrizeSent",
    "PrizeView",
    "RedPacketBudgetSpent",
    "RedPacketClaimed",
    "RedPacketCreated",
    "RedPacketExists",
    "RedPacketOver",
    "RedPacketTooLarge",
    "RedPacketView",
    "ResultPage",
    "ResultView",
    "SeedSealed",
    "ShareClaimed",
    "ShareView",
    "TableView",
    "UnknownDraw",
    "UnknownRedPacket",
    "UnknownRedPacketKind",
    "UnknownWonPrize",
    "WonGoods",
    "WonGoodsPage",
    "close_draw",
    "create_red_packet",
    "open_draw",
    "take_draw",
]
