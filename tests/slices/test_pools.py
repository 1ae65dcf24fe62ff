"""Pools that are foreseen are locked with folios, in one trip; where more is to be locked, all is let go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine
from tallybook.db.database import Session
from tallybook.db.statements import Fetch, Row
from tallybook.journal import tables

from tests.clocks import SetClock
from tests.slices.shop import Shop

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
budgets:
  spring: {unit: points, most: 100}
rules:
  base: {unit: points, budget: spring, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
coupons:
  plenty:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 30}
    claims: {}
  scarce:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 30}
    claims: {}
    stock: 3
mall:
  mug:
    gives: {kind: goods}
    price: {kind: units_and_money, unit: points, units: 1, money: "1.00", currency: USD}
    stocked: true
"""
LATER = PROGRAM.replace("    claims: {}\n  scarce", "    claims: {}\n    stock: 2\n  scarce")
"""Coupons of which there were plenty have become scarce, too."""


class Trips:
    """What a book asks its database, trip by trip, and how often it starts over."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.fetched: list[list[Fetch]] = []
        self.started_over = 0
        fetch, start_over = Session.fetch, Session.start_over

        def noted(session: Session, fetches: list[Fetch]) -> list[list[Row]]:
            self.fetched.append([each for each in fetches if each.keys])
            return fetch(session, fetches)

        def counted(session: Session) -> None:
            self.started_over += 1
            start_over(session)

        patch.setattr(Session, "fetch", noted)
        patch.setattr(Session, "start_over", counted)

    def locking(self) -> list[int]:
        """In which of the trips pools were locked."""
        return [
            place
            for place, fetches in enumerate(self.fetched)
            if any(each.lookup is tables.LOCK_POOLS for each in fetches)
        ]


@pytest.fixture
def shop(database_url: str, clock: SetClock) -> Iterator[Shop]:
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(PROGRAM)
        made = Shop(book, clock)
        made.enroll("m1", "m2")
        book.do(made.make(tb.AdjustStock, "item:mug", change=5, reason="delivered"))
        yield made
        book.sweep()
        assert made.problems() == []


def claiming(shop: Shop, template: str, member: str = "m1") -> Any:
    return shop.make(tb.ClaimCoupon, member, template=template)


def left(shop: Shop, template: str) -> int | None:
    views = shop.book.ask(tb.ListCouponTemplates(program="shop"))
    return next(each.left for each in views if each.template == template)


@pytest.mark.parametrize("kind", ["coupon", "goods", "purchase", "adjustment"])
def test_what_a_command_draws_on_is_locked_in_its_first_trip(
    shop: Shop, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = {
        "coupon": claiming(shop, "scarce"),
        "goods": shop.make(tb.PlaceOrder, item="mug"),
        "purchase": shop.buying(1_000),
        "adjustment": shop.make(tb.AdjustStock, "item:mug", change=1, reason="found"),
    }
    shop.award(10)
    trips = Trips(monkeypatch)
    shop.book.do(commands[kind])
    assert trips.locking() == [0]
    assert trips.started_over == 0


def test_what_draws_on_nothing_locks_no_pool(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    trips = Trips(monkeypatch)
    shop.book.do([claiming(shop, "plenty"), shop.awarding(1)])
    assert trips.locking() == []


def test_a_stock_that_a_revision_brings_is_not_foreseen_and_holds(
    shop: Shop, database_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.book.do(claiming(shop, "scarce"))
    with tb.Book.open(database_url, clock=clock) as other:
        other.apply(LATER)
    trips = Trips(monkeypatch)
    asked = [claiming(shop, template) for template in ("plenty", "scarce") * 3]
    outcomes = shop.book.do(asked)
    assert trips.started_over == 1
    assert [isinstance(each, tb.CouponsIssued) for each in outcomes] == [True] * 4 + [False] * 2
    assert (left(shop, "plenty"), left(shop, "scarce")) == (0, 0)
    (more,) = shop.book.do([claiming(shop, "plenty", "m2")])
    assert isinstance(more, tb.CouponOutOfStock)
    assert trips.started_over == 1


def test_a_stock_that_a_revision_takes_away_is_locked_in_vain(
    shop: Shop, database_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tb.Book.open(database_url, clock=clock) as other:
        other.apply(PROGRAM.replace("    stock: 3\n", ""))
    trips = Trips(monkeypatch)
    outcomes = shop.book.do([claiming(shop, "scarce") for _ in range(5)])
    assert all(isinstance(each, tb.CouponsIssued) for each in outcomes)
    assert trips.started_over == 0


def test_what_time_gives_back_is_not_foreseen_and_comes_back(
    shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.award(10)
    shop.book.do(shop.make(tb.PlaceOrder, item="mug", order_id="o1"))
    clock.forward(days=2)
    trips = Trips(monkeypatch)
    (claimed,) = shop.book.do([claiming(shop, "scarce")])
    assert isinstance(claimed, tb.CouponsIssued)
    assert trips.started_over == 1
    shop.award(5, "m2")
    ordered = shop.book.do(shop.make(tb.PlaceOrder, "m2", item="mug", pieces=5))
    assert ordered.pieces == 5


def test_what_an_order_holds_is_not_foreseen_where_it_is_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.award(10)
    shop.book.do(shop.make(tb.PlaceOrder, item="mug", order_id="o1"))
    trips = Trips(monkeypatch)
    shop.book.do([claiming(shop, "scarce"), shop.make(tb.CancelOrder, order_id="o1", reason="changed")])
    assert trips.locking() == [1]
    assert trips.started_over == 0


def test_in_a_transaction_of_the_caller_nothing_is_foreseen(
    shop: Shop, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(database_url)
    trips = Trips(monkeypatch)
    with engine.begin() as connection:
        shop.book.do([claiming(shop, "scarce")], connection=connection)
    engine.dispose()
    assert trips.locking() == [1]
    assert left(shop, "scarce") == 2
