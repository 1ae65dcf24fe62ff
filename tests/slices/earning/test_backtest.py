"""A backtest tells what another program would have given, against what happened."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import msgspec
import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks import START, SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.earning.histories import GROWING, PROGRAM, histories
from tests.slices.earning.market import BASE, Market, document

OpenMarket = Callable[[str], Market]

ALWAYS = date(2020, 1, 1), date(2030, 1, 1)
TWICE: Any = {**BASE, "formula": {**BASE["formula"], "units": 2}}


def sums(found: tuple[tb.Compared, ...]) -> list[tuple[str, str, int, int]]:
    return [(each.name, each.unit, each.old, each.new) for each in found]


def test_a_small_case_worked_out_by_hand(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.enroll("m2", "m3")
    market.buy("o1", 1050)  # 10 points; twice 10.50 is 21
    market.buy("o2", 2000, member="m2")  # 20; 40
    market.clock.forward(days=40)
    market.buy("o3", 300, member="m2")  # 3; 6
    market.refund("r1", "o2", amount=500, member="m2")  # a quarter: 5; 10
    market.told(tb.Refund(refund_id="r9", order_id="o9"), member="m3")
    found = market.book.backtest(document({"base": TWICE, "extra": {**BASE, "unit": "stars"}}), *ALWAYS)
    assert (found.program, found.members, found.events) == ("market", 2, 3)
    assert sums(found.totals()) == [("", "points", 28, 57), ("", "stars", 0, 1050 + 1500 + 300)]
    assert sums(found.by("rule")) == [("base", "points", 28, 57), ("extra", "stars", 0, 2850)]
    assert sums(found.by("month")) == [
        ("2026-01", "points", 25, 51),
        ("2026-01", "stars", 0, 2550),
        ("2026-02", "points", 3, 6),
        ("2026-02", "stars", 0, 300),
    ]
    assert sums(found.by("tier")) == sums(found.totals())
    assert sums(found.gained) == [
        ("m2", "points", 18, 36),
        ("m1", "points", 10, 21),
        ("m2", "stars", 0, 1800),
        ("m1", "stars", 0, 1050),
    ]
    assert [found.lost, found.refused, found.failed] == [(), (), ()]


TASKS: Any = {
    "twice": {
        "goal": {"kind": "count", "reach": 2},
        "period": "month",
        "rewards": [{"kind": "units", "unit": "points", "units": 40}],
    }
}
LADDERS: Any = {
    "status": {
        "tiers": [
            {
                "code": "silver",
                "any_of": [{"tasks": ["twice"]}],
                "rewards": [{"kind": "units", "unit": "points", "units": 7}],
                "benefits": {
                    "grants": [
                        {"every": "month", "rewards": [{"kind": "units", "unit": "points", "units": 1}]}
                    ]
                },
            }
        ]
    }
}


def test_what_a_late_order_has_a_task_give_earlier_is_of_the_earlier_month(open_market: OpenMarket) -> None:
    once = document(tasks={"twice": {**TASKS["twice"], "period": "once"}})
    market = open_market(once)
    for days, order in ((20, "o1"), (20, "o2")):
        market.clock.forward(days=days)
        market.buy(order, 100)
    market.buy("o0", 100, at=START + timedelta(days=25))
    explained = market.book.ask(tb.ExplainBalance(program="market", member="m1", unit="points"))
    assert [(part.amount, part.given) for part in explained.parts if part.given] == [
        (41, ("task/twice/0001-01-01",))
    ]
    found = market.book.backtest(once, *ALWAYS)
    assert [(each.month, each.old, each.new) for each in found.cells if each.rule == "task/twice"] == [
        ("2026-01", 40, 40)
    ]


def test_what_tasks_and_tiers_give_is_in_it(open_market: OpenMarket) -> None:
    market = open_market(document(tasks=TASKS))
    market.buy("o1", 1000)
    market.buy("o2", 1000)
    market.clock.forward(days=32)
    market.buy("o3", 1000)
    market.buy("o4", 1000)
    market.refund("r1", "o4", amount=1000)
    dearer = {**TASKS["twice"], "rewards": [{"kind": "units", "unit": "points", "units": 50}]}
    found = market.book.backtest(document(tasks={"twice": dearer}, ladders=LADDERS), *ALWAYS)
    assert sums(found.by("rule")) == [
        ("base", "points", 30, 30),
        ("task/twice", "points", 40, 50),
        ("tier/status/silver", "points", 0, 7 + 2),
    ]
    assert sums(found.by("month")) == [
        ("2026-01", "points", 60, 20 + 50 + 7 + 1),
        ("2026-02", "points", 10, 10 + 1),
    ]
    january = market.book.backtest(document(tasks=TASKS), date(2026, 1, 1), date(2026, 1, 31))
    assert sums(january.by("rule")) == [("base", "points", 20, 20), ("task/twice", "points", 40, 40)]


@pytest.mark.parametrize("stop", ["freeze", "erase"])
@pytest.mark.parametrize("budgets", [{}, {"b": {"unit": "points", "most": 1000}}], ids=["", "by time"])
def test_what_was_withheld_is_not_new(open_market: OpenMarket, stop: str, budgets: Any) -> None:
    """The same program comes to the same; what another tier would give meanwhile is not known."""
    base: Any = {**BASE, "budget": "b"} if budgets else BASE
    same = document({"base": base}, tasks=TASKS, ladders=LADDERS, budgets=budgets)
    market = open_market(same)
    market.enroll("m2")
    for member in ("m1", "m2"):
        market.buy(f"o1{member}", 1000, member=member)
        market.buy(f"o2{member}", 1000, member=member)
    market.clock.forward(days=1)
    frozen = tb.Freeze(program="market", member="m1", request_id="f", scope=tb.Scope.EARN, reason="?")
    erased = tb.EraseMember(program="market", member="m1", request_id="f")
    market.book.do(frozen if stop == "freeze" else erased)
    market.clock.forward(days=61)
    if stop == "freeze":
        market.book.do(tb.Unfreeze(program="market", member="m1", request_id="u", reason="!"))
    market.clock.forward(days=31)
    while market.book.sweep():
        pass
    found = market.book.backtest(same, *ALWAYS)
    assert all(each.old == each.new for each in found.cells)
    months = {each.month: each.new for each in found.cells if each.rule == "tier/status/silver"}
    stopped = 1 if stop == "freeze" else 0
    assert months == {"2026-01": 16, "2026-02": 1, "2026-03": 1, "2026-04": 1 + stopped}


def test_what_came_after_the_period_counts_towards_what_refunds_leave_of_it(
    open_market: OpenMarket,
) -> None:
    market = open_market(document(tasks=TASKS))
    market.buy("o1", 1000)
    market.buy("o2", 1000)
    market.clock.forward(days=4)
    market.buy("o3", 1000)
    market.refund("r1", "o1")
    found = market.book.backtest(document(tasks=TASKS), date(2026, 1, 1), date(2026, 1, 3))
    assert sums(found.by("rule")) == [("base", "points", 10, 10), ("task/twice", "points", 40, 40)]
    assert found.events == 2


def test_it_writes_nothing(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.buy("o1", 1050)
    before = market.book.ask(tb.Statement(program="market", member="m1"))
    market.book.backtest(document({"base": TWICE}), *ALWAYS)
    assert market.book.ask(tb.Statement(program="market", member="m1")) == before
    assert market.book.program("market").revision == 1


def test_days_are_local_and_those_before_are_told_but_do_not_count(open_market: OpenMarket) -> None:
    capped = {**BASE, "caps": [{"period": "life", "most": 15}]}
    market = open_market(document(timezone="Asia/Tokyo"))
    late = datetime(2026, 1, 4, 15, tzinfo=START.tzinfo)  # the 5th begins in Tokyo
    for number, at in enumerate([late - timedelta(seconds=1), late, late + timedelta(days=1)]):
        market.clock.now = max(market.clock.now, at)
        market.buy(f"o{number}", 1000, at=at)
    day = date(2026, 1, 5)
    found = market.book.backtest(document({"base": capped}, timezone="Asia/Tokyo"), day, day)
    assert found.events == 1
    assert sums(found.totals()) == [("", "points", 10, 5)]  # the day before has used up 10 of 15


def test_a_cost_is_told_where_budgets_agree_on_it(open_market: OpenMarket) -> None:
    money = {"unit": "points", "currency": "USD", "most": "500.00", "cost": {"units": 100, "money": "0.50"}}
    market = open_market(document(budgets={"spring": money, "other": {"unit": "points", "most": 5}}))
    market.buy("o1", 90000)
    found = market.book.backtest(
        document({"base": TWICE}, budgets={"spring": money, "other": {"unit": "points", "most": 9}}), *ALWAYS
    )
    points = found.units["points"]
    (total,) = found.totals()
    assert (points.currency, points.cost(total.old), points.cost(total.new)) == ("USD", 450, 900)
    assert found.units["stars"].currency == ""
    dearer = {**money, "cost": {"units": 100, "money": "0.60"}}
    both = market.book.backtest(
        document(budgets={"spring": money, "other": {"unit": "points", "most": 9}, "dear": dearer}), *ALWAYS
    )
    assert both.units["points"].currency == ""


def test_a_budget_serves_all_members_in_the_order_of_time(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.enroll("a1")
    start = market.clock.now - timedelta(days=1)
    market.buy("o1", 3000, member="a1", at=start + timedelta(hours=3))
    market.buy("o2", 3000, at=start + timedelta(hours=2))
    market.refund("r1", "o1", amount=2000, at=start + timedelta(hours=1))  # the budget has room again
    market.buy("o1", 3000, at=start)
    rules = {"base": {**BASE, "budget": "spring"}}
    text = document(rules, budgets={"spring": {"unit": "points", "most": 50}})
    found = market.book.backtest(text, *ALWAYS)
    assert sums(found.totals()) == [("", "points", 70, 50)]
    assert sums(found.lost) == [("a1", "points", 30, 10)]


def test_what_the_program_does_not_take_is_counted(open_market: OpenMarket) -> None:
    market = open_market(document(events={"visit": {}}))
    for number in range(3):
        market.told(tb.Custom(name="visit", event_id=str(number)))
    market.buy("o1", 500)
    market.refund("r1", "o1", amount=100)
    euros = {**BASE, "formula": {**BASE["formula"], "currency": "EUR"}}
    faulty = {**BASE, "condition": "100 / (order.quantity - 1) > 1"}
    found = market.book.backtest(document({"base": euros}), *ALWAYS)
    assert [(each.reason, each.detail, each.events) for each in found.refused] == [
        ("UNKNOWN_EVENT_TYPE", "Program 'market' declares no event 'visit' in revision 2.", 3),
        ("WRONG_CURRENCY", "The program earns on EUR, not on USD.", 1),
    ]
    assert sums(found.totals()) == [("", "points", 4, 0)]
    failed = market.book.backtest(document({"base": faulty}, events={"visit": {}}), *ALWAYS)
    assert [(each.detail, each.events) for each in failed.failed] == [("base", 1)]


def test_a_sample_is_the_same_whenever_it_is_drawn(open_market: OpenMarket) -> None:
    market = open_market(document())
    members = [f"s{number}" for number in range(20)]
    market.enroll(*members)
    for member in members:
        market.buy("o1", 1000, member=member)
    once, again = (market.book.backtest(document({"base": TWICE}), *ALWAYS, members=7) for _ in range(2))
    assert (once.members, sums(once.totals())) == (7, [("", "points", 70, 140)])
    assert once == again
    everybody = market.book.backtest(document({"base": TWICE}), *ALWAYS, members=100)
    assert sums(everybody.totals()) == [("", "points", 200, 400)]


def test_a_sample_is_of_members_who_go_on(open_market: OpenMarket) -> None:
    mug = {"gives": {"kind": "goods"}, "price": {"kind": "free"}, "stocked": True}
    mugs = {f"mug{number}": mug for number in range(20)}
    market = open_market(document(mall=mugs))
    for item in mugs:
        market.do(tb.AdjustStock, f"item:{item}", change=1, reason="delivered")
    members = [f"s{number}" for number in range(9)]
    market.enroll(*members)
    for member in members:
        market.buy(f"o{member}", 1000, member=member)
        market.do(tb.MergeMembers, other=member)
    found = market.book.backtest(document({"base": TWICE}, mall=mugs), *ALWAYS, members=1)
    assert (found.members, sums(found.totals())) == (1, [("", "points", 90, 180)])


def test_only_those_who_gain_or_lose_most_are_named(open_market: OpenMarket) -> None:
    market = open_market(document())
    members = [f"s{number:02}" for number in range(25)]
    market.enroll(*members)
    for number, member in enumerate(members, 1):
        market.buy("o1", 1000 * number, member=member)
    half = {**BASE, "formula": {**BASE["formula"], "per": "2.00"}}
    rules = {
        "more": {**TWICE, "condition": "order.total > 1500"},
        "less": {**half, "condition": "order.total <= 1500"},
    }
    found = market.book.backtest(document(rules), *ALWAYS)
    assert [each.name for each in found.gained] == [f"s{number:02}" for number in range(24, 14, -1)]
    assert sums(found.lost) == [("s00", "points", 10, 5)]


def test_progress_is_told_to_the_end(open_market: OpenMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    market = open_market(document())
    for number in range(7):
        market.buy(f"o{number}", 1000)
    monkeypatch.setattr("tallybook.earning.replaying.EVENTS_A_STEP", 3)
    told: list[tuple[int, int]] = []
    market.book.backtest(document(), *ALWAYS, progress=lambda steps, total: told.append((steps, total)))
    assert told == [(3, 7), (3, 7), (1, 7)]


def test_what_makes_no_sense_is_refused(open_market: OpenMarket) -> None:
    market = open_market(document())
    day = date(2026, 1, 1)
    with pytest.raises(tb.InvalidInput, match="to: must not be before"):
        market.book.backtest(document(), day, day - timedelta(days=1))
    with pytest.raises(tb.InvalidInput, match="members"):
        market.book.backtest(document(), day, day, members=0)
    with pytest.raises(tb.UnknownProgram):
        market.book.backtest(document(program="other"), day, day)
    units = {"points": {"kind": "redeemable", "scale": 3}, "stars": {"kind": "redeemable", "scale": 2}}
    with pytest.raises(tb.ProgramInvalid, match="scale"):
        market.book.backtest(document(units=units), day, day)


def test_a_book_in_use_is_read_as_it_was_at_one_moment(
    open_market: OpenMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = open_market(document())
    for number in range(5):
        market.buy(f"o{number}", 1000)
    numbers = count()
    monkeypatch.setattr("tallybook.earning.replaying.EVENTS_A_STEP", 1)

    def meanwhile(steps: int, total: int) -> None:
        market.buy(f"new{next(numbers)}", 1000)

    assert market.book.backtest(document(), *ALWAYS, progress=meanwhile).events == 5
    assert market.book.backtest(document(), *ALWAYS).events == 5 + next(numbers)


# --- in general ------------------------------------------------------------------------------------------


BUDGETED = (
    PROGRAM.replace("  base: {unit:", "  base: {budget: spring, unit:")
    + """
