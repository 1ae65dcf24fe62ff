"""Events that come in late are decided in their place, those behind them anew, and the difference moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import START
from tests.slices.earning.filed import filed, resident
from tests.slices.earning.market import BASE, Market, document, purchase

OpenMarket = Callable[[str], Market]

MONTHLY: Any = {"caps": {"points": [{"period": "month", "most": 100}]}}
FIRST: Any = {
    "unit": "stars",
    "formula": {"kind": "fixed", "units": 1},
    "condition": "order.ordinal == 1",
}
SOON: Any = {
    "unit": "points",
    "formula": {"kind": "fixed", "units": 7},
    "condition": "order.days_since_last == 2",
}
VISITING: Any = {"event": "visit", "unit": "points", "formula": {"kind": "fixed", "units": 7}}
NOW = START.replace(day=20)


def day(number: int) -> datetime:
    return START.replace(day=number)


@pytest.fixture
def market(open_market: OpenMarket) -> Market:
    """On the 20th, with at most a hundred points a month, and a star for the first order."""
    market = open_market(document({"base": BASE, "first": FIRST}, **MONTHLY))
    market.clock.now = NOW
    return market


def amounts(rewards: Sequence[tb.Reward]) -> dict[str, int]:
    return {each.rule: each.amount for each in rewards}


def as_in_order(market: Market, url: str, events: Sequence[tuple[tb.Event, datetime]]) -> None:
    """m1 stands where m2 does, who has told the same in order."""
    market.enroll("m2")
    for event, at in sorted(events, key=lambda each: each[1]):
        market.told(event, "m2", at)
    for unit in ("points", "stars"):
        assert market.lots(unit) == market.lots(unit, "m2")
    assert resident(url) == resident(url, "m2")


# --- what comes to something else ------------------------------------------------------------------------


def test_those_behind_a_late_event_are_revalued_and_the_difference_moves(market: Market) -> None:
    market.buy("o2", 8000, at=day(5))
    market.buy("o3", 1000, at=day(6))
    late = market.buy("o1", 6000, at=day(2))
    assert amounts(late.rewards) == {"base": 60, "first": 100}
    assert [(each.event, amounts(each.rewards)) for each in late.revalued] == [
        ("purchase/o2", {"base": 40}),
        ("purchase/o3", {}),
    ]
    assert late.moved == (
        tb.Moved(unit="points", given=60, taken=50),
        tb.Moved(unit="stars", given=100, taken=100),
    )
    assert late.balances == {"points": tb.Balance(available=100), "stars": tb.Balance(available=100)}
    assert market.balance() == late.balances["points"]
    assert market.problems() == []


def test_what_it_comes_to_now_is_noted_and_a_later_refund_takes_exactly_that(
    market: Market, database_url: str
) -> None:
    market.buy("o2", 8000, at=day(5))
    assert filed(database_url, "event") == {}, "its entry says all there is"
    late = market.buy("o1", 6000, at=day(2))
    (revalued,) = late.revalued
    noted = filed(database_url, "event")["purchase/o2"]
    assert [(each["rule"], each["amount"]) for each in noted["rewards"]] == [("base", 40)]
    assert list(filed(database_url, "event")) == ["purchase/o2"]
    refund = market.refund("f1", "o2")
    assert {each.rule: each.amount for each in refund.taken} == amounts(revalued.rewards)
    assert refund.moved == (tb.Moved(unit="points", taken=40),)
    assert market.balance().available == 60
    assert market.problems() == []


def test_one_that_was_refunded_in_part_is_revalued_with_what_was_taken(
    market: Market, database_url: str
) -> None:
    events: list[tuple[tb.Event, datetime]] = [
        (purchase("o2", 8000), day(5)),
        (tb.Refund(refund_id="f2", order_id="o2", amount=4000), day(7)),
        (purchase("o3", 4500), day(9)),
        (purchase("o1", 6000), day(2)),
        (tb.Refund(refund_id="f3", order_id="o2"), day(8)),
    ]
    replies = [market.told(event, at=at) for event, at in events]
    assert [each.event for each in replies[-1].revalued] == ["purchase/o3"]
    as_in_order(market, database_url, events)
    assert market.problems() == []


def test_a_refund_gives_room_to_those_behind_it_in_time(market: Market) -> None:
    market.buy("o1", 9000, at=day(2))
    market.buy("o2", 5000, at=day(5))
    back = market.refund("f1", "o1", at=day(3))
    assert [(each.event, amounts(each.rewards)) for each in back.revalued] == [
        ("purchase/o2", {"base": 50, "first": 100})
    ]
    assert back.moved == (
        tb.Moved(unit="points", given=40, taken=90),
        tb.Moved(unit="stars", given=100, taken=100),
    )
    assert market.balance().available == 50


def test_events_of_one_moment_are_decided_by_their_keys(market: Market, database_url: str) -> None:
    events = [(purchase(order, 7000), day(5)) for order in ("o3", "o1", "o2")]
    for event, at in events:
        market.told(event, at=at)
    market.enroll("m2")
    for event, at in reversed(events):
        market.told(event, "m2", at)
    assert amounts(market.told(purchase("o0", 7000), at=day(5)).rewards) == {"base": 70, "first": 100}
    market.told(purchase("o0", 7000), "m2", day(5))
    assert resident(database_url) == resident(database_url, "m2")
    assert market.refund("f", "o1").taken == market.refund("f", "o1", member="m2").taken


def test_days_since_the_last_order_are_counted_in_time(open_market: OpenMarket, database_url: str) -> None:
    market = open_market(document({"base": BASE, "soon": SOON}))
    market.clock.now = NOW
    events: list[tuple[tb.Event, datetime]] = [
        (purchase("o1", 100), day(1)),
        (purchase("o3", 100), day(5)),
        (purchase("o2", 100), day(3)),
        (tb.Refund(refund_id="f1", order_id="o1"), day(2)),
    ]
    replies = [market.told(event, at=at) for event, at in events]
    assert amounts(replies[2].rewards) == {"base": 1, "soon": 7}
    assert [amounts(each.rewards) for each in replies[2].revalued] == [{"base": 1, "soon": 7}]
    assert [(each.event, amounts(each.rewards)) for each in replies[3].revalued] == [
        ("purchase/o2", {"base": 1})
    ]
    as_in_order(market, database_url, events)


def test_the_last_order_that_is_given_back_was_not_the_last(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(document({"base": BASE, "soon": SOON}))
    market.clock.now = NOW
    market.buy("o1", 100, at=day(1))
    market.buy("o2", 100, at=day(2))
    market.refund("f1", "o2", at=day(2) + timedelta(hours=1))
    assert amounts(market.buy("o3", 100, at=day(3)).rewards) == {"base": 1, "soon": 7}


# --- what does not ---------------------------------------------------------------------------------------


def test_a_late_event_that_changes_nothing_behind_it_revalues_nothing(
    market: Market, database_url: str
) -> None:
    market.buy("o1", 100, at=day(2))
    market.buy("o3", 100, at=day(5))
    late = market.buy("o2", 100, at=day(4))
    assert late.revalued == ()
    assert late.moved == (tb.Moved(unit="points", given=1),)
    assert filed(database_url, "event") == {}


def test_a_program_that_remembers_nothing_revalues_nothing(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(document({"base": BASE, "visiting": VISITING}, events={"visit": {}}))
    market.clock.now = NOW
    market.buy("o2", 8000, at=day(5))
    late = market.buy("o1", 6000, at=day(2))
    assert (late.moved, late.revalued) == ((tb.Moved(unit="points", given=60),), ())
    assert market.told(tb.Custom(name="visit", event_id="v1"), at=day(3)).moved[0].given == 7
    assert filed(database_url, "event") == {}
    stands = resident(database_url)
    assert (stands["last_key"], stands["state"]["orders"]) == ("purchase/o2", 2)
    assert stands["state"]["last_purchase_at"] == stands["last_at"] == "2026-01-05T12:00:00Z"


# --- what became of the points meanwhile -----------------------------------------------------------------

SPENT = {
    "only_pending": (tb.Moved(unit="points", given=60, forgiven=60), 70),
    "within_balance": (tb.Moved(unit="points", given=60, taken=60), 10),
    "arrears": (tb.Moved(unit="points", given=60, taken=60), 10),
}


@pytest.mark.parametrize("policy", SPENT)
def test_what_an_event_came_to_less_is_taken_as_a_refund_would(open_market: OpenMarket, policy: str) -> None:
    refunds = {"shortfall": policy, "lapsed": {"kind": "keep_expired"}}
    market = open_market(document(refunds=refunds, **MONTHLY))
    market.clock.now = NOW
    market.buy("o2", 10000, at=day(5))
    market.do(tb.Redeem, unit="points", amount=90)
    moved, left = SPENT[policy]
    assert market.buy("o1", 6000, at=day(2)).moved == (moved,)
    assert market.balance() == tb.Balance(available=left)
    assert market.problems() == []


def test_a_late_event_vests_and_lapses_by_its_own_day(open_market: OpenMarket) -> None:
    units = {
        "points": {
            "kind": "redeemable",
            "vesting": {"kind": "after_days", "days": 5},
            "expiry": {"kind": "after_days", "days": 15},
        }
    }
    market = open_market(document(units=units))
    market.clock.now = NOW
    assert market.buy("o1", 1000, at=day(18)).balances["points"] == tb.Balance(pending=10)
    assert market.buy("o2", 1100, at=day(12)).balances["points"] == tb.Balance(available=11, pending=10)
    late = market.buy("o3", 1200, at=day(2))
    assert late.moved == (tb.Moved(unit="points", given=12),)
    assert late.balances["points"] == tb.Balance(available=11, pending=10), "they lapsed on the 17th"
    assert market.refund("f3", "o3").moved == (tb.Moved(unit="points", taken=12),)
    assert market.refund("f2", "o2").balances["points"] == tb.Balance(pending=10)
    assert market.refund("f1", "o1").balances["points"] == tb.Balance()
    assert market.problems() == []


def test_pending_points_of_a_revalued_order_are_cancelled(open_market: OpenMarket) -> None:
    slow = {**BASE, "vesting": {"kind": "after_days", "days": 14}}
    market = open_market(document({"base": slow}, **MONTHLY))
    market.clock.now = NOW
    market.buy("o2", 8000, at=day(19))
    late = market.buy("o1", 6000, at=day(18))
    assert late.moved == (tb.Moved(unit="points", given=60, pending=60, taken=40),)
    assert market.balance() == tb.Balance(pending=100)
    assert {each.vests_on: each.amount for each in market.lots()} == {
        (day(18) + timedelta(days=14)).date(): 60,
        (day(19) + timedelta(days=14)).date(): 40,
    }


# --- revisions -------------------------------------------------------------------------------------------


def rate(units: int) -> Any:
    return {**BASE, "formula": {**BASE["formula"], "units": units}}


def test_an_event_is_decided_by_the_program_of_its_time(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.clock.now = day(10)
    market.book.apply(document({"base": rate(2)}))
    market.clock.now = NOW
    assert market.buy("o1", 1000, at=day(9)).moved[0].given == 10
    assert market.buy("o2", 1000, at=day(10)).moved[0].given == 20
    assert market.refund("f1", "o1", at=day(15)).moved[0].taken == 10
    assert market.refund("f2", "o2", at=day(9)).moved[0].taken == 20
    assert market.problems() == []


def test_an_event_is_declared_or_not_by_the_program_of_its_time(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.clock.now = day(10)
    market.book.apply(document({"base": BASE, "visiting": VISITING}, events={"visit": {}}))
    market.clock.now = NOW
    visits = [tb.Custom(name="visit", event_id=each) for each in ("v1", "v2")]
    with pytest.raises(tb.UnknownEventType) as refused:
        market.told(visits[0], at=day(9))
    assert refused.value.revision == 1
    assert market.told(visits[1], at=day(11)).moved[0].given == 7


REVISIONS: dict[str, tuple[Any, ...]] = {
    "a cap that is gone": (document(**MONTHLY), document()),
    "a cap that is new": (document(), document(**MONTHLY)),
    "a cap that was there for a while": (document(), document(**MONTHLY), document()),
    "first orders that no longer count": (document({"base": BASE, "first": FIRST}), document()),
    "first orders that count by now": (document(), document({"base": BASE, "first": FIRST})),
    "days that count by now": (document(), document({"base": BASE, "soon": SOON})),
    "days that counted for a while": (document(), document({"base": BASE, "soon": SOON}), document()),
}
STORY: list[tuple[tb.Event, datetime]] = [
    (purchase("o2", 7000), day(9)),
    (purchase("o3", 5000), day(11)),
    (purchase("o5", 5500), day(17)),
    (purchase("o1", 6000), day(3)),
    (tb.Refund(refund_id="f1", order_id="o3"), day(12)),
    (purchase("o4", 2000), day(14)),
]


@pytest.mark.parametrize("what", REVISIONS)
@pytest.mark.parametrize("turn", range(len(STORY)))
def test_late_events_come_to_the_same_under_whichever_revision_they_come_in(
    open_market: OpenMarket, database_url: str, what: str, turn: int
) -> None:
    """Told when the last revision is in force, beginning with any of the events."""
    revisions = REVISIONS[what]
    market = open_market(revisions[0])
    for number, revision in enumerate(revisions[1:], 1):
        market.clock.now = day(4 + 6 * number)
        market.book.apply(revision)
    market.clock.now = NOW
    for event, at in (*STORY[turn:], *STORY[:turn]):
        market.told(event, at=at)
    as_in_order(market, database_url, STORY)
    assert market.problems() == []


@pytest.mark.parametrize("what", REVISIONS)
def test_late_events_come_to_the_same_when_others_came_in_before_the_revision(
    open_market: OpenMarket, database_url: str, what: str
) -> None:
    """m1 tells in time, but for the first order; m2 tells everything in order afterwards."""
    revisions = dict(zip((1, 10, 16), REVISIONS[what], strict=False))
    market = open_market(revisions[1])
    in_time = {at.day: event for event, at in STORY if at.day != 3}
    for number in range(2, 20):
        market.clock.now = day(number)
        if number in revisions:
            market.book.apply(revisions[number])
        if number in in_time:
            market.told(in_time[number], at=day(number))
    market.clock.now = NOW
    market.told(STORY[3][0], at=STORY[3][1])
    as_in_order(market, database_url, STORY)
    assert market.problems() == []


def test_the_first_program_that_looks_back_sees_what_was_before_it(
    open_market: OpenMarket, database_url: str
) -> None:
    """Nobody looked at which order stood last, until a rule asked for the days since."""
    market = open_market(document())
    events: dict[int, tb.Event] = {
        1: purchase("o1", 100),
        4: purchase("o2", 100),
        5: tb.Refund(refund_id="f1", order_id="o2"),
    }
    for number, event in events.items():
        market.clock.now = day(number)
        market.told(event)
    market.clock.now = day(6)
    market.book.apply(document({"base": BASE, "soon": {**SOON, "condition": "order.days_since_last == 5"}}))
    assert amounts(market.buy("o3", 100).rewards) == {"base": 1, "soon": 7}
    assert resident(database_url)["state"]["last_purchase_at"] == "2026-01-06T12:00:00Z"
    assert market.problems() == []


def test_an_event_ahead_of_the_clock_can_be_refunded_whatever_program_comes(open_market: OpenMarket) -> None:
    """A shop's clock goes before; until its moment has come the rules become others."""
    spring: Any = {"budget": "spring"}
    budgets = {"budgets": {"spring": {"unit": "points", "most": 50}}}
    market = open_market(document({"base": {**BASE, **spring}}, **budgets))
    reply = market.buy("o1", 1000, at=market.clock.now + timedelta(hours=12))
    market.clock.forward(seconds=3600)
    market.book.apply(document({"other": {**rate(2), **spring}}, **budgets))
    market.clock.forward(days=2)
    refund = market.refund("f1", "o1")
    assert [(each.rule, each.amount) for each in refund.taken] == [("base", 10)]
    assert market.balance() == tb.Balance()
    explained = market.explain(reply.entry)
    assert [each.revision for each in explained.decisions] == [1]
    assert market.problems() == []
