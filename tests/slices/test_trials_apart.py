"""What is tried in one list of commands shows in no other that is tried with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.every_command import KINDS, NEEDED, WHO

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  growth: {kind: qualifying}
  USD: {kind: money, scale: 2}
events: {visit: {}}
budgets: {spring: {unit: points, most: 100}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}, budget: spring}
  growing: {unit: growth, formula: {kind: fixed, units: 50}}
  first: {unit: points, formula: {kind: fixed, units: 7}, condition: order.ordinal == 1}
ladders:
  main:
    tiers:
      - {code: plain}
      - {code: gold, any_of: [{units: {growth: 40}}]}
mall:
  mug: {gives: {kind: goods}, price: {kind: units, unit: points, units: 30}, stocked: true}
"""


@pytest.fixture
def book(database_url: str, clock: SetClock) -> Iterator[tb.Book]:
    """Amy and Bob have 50 points each, of which some were held for a while, and one mug is left."""
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(PROGRAM)
        book.do(
            tb.AdjustStock(program="shop", member="item:mug", request_id="s", change=1, reason="delivered")
        )
        for member in ("m1", "m2"):
            book.do(tb.Enroll(program="shop", member=member, request_id="e"))
            book.do(told(tb.Award, member, "a", unit="points", amount=50))
            book.do(told(tb.Hold, member, "h", unit="points", amount=20, seconds=60))
        clock.forward(seconds=3600)
        yield book


def told(kind: type[tb.Command[Any]], member: str, request: str, **fields: Any) -> tb.Command[Any]:
    return kind(program="shop", member=member, request_id=request, **fields)


def bought(member: str, order: str = "o1") -> tb.RecordEvent:
    event = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=8_000),))
    return tb.RecordEvent(program="shop", member=member, event=event)


def other(member: str) -> str:
    return "m2" if member == "m1" else "m1"


def deeds(member: str) -> list[list[tb.Command[Any]]]:
    """What uses up what is there once, or changes what others find."""
    return [
        [told(tb.Redeem, member, "r", unit="points", amount=50)],
        [told(tb.Gift, member, "g", to_member=other(member), unit="points", amount=50)],
        [bought(member), told(tb.PlaceOrder, member, "p", item="mug"), bought(member, "o2")],
        [told(tb.PlaceOrder, member, "p", item="mug")],
        [told(tb.MergeMembers, member, "m", other=other(member)), bought(other(member))],
        [told(tb.Freeze, member, "f", reason="x"), bought(member)],
        [told(tb.EraseMember, member, "x")],
        [told(tb.Enroll, "m3", f"e/{member}"), told(tb.Award, "m3", "a", unit="points", amount=1)],
    ]


def alone(book: tb.Book, trials: list[list[tb.Command[Any]]]) -> list[list[str]]:
    """What each comes to by itself, as text: errors are equal to nothing but themselves."""
    return [list(map(repr, book.simulate(commands))) for commands in trials]


def apart(book: tb.Book, trials: list[list[tb.Command[Any]]]) -> list[list[str]]:
    return [list(map(repr, outcomes)) for outcomes in book.simulate_apart(trials)]


def test_each_list_comes_to_what_it_comes_to_alone(book: tb.Book) -> None:
    trials = [commands for member in ("m1", "m2") for commands in deeds(member)]
    expected = alone(book, trials)
    tried = book.simulate_apart(trials)
    assert sum(isinstance(outcome, tb.Reply) for outcomes in tried for outcome in outcomes) > 20
    assert apart(book, trials) == expected
    assert apart(book, trials[::-1]) == expected[::-1]
    for first, second in permutations(range(len(trials)), 2):
        three = apart(book, [trials[first], trials[second], trials[first]])
        assert three == [expected[first], expected[second], expected[first]]


def test_nothing_is_written(book: tb.Book) -> None:
    before = book.ask(tb.Statement(program="shop", member="m1"))
    book.simulate_apart(deeds("m1"))
    assert book.ask(tb.Statement(program="shop", member="m1")) == before


def test_every_kind_of_command_can_be_tried_with_all_others(book: tb.Book) -> None:
    trials = [[kind(**{**WHO, "request_id": f"r/{kind.kind()}"} | NEEDED[kind])] for kind in KINDS]
    assert apart(book, trials) == alone(book, trials)


def test_nothing_is_tried_where_there_are_no_lists(book: tb.Book) -> None:
    assert book.simulate_apart([]) == []
    assert book.simulate_apart([[], []]) == [[], []]
