"""Commands of one batch come to what they come to one by one, whatever tiers have fall due between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import tallybook as tb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.tiers.test_revisions import START

PROGRAM = """
program: shop
timezone: UTC
units: {points: {kind: redeemable}, growth: {kind: qualifying}}
events: {visit: {}}
rules:
  base: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  earned: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
ladders:
  status:
    main: true
    tiers:
      - code: silver
        any_of: [{units: {growth: 10}}]
        rewards: [{kind: units, unit: points, units: 50}]
      - code: gold
        any_of: [{units: {growth: 30}}]
        benefits:
          multipliers: [{unit: points, times: 2}]
          grants: [{every: week, rewards: [{kind: units, unit: points, units: 5}]}]
"""
amounts = st.integers(1, 20)
ago = st.one_of(st.none(), st.integers(0, 30))
deeds = st.one_of(
    st.tuples(st.just("award"), amounts, st.none()),
    st.tuples(st.just("redeem"), amounts, st.none()),
    st.tuples(st.just("gift"), amounts, st.none()),
    st.tuples(st.just("hold"), amounts, st.none()),
    st.tuples(st.just("set back"), amounts, st.none()),
    st.tuples(st.just("order"), amounts, ago),
    st.tuples(st.just("visit"), amounts, ago),
)


def command(member: str, number: int, deed: tuple[str, int, int | None], clock: SetClock) -> Any:
    """What a member does, so many days ago or now."""
    what, amount, days = deed
    by: dict[str, Any] = {"program": "shop", "member": member}
    at = None if days is None else clock.now - timedelta(days=days, minutes=number)
    match what:
        case "award":
            return tb.Award(**by, request_id=f"r{number}", unit="growth", amount=amount)
        case "set back":
            return tb.Adjust(**by, request_id=f"r{number}", unit="growth", amount=-amount, reason="a mistake")
        case "hold":
            return tb.Hold(
                **by, request_id=f"r{number}", unit="points", amount=1, hold_id=f"h{number}", seconds=7200
            )
        case "redeem":
            return tb.Redeem(**by, request_id=f"r{number}", unit="points", amount=amount)
        case "gift":
            other = f"{member}-friend"
            return tb.Gift(**by, request_id=f"r{number}", unit="points", amount=amount, to_member=other)
        case "order":
            event: tb.Event = tb.Purchase(
                order_id=f"o{number:02}", currency="USD", lines=(tb.Line(amount=100 * amount),)
            )
        case _:
            event = tb.Custom(name="visit", event_id=f"v{number:02}")
    return tb.RecordEvent(**by, event=event, occurred_at=at)


@settings(max_examples=60 * TIMES_LONGER)
@given(st.lists(st.lists(deeds, min_size=1, max_size=5), min_size=1, max_size=4))
def test_a_batch_comes_to_what_its_commands_come_to_one_by_one(
    batches: Sequence[Sequence[tuple[str, int, int | None]]],
) -> None:
    clock, number = SetClock(START), 0
    with tb.Book.open("sqlite://", clock=clock) as book:
        book.apply(PROGRAM)
        for member in ("one", "many", "one-friend", "many-friend"):
            book.do(tb.Enroll(program="shop", member=member, request_id="e"))
        clock.forward(days=40)
        for batch in batches:
            clock.forward(seconds=3600)
            deeds_now = list(enumerate(batch, number))
            number += len(batch)
            together = book.do([command("many", *each, clock) for each in deeds_now])
            singly = [book.do([command("one", *each, clock)])[0] for each in deeds_now]
            assert [type(each) for each in together] == [type(each) for each in singly]
        clock.forward(seconds=60)
        while book.sweep():
            pass
        check_alike(book)
        clock.forward(seconds=7200)
        while book.sweep():
            pass
        check_alike(book)


def check_alike(book: tb.Book) -> None:
    """What was done together came to what was done one by one, and the book is sound."""
    for one, many in (("one", "many"), ("one-friend", "many-friend")):
        told = [
            (
                book.ask(tb.GetTiers(program="shop", member=each)).ladders,
                book.ask(tb.Balances(program="shop", member=each)).units,
            )
            for each in (one, many)
        ]
        assert told[0] == told[1]
    assert [each.disagreement for each in book.verify("shop") if each.disagreement] == []


def test_a_batch_that_has_a_tier_fall_due_forgets_nothing_else_that_waits(database_url: str) -> None:
    clock = SetClock(START)
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(PROGRAM)
        by: dict[str, Any] = {"program": "shop", "member": "ada"}
        book.do(tb.Enroll(**by, request_id="e"))
        book.do(tb.Award(**by, request_id="grown", unit="growth", amount=20))
        book.do(tb.Award(**by, request_id="given", unit="points", amount=100))
        book.do(tb.Hold(**by, request_id="held", unit="points", amount=100, hold_id="h", seconds=600))
        mistake = tb.Adjust(**by, request_id="mistake", unit="growth", amount=-15, reason="a mistake")
        book.do([mistake, tb.Award(**by, request_id="more", unit="points", amount=1)])
        assert [each.disagreement for each in book.verify("shop")] == [None]
        clock.forward(seconds=601)
        assert book.sweep() == 1
        balance = book.ask(tb.Balances(program="shop", member="ada")).of("points")
        assert (balance.available, balance.held) == (151, 0)
        assert [each.disagreement for each in book.verify("shop")] == [None]
