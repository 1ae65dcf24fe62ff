"""Events that make no sense in themselves are refused with the path of what is wrong. Knows no database."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
import tallybook as tb

MAX = 2**63 - 1
LINE = tb.Line(amount=1000)
POINTS = tb.Tender(kind="points", amount=500, entry=3)

GOOD: dict[str, Any] = {
    "purchase": tb.Purchase(
        order_id="o1",
        currency="USD",
        lines=(tb.Line(line_id="a", amount=700, tax=56), LINE),
        tax=10,
        shipping=490,
        discounts=(tb.Discount(code="spring", amount=300),),
        tenders=(POINTS, tb.Tender(kind="card", amount=1456)),
        total=1956,
        attributes={"gift": True, "note": "wrapped", "floor": -2},
    ),
    "refund": tb.Refund(refund_id="f1", order_id="o1", lines=(tb.RefundedLine(line_id="a", quantity=1),)),
    "custom": tb.Custom(name="visit", event_id="v1"),
}

BAD: list[tuple[str, Mapping[str, Any], str]] = [
    # lines that do not add up
    ("purchase", {"total": 1957}, "event.total"),
    ("purchase", {"total": -1}, "event.total"),
    ("purchase", {"tenders": (POINTS,)}, "event.tenders"),
    ("purchase", {"shipping": 491}, "event.total"),
    ("purchase", {"discounts": (tb.Discount(code="all", amount=1701),)}, "event.discounts"),
    ("purchase", {"lines": (tb.Line(amount=MAX), tb.Line(amount=MAX))}, "event.total"),
    ("purchase", {"lines": (tb.Line(quantity=MAX, amount=0), tb.Line(amount=0))}, "event.lines"),
    # negative money, and money that is none
    ("purchase", {"lines": (tb.Line(amount=-1),)}, "event.lines[0].amount"),
    ("purchase", {"lines": (LINE, tb.Line(amount=1, tax=-1))}, "event.lines[1].tax"),
    ("purchase", {"lines": (tb.Line(amount=9.99),)}, "event.lines[0].amount"),  # type: ignore[arg-type]
    ("purchase", {"lines": (tb.Line(amount="9"),)}, "event.lines[0].amount"),  # type: ignore[arg-type]
    ("purchase", {"lines": (tb.Line(amount=2**63),)}, "event.lines[0].amount"),
    ("purchase", {"tax": -1}, "event.tax"),
    ("purchase", {"shipping": -490}, "event.shipping"),
    ("purchase", {"discounts": (tb.Discount(code="spring", amount=0),)}, "event.discounts[0].amount"),
    ("purchase", {"tenders": (tb.Tender(kind="card", amount=-5),)}, "event.tenders[0].amount"),
    ("refund", {"amount": 0}, "event.amount"),
    ("refund", {"amount": -5}, "event.amount"),
    ("refund", {"lines": (tb.RefundedLine(line_id="a", amount=-5),)}, "event.lines[0].amount"),
    # pieces
    ("purchase", {"lines": (tb.Line(quantity=0, amount=1),)}, "event.lines[0].quantity"),
    ("purchase", {"lines": (tb.Line(quantity=-1, amount=1),)}, "event.lines[0].quantity"),
    ("refund", {"lines": (tb.RefundedLine(line_id="a", quantity=0),)}, "event.lines[0].quantity"),
    ("refund", {"lines": (tb.RefundedLine(line_id="a", quantity=1, amount=1),)}, "event.lines[0]"),
    # currencies
    ("purchase", {"currency": ""}, "event.currency"),
    ("purchase", {"currency": "usd"}, "event.currency"),
    ("purchase", {"currency": "XXZ"}, "event.currency"),
    ("purchase", {"currency": None}, "event.currency"),
    ("purchase", {"currency": ["USD"]}, "event.currency"),
    ("purchase", {"currency": "U" * 10**6}, "event.currency"),
    # what is of another type
    ("purchase", {"lines": None}, "event.lines"),
    ("purchase", {"lines": {"1": LINE}}, "event.lines"),
    ("purchase", {"lines": (LINE, "bread")}, "event.lines[1]"),
    ("purchase", {"lines": (tb.Line(line_id=None, amount=1),)}, "event.lines[0].line_id"),  # type: ignore[arg-type]
    ("purchase", {"lines": (tb.Line(sku=0, amount=1),)}, "event.lines[0].sku"),  # type: ignore[arg-type]
    ("purchase", {"lines": (msgspec.structs.replace(LINE, attributes=None),)}, "event.lines[0].attributes"),
    (
        "purchase",
        {"lines": (tb.Line(amount=1, attributes={"a": True}),)},  # type: ignore[dict-item]
        "event.lines[0].attributes[a]",
    ),
    ("purchase", {"discounts": ("spring",)}, "event.discounts[0]"),
    ("purchase", {"tenders": ("card",)}, "event.tenders[0]"),
    ("purchase", {"tenders": {}}, "event.tenders"),
    ("purchase", {"total": 10**5000}, "event.total"),
    ("purchase", {"total": "1" * 10**6}, "event.total"),
    ("refund", {"lines": None}, "event.lines"),
    ("refund", {"lines": ("a",)}, "event.lines[0]"),
    ("refund", {"tenders": ("card",)}, "event.tenders[0]"),
    ("custom", {"store": None}, "event.store"),
    ("custom", {"channel": 0}, "event.channel"),
    ("custom", {"attributes": None}, "event.attributes"),
    ("custom", {"attributes": [1]}, "event.attributes"),
    ("custom", {"attributes": {"minutes": ["x" * 10**6]}}, "event.attributes[minutes]"),
    # too little, too much, twice
    ("purchase", {"lines": ()}, "event.lines"),
    ("purchase", {"lines": (LINE,) * 10_000}, "event.lines"),
    ("refund", {"lines": (tb.RefundedLine(line_id="a"),) * 1_001}, "event.lines"),
    ("purchase", {"lines": (tb.Line(line_id="2", amount=1), LINE)}, "event.lines"),
    ("purchase", {"lines": (tb.Line(line_id="shipping", amount=1000),)}, "event.lines"),
    ("refund", {"lines": (tb.RefundedLine(line_id="a"),) * 2}, "event.lines"),
    ("purchase", {"tenders": (POINTS, POINTS)}, "event.tenders"),
    ("purchase", {"tenders": (tb.Tender(kind="card", amount=0),) * 33}, "event.tenders"),
    ("purchase", {"discounts": (tb.Discount(code="c", amount=1),) * 101}, "event.discounts"),
    ("custom", {"attributes": {f"a{number}": 1 for number in range(33)}}, "event.attributes"),
    # names
    ("purchase", {"order_id": ""}, "event.order_id"),
    ("purchase", {"order_id": "o" * 101}, "event.order_id"),
    ("purchase", {"order_id": 7}, "event.order_id"),
    ("purchase", {"store": "北"}, "event.store"),
    ("purchase", {"channel": " web"}, "event.channel"),
    ("purchase", {"lines": (tb.Line(sku="a\nb", amount=1),)}, "event.lines[0].sku"),
    ("purchase", {"tenders": (tb.Tender(kind="", amount=1),)}, "event.tenders[0].kind"),
    ("purchase", {"tenders": (tb.Tender(kind="points", amount=1, entry=0),)}, "event.tenders[0].entry"),
    ("purchase", {"discounts": (tb.Discount(code="", amount=1),)}, "event.discounts[0].code"),
    ("refund", {"refund_id": ""}, "event.refund_id"),
    ("refund", {"order_id": "\x00"}, "event.order_id"),
    ("refund", {"lines": (tb.RefundedLine(line_id=""),)}, "event.lines[0].line_id"),
    ("custom", {"name": ""}, "event.name"),
    ("custom", {"event_id": "é"}, "event.event_id"),
    # attributes
    ("custom", {"attributes": {"minutes": 1.5}}, "event.attributes[minutes]"),
    ("custom", {"attributes": {"minutes": None}}, "event.attributes[minutes]"),
    ("custom", {"attributes": {"minutes": 2**63}}, "event.attributes[minutes]"),
    ("custom", {"attributes": {"note": "x" * 513}}, "event.attributes[note]"),
    ("custom", {"attributes": {"": 1}}, "event.attributes name"),
]


def telling(event: Any) -> tb.RecordEvent:
    return tb.RecordEvent(program="market", member="m1", event=event)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_event_is_one(kind: str) -> None:
    assert telling(GOOD[kind]).event == GOOD[kind]


@pytest.mark.parametrize(("kind", "changes", "field"), BAD)
def test_what_makes_no_sense_is_named(kind: str, changes: Mapping[str, Any], field: str) -> None:
    plain = (
        {"total": None, "tenders": (), "discounts": ()} if kind == "purchase" and "lines" in changes else {}
    )
    event = msgspec.structs.replace(GOOD[kind], **{**plain, **changes})
    with pytest.raises(tb.InvalidInput) as refused:
        telling(event)
    assert refused.value.field == field
    assert 5 < len(refused.value.problem) < 200


@pytest.mark.parametrize(
    "event",
    [None, "a visit", {"type": "purchase"}, "x" * 10**6, 10**5000],
    ids=["none", "text", "mapping", "long text", "long number"],
)
def test_what_is_no_event_is_refused(event: Any) -> None:
    with pytest.raises(tb.InvalidInput) as refused:
        telling(event)
    assert refused.value.field == "event"
    assert len(refused.value.problem) < 200


def test_the_largest_order_is_an_order() -> None:
    lines = tuple(tb.Line(amount=MAX // 1_000) for _ in range(1_000))
    telling(tb.Purchase(order_id="o" * 100, currency="JPY", lines=lines))
