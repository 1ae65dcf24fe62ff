"""Commands about the mall for the tests of all commands: what they need, other values, and fingerprints."""

from typing import Any

import tallybook as tb

Kind = type[tb.Command[Any]]

NEEDED: dict[Kind, dict[str, Any]] = {
    tb.PlaceOrder: {"item": "mug"},
    tb.PayOrder: {"order_id": "o1", "money": 1, "payment": "p1"},
    tb.FulfilOrder: {"order_id": "o1"},
    tb.CancelOrder: {"order_id": "o1"},
    tb.ReturnOrder: {"order_id": "o1"},
    tb.AdjustStock: {"member": "item:mug", "change": 1, "reason": "x"},
}
OTHERS: dict[str, Any] = {
    "item": "cup",
    "pieces": 2,
    "choice": "tea",
    "units": 7,
    "money": 7,
    "tracking": "RX1",
    "change": -7,
}
BEARERS: dict[Kind, str] = {tb.AdjustStock: "item:cup"}
NOT_TOGETHER: set[tuple[Kind, str]] = {(tb.AdjustStock, "counted")}
GOLDEN: dict[str, str] = {
    "place_order": "acf3962029d642450a7ed7a6cdc1b4e9",
    "pay_order": "69c11301e18d3bd39f67b0a3ee2d5640",
    "fulfil_order": "1e72a5935a31e00acf2d5505810650ae",
    "cancel_order": "f5bdb175e1f3b6563bc83855344c8c10",
    "return_order": "23b1472700014e54e2276d2c926713d9",
    "adjust_stock": "63f0ae7901a61497dfdf251f5d2b5a8d",
}
