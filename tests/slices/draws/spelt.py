"""Commands about draws for the tests of all commands: what they need, other values, and fingerprints."""

from typing import Any, Final

import tallybook as tb
from tallybook.draws.secret import Opener, Secret

Kind = type[tb.Command[Any]]
_SECRET: Final = Secret(hidden="00" * 32, commitment="11" * 32, sealed=False)

NEEDED: dict[Kind, dict[str, Any]] = {
    tb.OpenDraw: {"member": "draw:wheel", "secret": _SECRET},
    tb.Draw: {"draw": "wheel"},
    tb.CloseDraw: {"member": "draw:wheel"},
    tb.DeliverPrize: {"won": "wheel/1/1"},
    tb.CreateRedPacket: {
        "packet": "p1",
        "packet_kind": "friends",
        "total": 10,
        "shares": 2,
        "secret": _SECRET,
    },
    tb.ClaimRedPacket: {"packet": "p1"},
}
OTHERS: dict[str, Any] = {
    "secret": Secret(hidden="22" * 32, commitment="33" * 32, sealed=True),
    "opener": Opener("44" * 32),
    "draw": "daily",
    "nonce": "seven",
    "won": "wheel/1/2",
    "carrier": "post",
    "number": "77",
    "packet": "p2",
    "packet_kind": "festival",
    "total": 11,
    "shares": 3,
}
BEARERS: dict[Kind, str] = {tb.OpenDraw: "draw:daily", tb.CloseDraw: "draw:daily"}
NOT_SEEN: set[tuple[Kind, str]] = {
    (tb.OpenDraw, "secret"),
    (tb.CreateRedPacket, "secret"),
    (tb.Draw, "opener"),
    (tb.CloseDraw, "opener"),
}
"""What a request that is sent again may have otherwise: fingerprints do not see it."""
GOLDEN: dict[str, str] = {
    "open_draw": "45e3f6814f2e947ab1f34dff33cdfddc",
    "draw": "5e76f5174c719286586c020c9098fc60",
    "close_draw": "0c76bb42edcbb9547c3171ba68c3c686",
    "deliver_prize": "5b19332de384cc503536ce393ff7a2ba",
    "create_red_packet": "d458bc2d93c661a188b6e2be7a6766b1",
    "claim_red_packet": "868a055f5bd67d3172210fc7aa6fb1d6",
}
