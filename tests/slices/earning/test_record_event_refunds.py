"""Refunds in the book: by line, by pieces, by money, whole; in parts or at once; never more than all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb
from tallybook.earning.story import Story

from tests.clocks import START
from tests.slices.earning.filed import drawn, filed, resident
from tests.slices.earning.market import BASE, Market, document, purchase
from tests.slices.test_bad_input import REMEMBERED, rows

OpenMarket = Callable[[str], Market]

DAIRY: Any = {
    "unit": "points",
    "formula": {"kind": "multiplier", "times": 2, "of": ["base"]},
    "lines": {"categories": ["dairy"]},
}
RULES: Any = {
    "base": BASE,
    "dairy": DAIRY,
    "stars": {"unit": "stars", "formula": {"kind": "fixed", "units": 1}},
}
PROGRAMS = {
    "nothing remembered": document(RULES),
    "caps remembered": document(RULES, caps={"points": [{"period": "month", "most": 1000}]}),
}
MILK = tb.Line(line_id="milk", category="dairy", quantity=3, amount=1200)
BREAD = tb.Line(line_id="bread", amount=300)


@pytest.fixture(params=PROGRAMS)
def market(request: pytest.FixtureRequest, open_market: OpenMarket) -> Market:
    """With an order of milk and bread: 27 points, 12 of them for dairy, and a star."""
    market = open_market(PROGRAMS[request.param])
    market.buy("o1", MILK, BREAD, at=START)
    return market


def line(line_id: str, quantity: int | None = None, amount: int | None = None) -> tb.RefundedLine:
    return tb.RefundedLine(line_id=line_id, quantity=quantity, amount=amount)


def refund(*lines: tb.RefundedLine, amount: int | None = None) -> dict[str, Any]:
    return {"lines": lines, "amount": amount}


PARTS: dict[str, tuple[dict[str, Any], dict[str, int]]] = {
    "a line": (refund(line("milk")), {"base": 12, "dairy": 12, "stars": 80}),
    "another line": (refund(line("bread")), {"base": 3, "stars": 20}),
    "a piece of a line": (refund(line("milk", 1)), {"base": 4, "dairy": 4, "stars": 26}),
    "money of a line": (refund(line("milk", amount=650)), {"base": 6, "dairy": 6, "stars": 43}),
    "money of the order": (refund(amount=750), {"base": 7, "dairy": 6, "stars": 50}),
    "a line and money": (refund(line("bread"), amount=600), {"base": 9, "dairy": 6, "stars": 60}),
    "everything": (refund(), {"base": 15, "dairy": 12, "stars": 100}),
}


@pytest.mark.parametrize("what", PARTS)
def test_a_refund_takes_back_what_its_goods_earned(market: Market, what: str) -> None:
    told, taken = PARTS[what]
    reply = market.told(tb.Refund(refund_id="f1", order_id="o1", **told))
    assert {each.rule: each.amount for each in reply.taken} == taken
    points = taken["base"] + taken.get("dairy", 0)
    assert {each.unit: each.taken for each in reply.moved} == {"points": points, "stars": taken["stars"]}
    assert market.balance().available == reply.balances["points"].available == 27 - points
    assert market.balance("stars").available == 100 - taken["stars"]
    assert (reply.rewards, reply.waiting, reply.revalued) == ((), False, ())
    assert market.problems() == []


SEQUENCES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "pieces": ([refund(line("milk", 1)), refund(line("milk", 1))], refund(line("milk", 2))),
    "all pieces": ([refund(line("milk", 1))] * 3, refund(line("milk"))),
    "lines": ([refund(line("bread")), refund(line("milk"))], refund()),
    "cents": ([refund(amount=1), refund(amount=332), refund(amount=417)], refund(amount=750)),
    "cents of a line": ([refund(line("milk", amount=99))] * 7, refund(line("milk", amount=693))),
    "money, then the rest": ([refund(amount=1099), refund()], refund()),
    "pieces, then the rest of the line": (
        [refund(line("milk", 1)), refund(line("milk"))],
        refund(line("milk")),
    ),
}


@pytest.mark.parametrize("what", SEQUENCES)
def test_parts_come_to_what_one_refund_of_all_of_them_does(
    market: Market, database_url: str, what: str
) -> None:
    parts, combined = SEQUENCES[what]
    market.enroll("m2")
    market.buy("o1", MILK, BREAD, member="m2", at=START)
    for number, part in enumerate(parts):
        market.told(tb.Refund(refund_id=f"f{number}", order_id="o1", **part))
    market.told(tb.Refund(refund_id="f", order_id="o1", **combined), "m2")
    for unit in ("points", "stars"):
        assert market.lots(unit) == market.lots(unit, "m2")
    assert resident(database_url)["state"] == resident(database_url, "m2")["state"]
    in_parts, at_once = (
        filed(database_url, "event", each)["purchase/o1"]["refunded"] for each in ("m1", "m2")
    )
    assert {**in_parts, "refunds": []} == {**at_once, "refunds": []}
    assert market.problems() == []


CAMPAIGN = document(
    {
        "base": {
            **BASE,
            "caps": [{"period": "week", "most": 50}],
            "vesting": {"kind": "after_days", "days": 7},
        },
        "dairy": {**DAIRY, "budget": "spring", "caps": [{"period": "life", "times": 2}]},
        "second": {
            "unit": "stars",
            "formula": {"kind": "fixed", "units": 1},
            "condition": "order.ordinal == 2 && order.days_since_last >= 2",
            "budget": "summer",
        },
    },
    budgets={
        "spring": {"unit": "points", "most": 20},
        "summer": {"currency": "USD", "unit": "stars", "most": "5.00", "cost": {"units": 1, "money": "0.10"}},
    },
)


def test_after_a_whole_refund_all_is_as_if_the_order_had_not_been(
    open_market: OpenMarket, database_url: str
) -> None:
    """Balances, lots, caps, ordinals, days and budgets; m2 never ordered what m1 gives back."""
    market = open_market(CAMPAIGN)
    market.enroll("m2")
    market.buy("o1", MILK, at=market.ago(days=3))
    before = drawn(database_url), market.lots("points"), resident(database_url)["state"]
    bought = market.buy("o2", MILK, BREAD, at=market.ago(days=1))
    assert {each.rule: each.amount for each in bought.rewards} == {"base": 15, "dairy": 8, "second": 100}
    assert drawn(database_url) == {"spring": 20, "summer": 10}
    market.refund("f1", "o2", line("bread"))
    market.refund("f2", "o2")
    assert (drawn(database_url), market.lots("points"), resident(database_url)["state"]) == before
    assert (market.balance("stars"), market.lots("stars")) == (tb.Balance(), ())
    again = market.buy("o3", MILK, BREAD)
    assert [(each.rule, each.amount) for each in again.rewards] == [
        (each.rule, each.amount) for each in bought.rewards
    ]
    assert market.problems() == []


def test_what_is_back_already_is_not_taken_again(market: Market) -> None:
    market.refund("f1", "o1")
    for number in range(2, 4):
        again = market.refund(f"f{number}", "o1")
        assert (again.taken, again.moved) == ((), ())
    assert market.balance() == tb.Balance()
    assert market.problems() == []


def test_the_same_refund_told_twice_in_a_batch_takes_once(market: Market) -> None:
    command = market.telling(tb.Refund(refund_id="f1", order_id="o1", lines=(line("milk", 1),)))
    first, second = (
        outcome for outcome in market.book.do([command, command]) if isinstance(outcome, tb.Reply)
    )
    assert (first.replayed, second.replayed) == (False, True)
    assert market.balance().available == 19


EXCEEDING: dict[str, tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any]]] = {
    "pieces": ([], refund(line("milk", 4)), {"what": "quantity of line milk", "asked": 4, "left": 3}),
    "pieces left": (
        [refund(line("milk", 2))],
        refund(line("milk", 2)),
        {"what": "quantity of line milk", "asked": 2, "left": 1},
    ),
    "money of a line": (
        [refund(line("bread", amount=1))],
        refund(line("bread", amount=300)),
        {"what": "amount of line bread", "asked": 300, "left": 299},
    ),
    "money of the order": ([], refund(amount=1501), {"what": "goods", "asked": 1501, "left": 1500}),
    "money left of the order": (
        [refund(line("bread")), refund(amount=200)],
        refund(amount=1001),
        {"what": "goods", "asked": 1001, "left": 1000},
    ),
    "pieces of what is back": (
        [refund()],
        refund(line("bread", 1)),
        {"what": "quantity of line bread", "asked": 1, "left": 0},
    ),
}


@pytest.mark.parametrize("what", EXCEEDING)
def test_a_refund_of_more_than_was_bought_is_refused_and_changes_nothing(
    market: Market, database_url: str, what: str
) -> None:
    parts, too_much, facts = EXCEEDING[what]
    for number, part in enumerate(parts):
        market.told(tb.Refund(refund_id=f"f{number}", order_id="o1", **part))
    before = rows(database_url)
    with pytest.raises(tb.RefundExceedsPurchase) as refused:
        market.told(tb.Refund(refund_id="f", order_id="o1", **too_much))
    assert refused.value.facts() == {"order": "o1", **facts}
    after = rows(database_url)
    assert {table for table in after if after[table] != before[table]} == REMEMBERED
    assert market.problems() == []


def test_a_refund_of_a_line_that_was_not_bought_is_refused(market: Market, database_url: str) -> None:
    before = rows(database_url)
    with pytest.raises(tb.UnknownLine) as refused:
        market.refund("f1", "o1", line("bread"), line("beer"))
    assert refused.value.facts() == {"order": "o1", "line": "beer"}
    after = rows(database_url)
    assert {table for table in after if after[table] != before[table]} == REMEMBERED


BACKDATED: dict[str, dict[str, Any]] = {
    "pieces": refund(line("milk", 4)),
    "a line that was not bought": refund(line("beer")),
    "pieces, when others are back": refund(line("bread", 1)),
}


@pytest.mark.parametrize("what", BACKDATED)
@pytest.mark.parametrize("days", [1, 4])
def test_a_refund_that_cannot_be_is_refused_at_whatever_time_it_is_told_to_have_been(
    market: Market, database_url: str, what: str, days: int
) -> None:
    """Even before the order, or before a refund that was told earlier: what was taken stays taken."""
    market.buy("o2", MILK, BREAD, at=market.ago(days=3))
    market.refund("f1", "o2", line("bread"))
    before = rows(database_url)
    with pytest.raises((tb.RefundExceedsPurchase, tb.UnknownLine)):
        market.told(tb.Refund(refund_id="f2", order_id="o2", **BACKDATED[what]), at=market.ago(days=days))
    after = rows(database_url)
    assert {table for table in after if after[table] != before[table]} == REMEMBERED


def test_a_refund_that_would_undo_one_that_counts_is_refused(
    open_market: OpenMarket, database_url: str
) -> None:
    """Half of the money was refunded, and then two of three pieces, before that: one of them is too much."""
    market = open_market(PROGRAMS["caps remembered"])
    market.buy("o1", MILK, at=market.ago(days=3))
    market.refund("f1", "o1", line("milk", amount=600))
    before = rows(database_url)
    with pytest.raises(tb.RefundExceedsPurchase):
        market.refund("f2", "o1", line("milk", 2), at=market.ago(days=1))
    after = rows(database_url)
    assert {table for table in after if after[table] != before[table]} == REMEMBERED
    assert market.balance().available == 12


def test_a_refund_told_to_have_been_before_its_order_takes_all_the_same(market: Market) -> None:
    reply = market.refund("f1", "o1", line("milk"), at=market.ago(days=9))
    assert (reply.waiting, reply.moved[0].taken) == (False, 24)


def test_a_refund_touches_its_own_order_only(market: Market) -> None:
    market.buy("o2", MILK)
    market.enroll("m2")
    market.buy("o1", BREAD, member="m2")
    market.refund("f1", "o1")
    assert (market.balance().available, market.balance(member="m2").available) == (24, 3)


def test_what_a_discount_a_voucher_and_shipping_took_part_in_goes_back_in_proportion(
    open_market: OpenMarket,
) -> None:
    market = open_market(document(spend={"shipping": True, "tax": True, "excluded_tenders": ["voucher"]}))
    paid = (tb.Tender(kind="voucher", amount=500), tb.Tender(kind="card", amount=1500))
    off = (tb.Discount(code="spring", amount=100),)
    order = purchase(
        "o1",
        tb.Line(line_id="a", amount=1000),
        tb.Line(line_id="b", amount=600),
        tax=200,
        shipping=300,
        discounts=off,
        tenders=paid,
    )
    reply = market.told(order)
    assert [(each.base, each.amount) for each in reply.rewards] == [(1500, 15)]
    parts = [market.refund(f"f{number}", "o1", line(name)).moved[0].taken for number, name in enumerate("ab")]
    assert sum(parts) == 15
    assert market.balance() == tb.Balance()


def test_a_refund_of_what_was_free_takes_what_was_given_for_it(open_market: OpenMarket) -> None:
    gift = {"unit": "points", "formula": {"kind": "quantity", "units": 2, "per": 1}}
    market = open_market(document({"gift": gift}))
    market.buy("o1", tb.Line(line_id="sample", quantity=3, amount=0))
    with pytest.raises(tb.RefundExceedsPurchase):
        market.refund("f1", "o1", amount=1)
    assert market.refund("f2", "o1", line("sample", 2)).moved[0].taken == 4
    assert market.refund("f3", "o1").moved[0].taken == 2


# --- what it costs ---------------------------------------------------------------------------------------


def test_only_what_leaves_nothing_of_the_latest_order_has_the_story_told_anew(
    open_market: OpenMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another order is the latest then; a part that goes back leaves everything behind it as it is."""
    market = open_market(PROGRAMS["caps remembered"])
    market.buy("o1", MILK, BREAD)
    told: list[str] = []
    tell_anew = Story.tell_anew

    def told_anew(story: Story, facts: Any, new: Any, *more: Any) -> None:
        told.append(new.key)
        tell_anew(story, facts, new, *more)

    monkeypatch.setattr(Story, "tell_anew", told_anew)
    market.clock.forward(days=2)
    market.buy("o2", MILK, BREAD)
    market.refund("f1", "o2", line("milk", 2))
    with pytest.raises(tb.RefundExceedsPurchase):
        market.refund("f2", "o2", line("milk", 2))
    assert told == []
    market.refund("f3", "o2")
    assert told == ["refund/f3"]
    assert market.problems() == []


def test_parts_of_the_latest_order_in_one_batch_leave_the_one_before_as_the_latest(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(PROGRAMS["caps remembered"])
    for member in ("m1", "m2"):
        market.enroll(member) if member == "m2" else None
        market.buy("o1", MILK, BREAD, member=member, at=START)
        market.buy("o2", MILK, BREAD, member=member, at=START + timedelta(days=1))
    market.clock.forward(days=3)
    lines = [line("milk", 2), line("milk", 1), line("bread")]
    parts = [
        tb.Refund(refund_id=f"f{number}", order_id="o2", lines=(each,)) for number, each in enumerate(lines)
    ]
    at = market.clock.now
    for outcome in market.book.do([market.telling(part, "m1", at) for part in parts]):
        assert isinstance(outcome, tb.EventRecorded), outcome
    for part in parts:
        market.told(part, "m2", at)
    assert resident(database_url) == resident(database_url, "m2")
    assert market.lots() == market.lots(member="m2")
    assert market.problems() == []
