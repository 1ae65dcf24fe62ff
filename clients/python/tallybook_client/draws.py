"""What is public of draws and red packets: replies, the record of a round, and its check."""

from ._gen.tallybook.v1.draw_pb2 import (
    ClaimRedPacketResponse,
    CloseDrawResponse,
    CreateRedPacketResponse,
    DeliverPrizeResponse,
    DrawGift,
    DrawGiftKind,
    DrawPrize,
    DrawResponse,
    DrawResult,
    DrawRound,
    OddsTable,
    OpenDrawResponse,
    PrizeOdds,
    RedPacket,
    RedPacketShare,
    RedPacketState,
    WonGoods,
)
from ._gen.tallybook.v1.draw_service_pb2 import (
    GetDrawResponse,
    GetDrawStandingResponse,
    GetRedPacketResponse,
)
from .fairness import check_draw, check_red_packet
from .records import draw_record, red_packet_record

__all__ = [
    "ClaimRedPacketResponse",
    "CloseDrawResponse",
    "CreateRedPacketResponse",
    "DeliverPrizeResponse",
    "DrawGift",
    "DrawGiftKind",
    "DrawPrize",
    "DrawResponse",
    "DrawResult",
    "DrawRound",
    "GetDrawResponse",
    "GetDrawStandingResponse",
    "GetRedPacketResponse",
    "OddsTable",
    "OpenDrawResponse",
    "PrizeOdds",
    "RedPacket",
    "RedPacketShare",
    "RedPacketState",
    "WonGoods",
    "check_draw",
    "check_red_packet",
    "draw_record",
    "red_packet_record",
]
