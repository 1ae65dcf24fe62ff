"""Refunds of what was spent, vested or lapsed meanwhile: pending first, then as far as the policy goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import tallybook as tb

from tests.slices.earning.market import BASE, Market, document

OpenMarket = Callable[[str], Market]

POLICIES = ["only_pending", "within_balance", "arrears"]


def opened(open_market: OpenMarket, policy: str, **rule: Any) -> Market:
    """Points wait for 14 days, and lapse after 60. The member has five of another fund, for good."""
    market = open_market(
        document(
            {"base": {**BASE, "vesting": {"kind": "after_days", "days": 14}, **rule}},
            units={"points": {"kind": "redeemable", "expiry": {"kind": "after_days", "days": 60}}},
            refunds={"shortfall": policy, "lapsed": {"kind": "keep_expired"}},
            funds=["gift"],
        )
    )
    later = market.clock.now.date().replace(year=2030)
    market.do(tb.Award, unit="points", amount=5, fund="gift", expires_on=later)
    market.buy("o1", 1200)
    return market


def sums(market: Market) -> dict[str, int]:
    """The house's accounts of points."""
    sheet = market.book.ask(tb.TrialBalance(program="market", unit="points"))
    found: dict[str, int] = {}
    for each in sheet.accounts:
        found[each.account] = found.get(each.account, 0) + each.amount
    return found


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_pending_is_cancelled_first(open_market: OpenMarket, policy: str) -> None:
    market = opened(open_market, policy)
    assert market.balance() == tb.Balance(available=5, pending=12)
    reply = market.refund("f1", "o1", amount=700)
    assert reply.moved == (tb.Moved(unit="points", taken=7),)
    assert market.balance() == tb.Balance(available=5, pending=5)
    market.refund("f2", "o1")
    assert market.balance() == tb.Balance(available=5)
    assert market.problems() == []


SPENT = {
    "only_pending": (tb.Moved(unit="points", forgiven=12), tb.Balance(available=2)),
    "within_balance": (tb.Moved(unit="points", taken=2, forgiven=10), tb.Balance()),
    "arrears": (tb.Moved(unit="points", taken=12, arrears=10), tb.Balance(arrears=10)),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_what_was_spent_is_taken_as_far_as_the_policy_goes(open_market: OpenMarket, policy: str) -> None:
    market = opened(open_market, policy)
    market.clock.forward(days=14)
    market.do(tb.Redeem, unit="points", amount=15)
    reply = market.refund("f1", "o1")
    moved, balance = SPENT[policy]
    assert reply.moved == (moved,)
    assert reply.balances["points"] == market.balance() == balance
    assert [each.amount for each in reply.taken] == [12], "whatever became of it"
    assert market.refund("f2", "o1").moved == ()
    assert market.problems() == []


@pytest.mark.parametrize("policy", POLICIES)
def test_what_was_let_go_once_is_not_asked_for_later(open_market: OpenMarket, policy: str) -> None:
    market = opened(open_market, policy)
    market.clock.forward(days=14)
    market.do(tb.Redeem, unit="points", amount=17)
    market.refund("f1", "o1", amount=600)
    market.do(tb.Award, unit="points", amount=100)
    before = market.balance()
    reply = market.refund("f2", "o1", amount=300)
    taken = 0 if policy == "only_pending" else 3
    assert reply.moved == (tb.Moved(unit="points", taken=taken, forgiven=3 - taken),)
    assert market.balance().available == before.available - taken


@pytest.mark.parametrize("policy", POLICIES)
def test_what_lapsed_unspent_is_taken_where_it_lapsed(open_market: OpenMarket, policy: str) -> None:
    market = opened(open_market, policy)
    market.clock.forward(days=61)
    assert market.balance() == tb.Balance(available=5)
    reply = market.refund("f1", "o1")
    assert market.balance() == tb.Balance(available=5)
    if policy == "only_pending":
        assert reply.moved == (tb.Moved(unit="points", forgiven=12),)
        assert sums(market) == {"issued": -17, "available": 5, "expired": 12}
    else:
        assert reply.moved == (tb.Moved(unit="points", taken=12),)
        assert sums(market) == {"issued": -5, "available": 5}
    assert market.problems() == []


def test_what_lapsed_is_taken_there_though_the_rest_was_spent(open_market: OpenMarket) -> None:
    market = opened(open_market, "arrears")
    market.clock.forward(days=14)
    market.do(tb.Redeem, unit="points", amount=8)
    market.clock.forward(days=50)
    assert market.balance() == tb.Balance(available=5)
    reply = market.refund("f1", "o1")
    assert reply.moved == (tb.Moved(unit="points", taken=12, arrears=3),)
    assert market.balance() == tb.Balance(arrears=3)
    assert market.problems() == []


def test_what_another_order_has_pending_is_left_alone(open_market: OpenMarket) -> None:
    market = opened(open_market, "arrears")
    market.clock.forward(days=14)
    market.do(tb.Redeem, unit="points", amount=17)
    market.buy("o2", 3000)
    assert market.refund("f1", "o1").moved == (tb.Moved(unit="points", taken=12, arrears=12),)
    assert market.balance() == tb.Balance(pending=30, arrears=12)
    market.clock.forward(days=14)
    assert market.balance() == tb.Balance(available=18)
    assert market.problems() == []


def test_what_another_order_has_pending_of_the_same_day_is_left_alone(open_market: OpenMarket) -> None:
    market = opened(open_market, "arrears")
    market.buy("o2", 3000)
    market.refund("f1", "o1")
    market.refund("f2", "o1")
    assert market.balance() == tb.Balance(available=5, pending=30)


def test_what_is_held_is_owed(open_market: OpenMarket) -> None:
    market = opened(open_market, "arrears")
    market.clock.forward(days=14)
    market.do(tb.Hold, unit="points", amount=17, hold_id="h1")
    assert market.refund("f1", "o1").moved == (tb.Moved(unit="points", taken=12, arrears=12),)
    market.do(tb.Release, hold_id="h1")
    assert market.balance() == tb.Balance(available=5)
    assert market.problems() == []


def test_points_paid_by_a_fund_are_taken_from_that_fund_first(open_market: OpenMarket) -> None:
    market = opened(open_market, "within_balance", fund="gift")
    market.clock.forward(days=14)
    reply = market.refund("f1", "o1")
    assert reply.moved == (tb.Moved(unit="points", taken=12),)
    assert [(each.fund, each.amount) for each in market.lots()] == [("gift", 5)]


def test_growth_that_cannot_be_spent_is_taken_back(open_market: OpenMarket) -> None:
    units = {"points": {"kind": "redeemable"}, "growth": {"kind": "qualifying"}}
    market = open_market(document({"base": {**BASE, "unit": "growth"}}, units=units))
    market.buy("o1", 1200)
    assert market.refund("f1", "o1", amount=700).balances["growth"] == tb.Balance(available=5)
