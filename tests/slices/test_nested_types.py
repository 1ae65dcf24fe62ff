"""Values of wrong types inside what callers hand in are told by their place, in few words. No database."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import tallybook as tb

LINE = tb.BasketLine(amount=5)
BASKET = tb.Basket(currency="USD", lines=(LINE,))
HASH = "0" * 64
GOOD: dict[type[tb.Command[Any]], dict[str, Any]] = {
    tb.QuoteCheckout: {"order_id": "o1", "basket": BASKET},
    tb.CaptureCheckout: {"order_id": "o1"},
    tb.RefundCheckout: {"order_id": "o1", "refund_id": "f1"},
    tb.ReserveCoupons: {"order_id": "o1", "coupons": ("c",)},
    tb.UseCoupons: {"order_id": "o1"},
    tb.ReturnCoupons: {"order_id": "o1"},
    tb.RedeemInStore: {"coupon": "c", "store": "s", "operator": "o", "basket": BASKET},
    tb.IssueCodes: {"member": "codes:b-1", "template": "t", "batch": "b", "first": 1, "code_hashes": (HASH,)},
    tb.Reverse: {"entry": 1},
    tb.Freeze: {"reason": "x"},
}


def basket(**changes: Any) -> tb.Basket:
    return msgspec.structs.replace(BASKET, **changes)


def line(**changes: Any) -> tb.Basket:
    return basket(lines=(LINE, msgspec.structs.replace(LINE, **changes)))


BASKETS: list[tuple[Any, str]] = [
    ({"currency": "USD"}, "basket"),
    ("x", "basket"),
    (basket(currency=["USD"]), "basket.currency"),
    (basket(currency=None), "basket.currency"),
    (basket(lines=None), "basket.lines"),
    (basket(lines=iter([LINE])), "basket.lines"),
    (basket(lines=(LINE, "x")), "basket.lines[1]"),
    (basket(lines=({"amount": 1},)), "basket.lines[0]"),
    (basket(order_id=None), "basket.order_id"),
    (basket(store=0), "basket.store"),
    (basket(channel=b""), "basket.channel"),
    (basket(attributes=None), "basket.attributes"),
    (basket(attributes=[1]), "basket.attributes"),
    (basket(attributes={"a": 1.5}), "basket.attributes[a]"),
    (basket(attributes={1: "a"}), "basket.attributes name"),
    (line(line_id=None), "basket.lines[1].line_id"),
    (line(sku=0), "basket.lines[1].sku"),
    (line(brand=[]), "basket.lines[1].brand"),
    (line(amount="5"), "basket.lines[1].amount"),
    (line(attributes=None), "basket.lines[1].attributes"),
    (line(attributes={"a": 1}), "basket.lines[1].attributes[a]"),
]
PIECES: list[tuple[Any, str]] = [
    ([("1", 1)], "lines"),
    ("1", "lines"),
    (5, "lines"),
    ({}, "lines"),
    ({1: 1}, "lines"),
    ({"1": 1.5}, "lines[1]"),
    ({"1": None}, "lines[1]"),
]
COUPONS: list[tuple[Any, str]] = [(["c"], "coupons"), (5, "coupons"), ((None,), "coupons[0]")]
WRONG: list[tuple[type[tb.Command[Any]], str, Any, str]] = [
    *(
        (kind, "basket", value, field)
        for kind in (tb.QuoteCheckout, tb.ReserveCoupons, tb.UseCoupons, tb.RedeemInStore)
        for value, field in BASKETS
    ),
    *((kind, "basket", None, "basket") for kind in (tb.QuoteCheckout, tb.RedeemInStore)),
    *(
        (kind, "lines", value, field)
        for kind in (tb.CaptureCheckout, tb.RefundCheckout, tb.ReturnCoupons)
        for value, field in PIECES
    ),
    *(
        (kind, "coupons", value, field)
        for kind in (tb.QuoteCheckout, tb.ReserveCoupons, tb.UseCoupons)
        for value, field in COUPONS
    ),
    (tb.QuoteCheckout, "tenders", None, "tenders"),
    (tb.QuoteCheckout, "tenders", ("points",), "tenders[0]"),
    (tb.QuoteCheckout, "tenders", (tb.AskedTender(tender=["x"]),), "tenders[0].tender"),  # type: ignore[arg-type]
    (tb.IssueCodes, "code_hashes", None, "code_hashes"),
    (tb.IssueCodes, "code_hashes", [HASH], "code_hashes"),
    (tb.IssueCodes, "code_hashes", (HASH, ["x"]), "code_hashes[1]"),
    (tb.IssueCodes, "code_hashes", (HASH, "x"), "code_hashes[1]"),
    *(
        (kind, name, value, name)
        for kind, name in ((tb.Reverse, "shortfall"), (tb.Freeze, "scope"))
        for value in (10**5000, "x" * 10**6, {str(number): 1 for number in range(10**4)})
    ),
]


@pytest.mark.parametrize(
    ("kind", "name", "value", "field"), WRONG, ids=[f"{kind.kind()}-{field}" for kind, _, _, field in WRONG]
)
def test_a_wrong_type_is_told_by_its_place(
    kind: type[tb.Command[Any]], name: str, value: Any, field: str
) -> None:
    given = {"program": "shop", "member": "m1", "request_id": "r", **GOOD[kind], name: value}
    with pytest.raises(tb.InvalidInput) as refused:
        kind(**given)
    assert refused.value.field == field
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_right_is_taken(kind: type[tb.Command[Any]]) -> None:
    kind(**{"program": "shop", "member": "m1", "request_id": "r", **GOOD[kind]})


def test_a_list_of_coupons_is_said_to_be_one() -> None:
    with pytest.raises(tb.InvalidInput, match="coupons: must be tuple, not list"):
        tb.ReserveCoupons(program="p", member="m", request_id="r", order_id="o", coupons=["c"])  # type: ignore[arg-type]


def test_a_list_is_as_good_as_a_tuple() -> None:
    with tb.Book.open("sqlite://") as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program="demo", member="m1", request_id="e"))
        lines: Any = [tb.Line(amount=1250), tb.Line(amount=6049)]
        bought = tb.RecordEvent(
            program="demo", member="m1", event=tb.Purchase(order_id="o", currency="USD", lines=lines)
        )
        again = msgspec.structs.replace(
            bought, event=tb.Purchase(order_id="o", currency="USD", lines=tuple(lines))
        )
        assert isinstance(book.do([bought])[0], tb.EventRecorded)
        assert book.do(again).replayed
