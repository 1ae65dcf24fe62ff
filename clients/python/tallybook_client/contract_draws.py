"""The verbs of draws and red packets: a part of the contract. Knows no channel."""

from . import requests
from ._gen.tallybook.v1.draw_pb2 import (
    ClaimRedPacketResponse,
    CloseDrawResponse,
    CreateRedPacketResponse,
    DeliverPrizeResponse,
    DrawResponse,
    OpenDrawResponse,
)
from ._gen.tallybook.v1.draw_service_pb2 import (
    GetDrawResponse,
    GetDrawStandingResponse,
    GetRedPacketResponse,
    ListDrawsResponse,
    ListWonGoodsResponse,
)
from .verbs import Method, Paged, Unary

DRAWS = "/tallybook.v1.DrawService"


class DrawContract:
    """These rpcs, under their own names. Their arguments are those of the function beside them."""

    open_draw = Unary(Method(f"{DRAWS}/OpenDraw", OpenDrawResponse.FromString), requests.open_draw)
    close_draw = Unary(Method(f"{DRAWS}/CloseDraw", CloseDrawResponse.FromString), requests.close_draw)
    draw = Unary(Method(f"{DRAWS}/Draw", DrawResponse.FromString), requests.draw)
    deliver_prize = Unary(
        Method(f"{DRAWS}/DeliverPrize", DeliverPrizeResponse.FromString), requests.deliver_prize
    )
    create_red_packet = Unary(
        Method(f"{DRAWS}/CreateRedPacket", CreateRedPacketResponse.FromString), requests.create_red_packet
    )
    claim_red_packet = Unary(
        Method(f"{DRAWS}/ClaimRedPacket", ClaimRedPacketResponse.FromString), requests.claim_red_packet
    )
    get_draw = Unary(Method(f"{DRAWS}/GetDraw", GetDrawResponse.FromString), requests.get_draw)
    list_draws = Paged(
        Method(f"{DRAWS}/ListDraws", ListDrawsResponse.FromString),
        requests.list_draws,
        lambda page: page.results,
    )
    get_draw_standing = Unary(
        Method(f"{DRAWS}/GetDrawStanding", GetDrawStandingResponse.FromString), requests.get_draw_standing
    )
    list_won_goods = Paged(
        Method(f"{DRAWS}/ListWonGoods", ListWonGoodsResponse.FromString),
        requests.list_won_goods,
        lambda page: page.goods,
    )
    get_red_packet = Unary(
        Method(f"{DRAWS}/GetRedPacket", GetRedPacketResponse.FromString), requests.get_red_packet
    )
