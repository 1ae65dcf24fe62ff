"""Refunds that come before their order wait for it, and take effect when it comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.slices.earning.filed import drawn, filed, resident
from tests.slices.earning.market import BASE, Market, document, purchase

OpenMarket = Callable[[str], Market]

PROGRAMS = {
    "nothing remembered": document(),
    "caps remembered": document(caps={"points": [{"period": "month", "most": 1000}]}),
}
MILK = tb.Line(line_id="milk", quantity=3, amount=1200)
BREAD = tb.Line(line_id="bread", amount=300)
A_PIECE = tb.RefundedLine(line_id="milk", quantity=1)


@pytest.fixture(params=PROGRAMS)
def market(request: pytest.FixtureRequest, open_market: OpenMarket) -> Market:
    return open_market(PROGRAMS[request.param])


def test_a_refund_says_that_it_waits_and_moves_nothing(market: Market, database_url: str) -> None:
    reply = market.refund("f1", "o1", A_PIECE)
    assert reply.waiting
    assert (reply.rewards, reply.taken, reply.moved, reply.balances) == ((), (), (), {})
    assert resident(database_url)["awaited"] == 1
    assert [each["version"] for each in filed(database_url, "waiting_refund")["o1"]["refunds"]] == [
        reply.entry
    ]
    assert market.problems() == []


def test_when_its_order_comes_it_takes_effect(market: Market, database_url: str) -> None:
    market.refund("f1", "o1", A_PIECE)
    market.refund("f2", "o1", tb.RefundedLine(line_id="bread"))
    reply = market.buy("o1", MILK, BREAD)
    assert [each.amount for each in reply.rewards] == [15]
    assert reply.moved == (tb.Moved(unit="points", given=8),)
    assert market.balance().available == reply.balances["points"].available == 8
    assert filed(database_url, "waiting_refund") == {}
    assert "awaited" not in resident(database_url)
    assert market.refund("f3", "o1").moved[0].taken == 8
    assert market.problems() == []


def test_it_comes_to_what_it_had_come_to_behind_its_order(market: Market, database_url: str) -> None:
    at, later = market.clock.now, market.clock.now + timedelta(hours=1)
    market.enroll("m2")
    market.refund("f1", "o1", A_PIECE, at=later)
    market.buy("o1", MILK, BREAD, at=at)
    market.buy("o1", MILK, BREAD, member="m2", at=at)
    market.refund("f1", "o1", A_PIECE, member="m2", at=later)
    assert market.lots() == market.lots(member="m2")
    assert resident(database_url) == resident(database_url, "m2")
    assert filed(database_url, "event") == filed(database_url, "event", "m2")


def test_an_order_whose_whole_refund_came_first_gives_nothing(market: Market, database_url: str) -> None:
    market.refund("f1", "o1")
    reply = market.buy("o1", MILK)
    assert (reply.moved, reply.balances) == ((), {})
    assert market.balance() == tb.Balance()
    assert resident(database_url)["state"].get("orders", 0) == 0
    again = market.refund("f2", "o1")
    assert (again.waiting, again.taken) == (False, ())


def test_waiting_goes_on_while_other_orders_come(market: Market) -> None:
    market.refund("f1", "o9")
    market.buy("o1", MILK)
    assert market.refund("f2", "o1").moved[0].taken == 12
    assert market.buy("o9", BREAD).moved == ()


def test_however_many_orders_are_awaited_what_lies_on_the_folio_stays_small(
    market: Market, database_url: str
) -> None:
    orders = [f"o{number}" for number in range(40)]
    market.book.do([market.telling(tb.Refund(refund_id=f"f-{each}", order_id=each)) for each in orders])
    market.refund("f-more", "o7")
    assert resident(database_url)["awaited"] == 40
    assert len(json.dumps(resident(database_url))) < 300
    came = market.book.do([market.telling(purchase(each, MILK)) for each in (*orders[:20], "other")])
    assert [bool(outcome.moved) for outcome in came if isinstance(outcome, tb.EventRecorded)] == [
        *[False] * 20,
        True,
    ]
    assert resident(database_url)["awaited"] == 20
    assert sorted(filed(database_url, "waiting_refund")) == orders[20:]
    assert market.problems() == []


def test_waiting_is_for_the_members_own_order(market: Market) -> None:
    market.enroll("m2")
    market.refund("f1", "o1")
    assert market.buy("o1", MILK, member="m2").moved[0].given == 12
    assert market.buy("o1", MILK).moved == ()


def test_a_refund_and_its_order_in_one_batch_come_to_the_same_in_either_order(market: Market) -> None:
    refund = tb.Refund(refund_id="f1", order_id="o1", lines=(A_PIECE,))
    order = purchase("o1", MILK, BREAD)
    market.enroll("m2")
    first = market.book.do([market.telling(each) for each in (refund, order)])
    second = market.book.do([market.telling(each, "m2") for each in (order, refund)])
    assert [outcome.waiting for outcome in (*first, *second) if isinstance(outcome, tb.EventRecorded)] == [
        True,
        False,
        False,
        False,
    ]
    assert market.lots() == market.lots(member="m2")
    assert market.balance().available == 11
    assert market.problems() == []


TOO_MUCH: dict[str, tuple[dict[str, Any], str]] = {
    "pieces": (
        {"lines": (tb.RefundedLine(line_id="milk", quantity=4),)},
        "4 were to be refunded of the quantity of line milk of order 'o1', 3 are left",
    ),
    "money": ({"amount": 1501}, "1501 were to be refunded of the goods of order 'o1', 1500 are left"),
    "a line": ({"lines": (tb.RefundedLine(line_id="beer"),)}, "Order 'o1' has no line 'beer'"),
    "a tender": (
        {"amount": 1, "tenders": (tb.Tender(kind="points", amount=1, entry=1),)},
        "1 were to be refunded of the tender of entry 1 of order 'o1', 0 are left",
    ),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_one_for_more_than_was_bought_is_kept_with_its_problem_and_the_order_stands(
    market: Market, database_url: str, what: str
) -> None:
    too_much, problem = TOO_MUCH[what]
    assert market.told(tb.Refund(refund_id="f1", order_id="o1", **too_much)).waiting
    market.refund("f2", "o1", A_PIECE)
    reply = market.buy("o1", MILK, BREAD)
    assert [each.amount for each in reply.rewards] == [15]
    assert market.balance().available == 11
    (kept,) = filed(database_url, "waiting_refund")["o1"]["refunds"]
    assert kept["told"]["event"]["refund_id"] == "f1"
    assert kept["problem"].startswith(problem)
    assert "awaited" not in resident(database_url)
    assert market.refund("f3", "o1").moved[0].taken == 11
    assert filed(database_url, "waiting_refund")["o1"]["refunds"] == [kept]
    assert market.problems() == []


def test_of_two_that_come_first_and_are_too_much_together_the_earlier_counts(
    market: Market, database_url: str
) -> None:
    two = tb.RefundedLine(line_id="milk", quantity=2)
    market.refund("f2", "o1", two, at=market.clock.now + timedelta(hours=2))
    market.refund("f1", "o1", two, at=market.clock.now + timedelta(hours=1))
    assert market.buy("o1", MILK, BREAD).moved[0].given == 7
    (kept,) = filed(database_url, "waiting_refund")["o1"]["refunds"]
    assert (kept["told"]["event"]["refund_id"], kept["problem"][:6]) == ("f2", "2 were")


def test_what_was_rejected_stays_so_when_the_story_is_told_anew(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(PROGRAMS["caps remembered"])
    market.refund("f1", "o1", tb.RefundedLine(line_id="milk", quantity=4))
    market.buy("o1", MILK)
    kept = filed(database_url, "waiting_refund")
    late = market.buy("o0", BREAD, at=market.ago(days=1))
    assert (late.moved[0].given, late.revalued) == (3, ())
    assert market.refund("f2", "o1", A_PIECE).moved[0].taken == 4
    assert filed(database_url, "waiting_refund") == kept
    assert market.problems() == []


def test_a_refund_that_waited_gives_its_budget_back_at_once(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(
        document({"base": {**BASE, "budget": "spring"}}, budgets={"spring": {"unit": "points", "most": 20}})
    )
    market.refund("f1", "o1", tb.RefundedLine(line_id="milk"))
    assert market.buy("o1", MILK, BREAD).moved[0].given == 3
    assert drawn(database_url) == {"spring": 3}
    assert market.problems() == []


def test_what_paid_for_the_order_comes_back_when_the_order_comes(market: Market) -> None:
    market.do(tb.Award, unit="points", amount=50)
    spent = market.do(tb.Redeem, unit="points", amount=40).entry
    market.refund("f1", "o1", tb.RefundedLine(line_id="milk", quantity=1))
    paid = (tb.Tender(kind="points", amount=400, entry=spent), tb.Tender(kind="card", amount=800))
    reply = market.buy("o1", MILK, tenders=paid)
    assert reply.moved == (tb.Moved(unit="points", given=8, returned=13),)
    assert market.balance().available == 10 + 13 + 8
    entries = market.book.ask(tb.Statement(program="market", member="m1")).entries
    assert [each.kind for each in entries[:2]] == ["record_event", "return"]
    assert market.refund("f2", "o1").moved == (tb.Moved(unit="points", taken=8, returned=27),)
    assert market.problems() == []
