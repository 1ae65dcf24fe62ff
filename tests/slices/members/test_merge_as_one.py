"""Whatever two members have bought: merged, they are where one would be who had bought all of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lengths import TIMES_LONGER
from tests.slices.members.test_merge_growth import START, tier
from tests.slices.shop import Shop

CLUB = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  stars: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
tasks:
  five: {goal: {kind: count, reach: 5}, period: once, rewards: [{kind: units, unit: stars, units: 30}]}
  spender: {goal: {kind: spend, currency: USD, reach: "300.00"}, period: once}
  shelves: {goal: {kind: distinct, of: lines.category, reach: 3}, period: once}
ladders:
  status:
    validity: {kind: after_months, months: 12}
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}, {tasks: [shelves]}]
      - code: gold
        any_of: [{units: {growth: 400}, tasks: [five]}]
"""
numbers = count()

orders = st.tuples(
    st.booleans(), st.integers(1, 200), st.sampled_from(("dairy", "fruit", "bread")), st.integers(0, 2)
)


@pytest.fixture
def club(shop: Shop) -> Shop:
    """A club in which every example has members of its own."""
    shop.clock.now = START
    shop.book.apply(CLUB)
    return shop


def buy(shop: Shop, name: str, order: str, dollars: int, category: str, back: int) -> None:
    """Buy something, and give half of it, or all, back."""
    line = tb.Line(amount=dollars * 100, category=category, quantity=2, line_id="1")
    event = tb.Purchase(order_id=order, currency="USD", lines=(line,))
    shop.book.do(shop.make(tb.RecordEvent, name, request_id="", event=event))
    if back:
        shop.clock.forward(seconds=60)
        lines = (tb.RefundedLine(line_id="1", quantity=back),)
        refund = tb.Refund(refund_id=order, order_id=order, lines=lines)
        shop.book.do(shop.make(tb.RecordEvent, name, request_id="", event=refund))


def stands(shop: Shop, name: str) -> tuple[Any, ...]:
    """Where a member is, but for what the same thing has given to two."""
    tasks = shop.book.ask(tb.GetTasks(program="shop", member=name))
    balances = [shop.balance(name, unit).available for unit in ("points", "growth")]
    return tier(shop, name), *balances, [(each.task, each.times, each.progress) for each in tasks]


def lots(shop: Shop, name: str) -> set[tuple[Any, ...]]:
    """A member's lots."""
    sheet = shop.book.ask(tb.Balances(program="shop", member=name))
    return {(unit.unit, lot.account, lot.expires_on, lot.amount) for unit in sheet.units for lot in unit.lots}


@settings(max_examples=25 * TIMES_LONGER, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(orders, min_size=1, max_size=9), st.booleans())
def test_two_are_where_one_would_be(club: Shop, bought: list[tuple[Any, ...]], retold: bool) -> None:
    shop, number = club, next(numbers)
    one, kept, gone = (f"{who}{number}" for who in ("one", "kept", "gone"))
    shop.enroll(one, kept, gone)
    shop.clock.forward(seconds=60)
    first = shop.clock.now
    for place, (is_kept, *what) in enumerate(bought):
        shop.clock.forward(seconds=3600)
        buy(shop, one, f"{number}-{place}", *what)
        buy(shop, kept if is_kept else gone, f"{number}-{place}", *what)
    shop.clock.forward(seconds=3600)
    before = stands(shop, kept), stands(shop, gone), lots(shop, gone)
    given_to_both = sum(shop.balance(each, "stars").available for each in (kept, gone))
    shop.book.do(shop.make(tb.MergeMembers, kept, other=gone))
    assert stands(shop, kept) == stands(shop, one)
    assert shop.balance(kept, "stars").available == max(given_to_both, shop.balance(one, "stars").available)
    if retold:  # a late visit has both stories told from their beginnings
        shop.clock.forward(seconds=60)
        for name in (one, kept):
            late = tb.Purchase(order_id=f"{number}-late", currency="USD", lines=(tb.Line(amount=1),))
            at = first + timedelta(seconds=1)
            shop.book.do(shop.make(tb.RecordEvent, name, request_id="", event=late, occurred_at=at))
            back = tb.Refund(refund_id=f"{number}-late", order_id=f"{number}-late")
            shop.book.do(shop.make(tb.RecordEvent, name, request_id="", event=back))
        assert stands(shop, kept)[:3] == stands(shop, one)[:3]
    else:
        shop.book.do(shop.make(tb.SplitMembers, kept, other=gone))
        assert (stands(shop, gone), lots(shop, gone)) == before[1:]
        assert stands(shop, kept)[1:3] == before[0][1:3]
    assert shop.problems() == []