budgets:
  spring: {unit: points, most: 1000000}
"""
)


def tell(book: tb.Book, member: str, events: list[tb.RecordEvent]) -> None:
    """Tell of a new member's events."""
    book.do(tb.Enroll(program="shop", member=member, request_id="e"))
    for event in events:
        assert isinstance(book.do(msgspec.structs.replace(event, member=member)), tb.EventRecorded)


@pytest.mark.parametrize(
    "text", [PROGRAM, BUDGETED, GROWING], ids=["by member", "in the order of time", "growing"]
)
def test_the_same_program_comes_to_the_same(database_url: str, text: str) -> None:
    """With caps, late events, partial refunds and refunds that wait."""
    numbers = count()
    with tb.Book.open(database_url, clock=SetClock(START + timedelta(days=200))) as book:
        book.apply(text)

        @settings(
            max_examples=10 * TIMES_LONGER,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        )
        @given(data=st.data())
        def comes_to_the_same(data: st.DataObject) -> None:
            for _ in range(2):
                tell(book, f"m{next(numbers)}", data.draw(st.permutations(data.draw(histories()))))
            while book.sweep():
                pass
            found = book.backtest(text, *ALWAYS)
            assert [found.gained, found.lost, found.refused] == [(), (), ()]
            assert [cell for cell in found.cells if cell.old != cell.new] == []
            assert found.events

        comes_to_the_same()


