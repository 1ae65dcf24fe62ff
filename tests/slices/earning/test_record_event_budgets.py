"""Budgets: what all members together get, to the last point, and what refunds give back of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine, text
from tallybook.db.database import Session

from bench.statements import messages_sent, statements_in, traced_connections
from tests.clocks import START, SetClock
from tests.slices.earning.filed import drawn, filed
from tests.slices.earning.market import BASE, Market, document, purchase

OpenMarket = Callable[[str], Market]

SPRING: Any = {**BASE, "budget": "spring"}
POINTS_100: Any = {"budgets": {"spring": {"unit": "points", "most": 100}}}
CENTS_100: Any = {
    "budgets": {
        "spring": {"unit": "points", "currency": "USD", "most": "1.00", "cost": {"units": 3, "money": "0.02"}}
    }
}
"""A hundred cents; three points cost two of them."""
FIRST: Any = {"unit": "stars", "formula": {"kind": "fixed", "units": 1}, "condition": "order.ordinal == 1"}
"""So that late events and refunds have the story told anew."""
VISITING: Any = {"event": "visit", "unit": "points", "formula": {"kind": "fixed", "units": 3}}


@pytest.fixture
def market(open_market: OpenMarket) -> Market:
    """With a budget of a hundred points, and members m1 to m9."""
    market = open_market(document({"spring": SPRING}, **POINTS_100))
    market.enroll(*(f"m{number}" for number in range(2, 10)))
    return market


def cuts(reply: tb.EventRecorded) -> list[tuple[str, int]]:
    return [(cut.what, cut.by) for reward in reply.rewards for cut in reward.cuts]


# --- to the last point -----------------------------------------------------------------------------------


def test_the_last_points_are_given_once_and_the_cut_says_so(market: Market, database_url: str) -> None:
    assert cuts(market.buy("o1", 7000)) == []
    second = market.buy("o1", 7000, member="m2")
    assert ([each.amount for each in second.rewards], cuts(second)) == ([30], [("budget:spring", 40)])
    third = market.buy("o1", 7000, member="m3")
    assert (third.rewards, third.moved) == ((), ())
    assert third.skipped == (tb.Skipped(rule="spring", why="cut", detail="budget:spring"),)
    assert drawn(database_url) == {"spring": 100}
    assert market.problems() == []


def test_a_batch_of_many_members_gives_no_more_than_there_is(market: Market, database_url: str) -> None:
    orders = [market.telling(purchase("o1", 3000), f"m{number}") for number in range(1, 10)]
    outcomes: list[Any] = market.book.do(orders)
    assert [sum(each.amount for each in outcome.rewards) for outcome in outcomes] == [
        30,
        30,
        30,
        10,
        *[0] * 5,
    ]
    assert drawn(database_url) == {"spring": 100}
    assert market.problems() == []


def test_what_is_only_tried_draws_nothing(market: Market, database_url: str) -> None:
    tried = market.book.simulate([market.telling(purchase("o1", 7000), member) for member in ("m1", "m2")])
    assert [each.moved[0].given for each in tried if isinstance(each, tb.EventRecorded)] == [70, 30]
    assert drawn(database_url) == {"spring": 0}
    assert market.buy("o1", 7000, member="m3").moved[0].given == 70


def test_what_is_refused_draws_nothing(market: Market, database_url: str) -> None:
    orders = [
        market.telling(purchase("o1", 7000, currency="EUR")),
        market.telling(purchase("o2", 7000, tenders=(tb.Tender(kind="points", amount=7000, entry=9),))),
        market.telling(purchase("o3", 7000)),
    ]
    outcomes = market.book.do(orders)
    assert [type(each) for each in outcomes] == [tb.WrongCurrency, tb.UnknownEntry, tb.EventRecorded]
    assert drawn(database_url) == {"spring": 70}


def test_a_budget_of_money_counts_what_points_cost_rounded_up(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(document({"spring": SPRING}, **CENTS_100))
    assert market.buy("o1", 10000).moved[0].given == 100
    assert drawn(database_url) == {"spring": 67}
    last = market.buy("o2", 10000)
    assert (last.moved[0].given, cuts(last)) == (49, [("budget:spring", 51)])
    assert drawn(database_url) == {"spring": 100}
    market.refund("f1", "o1", amount=100)
    assert drawn(database_url) == {"spring": 33 + 66}
    market.refund("f2", "o1")
    assert drawn(database_url) == {"spring": 33}
    assert market.problems() == []


def test_the_books_of_a_budget_balance(market: Market) -> None:
    market.buy("o1", 7000)
    market.refund("f1", "o1", amount=2000)
    sheet = market.book.ask(tb.TrialBalance(program="market"))
    sums = {(each.account, each.fund): each.amount for each in sheet.accounts if "budget" in each.fund}
    assert sums == {("budget", "budget/spring"): -50, ("drawn", "budget/spring"): 50}
    assert sheet.difference("points") == 0


# --- what comes back -------------------------------------------------------------------------------------


def test_a_refund_gives_room_back_for_others(market: Market, database_url: str) -> None:
    market.buy("o1", 10000)
    assert market.buy("o1", 1000, member="m2").moved == ()
    market.refund("f1", "o1", amount=2500)
    assert drawn(database_url) == {"spring": 75}
    assert market.buy("o2", 9000, member="m2").moved[0].given == 25
    market.refund("f2", "o1")
    assert drawn(database_url) == {"spring": 25}
    assert market.problems() == []


def test_a_refund_and_another_members_order_in_one_batch_share_the_room(
    market: Market, database_url: str
) -> None:
    market.buy("o1", 10000)
    refund = tb.Refund(refund_id="f1", order_id="o1", amount=4000)
    outcomes: list[Any] = market.book.do(
        [
            market.telling(purchase("o2", 3000), "m2"),
            market.telling(refund),
            market.telling(purchase("o3", 3000), "m2"),
            market.telling(purchase("o4", 3000), "m3"),
        ]
    )
    assert [sum(each.amount for each in outcome.rewards) for outcome in outcomes] == [0, 0, 30, 10]
    assert drawn(database_url) == {"spring": 100}
    assert market.problems() == []


def test_an_order_that_was_cut_gives_back_only_what_it_got(market: Market, database_url: str) -> None:
    market.buy("o1", 9000)
    market.buy("o1", 4000, member="m2")
    market.refund("f1", "o1", amount=2000, member="m2")
    assert drawn(database_url) == {"spring": 95}
    assert market.balance(member="m2").available == 5
    market.refund("f2", "o1", member="m2")
    assert drawn(database_url) == {"spring": 90}


@pytest.mark.parametrize("parts", [[700], [100, 250, 350], [699, 1], [1] * 7])
def test_parts_give_back_to_the_budget_what_one_refund_does(
    open_market: OpenMarket, database_url: str, parts: list[int]
) -> None:
    market = open_market(document({"spring": SPRING, "first": FIRST}, **CENTS_100))
    market.buy("o1", 1000)
    for number, cents in enumerate(parts):
        market.refund(f"f{number}", "o1", amount=cents)
    left = 1000 - sum(parts)
    assert drawn(database_url) == {"spring": -(-2 * -(-left // 100) // 3)}
    market.refund("f", "o1")
    assert drawn(database_url) == {"spring": 0}
    assert market.problems() == []


# --- what was given stays given --------------------------------------------------------------------------


@pytest.fixture
def remembering(open_market: OpenMarket) -> Market:
    """The same, where late events have others decided anew."""
    market = open_market(document({"spring": SPRING, "first": FIRST}, **POINTS_100))
    market.enroll("m2")
    return market


def test_a_late_event_takes_nothing_from_those_that_came_before_it(
    remembering: Market, database_url: str
) -> None:
    remembering.buy("o2", 8000)
    late = remembering.buy("o1", 6000, at=remembering.ago(days=1))
    assert late.moved[0] == tb.Moved(unit="points", given=20)
    assert [reward.rule for each in late.revalued for reward in each.rewards] == ["spring"]
    assert drawn(database_url) == {"spring": 100}
    assert remembering.balance().available == 100
    assert remembering.problems() == []


@pytest.mark.parametrize("back", [5000, 10000])
def test_what_others_drew_meanwhile_takes_nothing_from_an_order_decided_anew(
    remembering: Market, database_url: str, back: int
) -> None:
    """An order got all there was, a part of it was given back, and somebody else got that."""
    remembering.buy("o2", 10000)
    remembering.refund("f1", "o2", amount=back)
    assert remembering.buy("o1", 10000, member="m2").moved[0].given == back // 100
    before = remembering.balance()
    late = remembering.buy("o1", 100, at=remembering.ago(days=1))
    assert [(each.rule, each.why) for each in late.skipped] == [("spring", "cut")]
    assert remembering.balance() == before
    assert [reward.amount for each in late.revalued for reward in each.rewards] == [100]
    assert drawn(database_url) == {"spring": 100}
    assert remembering.refund("f2", "o2").balances.get("points", tb.Balance()) == tb.Balance()
    assert remembering.problems() == []


@pytest.mark.parametrize("days", [5, 1])
def test_what_is_left_goes_to_the_late_event_whatever_was_given_back(
    remembering: Market, database_url: str, days: int
) -> None:
    """Wherever it stands among the orders of which something was given back."""
    remembering.buy("o2", 6000, at=remembering.ago(days=3))
    remembering.refund("f1", "o2", amount=3000)
    remembering.buy("o1", 5000, member="m2")
    assert drawn(database_url) == {"spring": 80}
    late = remembering.buy("o1", 9000, at=remembering.ago(days=days))
    assert late.moved[0] == tb.Moved(unit="points", given=20)
    assert drawn(database_url) == {"spring": 100}
    behind = remembering.buy("o3", 1000)
    assert [(each.rule, each.why) for each in behind.skipped] == [("spring", "cut")]
    assert remembering.problems() == []


def test_a_budget_that_was_lowered_takes_nothing_back(open_market: OpenMarket, database_url: str) -> None:
    market = open_market(document({"spring": SPRING, "first": FIRST}, **POINTS_100))
    market.buy("o2", 8000)
    market.clock.forward(days=1)
    less = {"budgets": {"spring": {"unit": "points", "most": 50}}}
    market.book.apply(document({"spring": SPRING, "first": FIRST}, **less))
    assert [each.rule for each in market.buy("o3", 1000).rewards] == []
    late = market.buy("o1", 100, at=START.replace(year=2025))
    assert late.moved[0] == tb.Moved(unit="points", given=1)
    assert drawn(database_url) == {"spring": 81}
    assert market.balance().available == 81
    assert market.problems() == []


def test_a_story_that_is_told_anew_keeps_what_it_drew(remembering: Market, database_url: str) -> None:
    remembering.buy("o2", 6000)
    remembering.buy("o3", 6000)
    late = remembering.buy("o1", 1000, at=remembering.ago(days=1))
    assert (late.moved[0].unit, [each.event for each in late.revalued]) == ("stars", ["purchase/o2"])
    noted = filed(database_url, "event")["purchase/o2"]["rewards"]
    assert [(each["rule"], each["amount"]) for each in noted] == [("spring", 60)]
    assert remembering.balance().available == 100
    assert drawn(database_url) == {"spring": 100}


def test_a_refund_that_waits_for_its_order_gives_no_other_order_more(
    remembering: Market, database_url: str
) -> None:
    """What others have given back since is for those who buy, and nobody has bought."""
    remembering.buy("o1", 7000)
    assert cuts(remembering.buy("o1", 7000, member="m2")) == [("budget:spring", 40)]
    remembering.refund("f1", "o1")
    waiting = remembering.refund("f1", "o9", amount=100, member="m2")
    assert (waiting.waiting, waiting.revalued, waiting.moved) == (True, (), ())
    assert drawn(database_url) == {"spring": 30}
    assert remembering.problems() == []


def test_what_a_refund_takes_less_of_than_before_is_not_given_beyond_the_budget(
    open_market: OpenMarket, database_url: str
) -> None:
    """Told anew, the nine points of an order are shared out otherwise, and its refund would take none."""
    budgets = {"spring": {"unit": "points", "most": 40}}
    market = open_market(document({"spring": SPRING, "first": FIRST}, budgets=budgets))
    market.enroll("m2")
    market.buy("o1", 3100)
    assert cuts(market.buy("o1", 2778, 218, 1679, member="m2")) == [("budget:spring", 37)]
    market.refund("f1", "o1", tb.RefundedLine(line_id="2"), member="m2")
    assert drawn(database_url) == {"spring": 39}
    late = market.buy("o0", 1, member="m2", at=market.ago(days=1))
    assert [each.event for each in late.revalued] == ["purchase/o1"]  # which is not the first any more
    assert drawn(database_url) == {"spring": 39}
    assert market.balance(member="m2").available == 8
    assert market.problems() == []


# --- found out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE pool SET drawn = drawn - 1", "pool budget/spring counts 69, the postings say 70"),
        ("UPDATE pool SET drawn = drawn + 1", "pool budget/spring counts 71, the postings say 70"),
        ("DELETE FROM pool", "pool budget/spring counts 0, the postings say 70"),
    ],
)
def test_a_pool_that_was_tampered_with_is_named(
    market: Market, database_url: str, change: str, said: str
) -> None:
    market.buy("o1", 7000)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    assert [(each.member, each.entry, each.problem) for each in market.problems()] == [("", 0, said)]


# --- what it costs ---------------------------------------------------------------------------------------


NOTHING_DRAWN: dict[str, tuple[str, tb.Event]] = {
    "an order without budgets": (document(), purchase("o9", 100)),
    "a refund without budgets": (document(), tb.Refund(refund_id="f1", order_id="o1")),
    "a refund without budgets, told anew": (
        document({"base": BASE, "first": FIRST}),
        tb.Refund(refund_id="f1", order_id="o1"),
    ),
    "a visit beside a budget": (
        document({"spring": SPRING, "visiting": VISITING}, events={"visit": {}}, **POINTS_100),
        tb.Custom(name="visit", event_id="v1"),
    ),
    "an order before the campaign": (
        document({"spring": {**SPRING, "when": {"from": "2026-03-01"}}, "base": BASE}, **POINTS_100),
        purchase("o9", 100),
    ),
    "a refund of an order before the campaign": (
        document({"spring": {**SPRING, "when": {"from": "2026-03-01"}}, "base": BASE}, **POINTS_100),
        tb.Refund(refund_id="f1", order_id="o1"),
    ),
}


@pytest.mark.parametrize("what", NOTHING_DRAWN)
def test_what_draws_on_no_budget_looks_at_no_pool(
    open_market: OpenMarket, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    program, event = NOTHING_DRAWN[what]
    market = open_market(program)
    market.buy("o1", 100)
    asked = tables_asked_for(monkeypatch)
    market.told(event)
    assert "folio" in asked
    assert "pool" not in asked


def test_what_draws_on_a_budget_locks_its_pool_and_no_other(
    open_market: OpenMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    budgets = {name: {"unit": "points", "most": 100} for name in ("spring", "summer")}
    rules = {"spring": SPRING, "summer": {**VISITING, "budget": "summer"}}
    market = open_market(document(rules, events={"visit": {}}, budgets=budgets))
    asked = tables_asked_for(monkeypatch)
    market.buy("o1", 100)
    assert asked["pool"] == [("market", "budget/spring")]


def tables_asked_for(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """The keys that are asked for from now on, by table."""
    asked: dict[str, list[Any]] = {}
    fetch = Session.fetch

    def noting(session: Session, fetches: Any) -> Any:
        for each in fetches:
            if each.keys:
                asked.setdefault(each.lookup.table.name, []).extend(each.keys)
        return fetch(session, fetches)

    monkeypatch.setattr(Session, "fetch", noting)
    return asked


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_a_budget_costs_one_lock_and_one_write(new_database: Callable[[], str], tmp_path: Path) -> None:
    programs = [document(), document({"base": SPRING}, **POINTS_100)]
    without, with_one = (statements_of_an_order(new_database(), tmp_path / "wire", each) for each in programs)
    assert with_one == without + 2


def statements_of_an_order(url: str, trace: Path, program: str) -> int:
    """The statements that an order makes a warm book send."""
    clock = SetClock()
    with traced_connections(trace), tb.Book.open(url, clock=clock) as book:
        market = Market(book, clock, program)
        market.enroll()
        for number in range(6):
            market.buy(f"o{number}", 100)
        before = trace.stat().st_size
        market.buy("o9", 100)
        return statements_in(messages_sent(trace.read_bytes()[before:]))