@settings(
    max_examples=30 * TIMES_LONGER, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(data=st.data())
def test_what_was_given_is_what_members_have(data: st.DataObject) -> None:
    """The old side comes to the balances, where nothing else has happened."""
    with tb.Book.open("sqlite://", clock=SetClock(START + timedelta(days=200))) as book:
        book.apply(PROGRAM)
        tell(book, "m", data.draw(st.permutations(data.draw(histories()))))
        given_then = {each.unit: each.old for each in book.backtest(PROGRAM, *ALWAYS).totals()}
        sheet = book.ask(tb.Balances(program="shop", member="m"))
        for unit in ("points", "growth"):
            balance = sheet.of(unit)
            assert balance.available + balance.pending - balance.arrears == given_then.get(unit, 0)


@settings(max_examples=30 * TIMES_LONGER, suppress_health_check=[HealthCheck.too_slow])
@given(orders=st.lists(st.lists(st.integers(1, 5000), min_size=1, max_size=3), max_size=6))
def test_a_doubled_rate_doubles(orders: list[list[int]]) -> None:
    cents = {**BASE, "formula": {**BASE["formula"], "per": "0.01"}}
    with tb.Book.open("sqlite://", clock=SetClock()) as book:
        market = Market(book, SetClock(), document({"base": cents}))
        market.enroll()
        for number, lines in enumerate(orders):
            market.buy(f"o{number}", *lines)
        doubled = {**cents, "formula": {**cents["formula"], "units": 2}}
        for cell in book.backtest(document({"base": doubled}), *ALWAYS).cells:
            assert cell.new == 2 * cell.old == 2 * sum(map(sum, orders))
