"""Events of many members and many programs in one batch, on books whose clocks differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import tallybook as tb
from tallybook.earning.story import Fact, Story
from tallybook.growth.acts import Aside

from tests.clocks import SetClock
from tests.slices.earning.filed import drawn
from tests.slices.earning.market import BASE, Market, document, purchase

OpenMarket = Callable[[str], Market]

SPRING: Any = {"spring": {**BASE, "budget": "spring"}}
POINTS_100: Any = {"budgets": {"spring": {"unit": "points", "most": 100}}}
FIRST: Any = {"unit": "stars", "formula": {"kind": "fixed", "units": 1}, "condition": "order.ordinal == 1"}


def elsewhere(market: Market, text: str) -> None:
    """Another program, called fair, with a member of the same name."""
    market.book.apply(text.replace('"market"', '"fair"'))
    market.book.do(tb.Enroll(program="fair", member="m1", request_id="e"))


def of_both(market: Market, event: tb.Event, **changes: Any) -> list[tb.RecordEvent]:
    here = market.telling(event, **changes)
    return [here, msgspec.structs.replace(here, program="fair")]


def undated(event: tb.Event, member: str = "m1") -> tb.RecordEvent:
    return tb.RecordEvent(program="market", member=member, event=event)


def given(outcome: Any) -> int:
    assert isinstance(outcome, tb.EventRecorded), outcome
    return sum(each.amount for each in outcome.rewards)


def taken(outcome: Any) -> int:
    assert isinstance(outcome, tb.EventRecorded), outcome
    return sum(each.amount for each in outcome.taken)


@pytest.mark.parametrize("turn", [1, -1])
def test_programs_do_not_share_budgets(open_market: OpenMarket, turn: int) -> None:
    market = open_market(document(SPRING, **POINTS_100))
    elsewhere(market, document())
    first = market.book.do(of_both(market, purchase("o1", 7000))[::turn])
    second = market.book.do(of_both(market, purchase("o2", 7000))[::turn])
    refunds = market.book.do(of_both(market, tb.Refund(refund_id="f1", order_id="o1"))[::turn])
    assert [list(map(given, each))[::turn] for each in (first, second, refunds)] == [
        [70, 70],
        [30, 70],
        [0, 0],
    ]
    assert (market.balance().available, market.problems()) == (30, [])


def test_budgets_of_one_name_are_each_programs_own(open_market: OpenMarket) -> None:
    market = open_market(document(SPRING, **POINTS_100))
    elsewhere(market, document(SPRING, **POINTS_100))
    assert list(map(given, market.book.do(of_both(market, purchase("o1", 7000))))) == [70, 70]
    assert list(map(given, market.book.do(of_both(market, purchase("o2", 7000))))) == [30, 30]


def test_programs_do_not_share_moments(open_market: OpenMarket, database_url: str) -> None:
    """One program has revisions, and the other one's events were told of a time before them."""
    market = open_market(document(SPRING, **POINTS_100))
    elsewhere(market, document(SPRING, **POINTS_100))
    market.buy("o1", 1000)
    long_ago = market.clock.now
    market.clock.forward(days=5)
    market.book.apply(document({**SPRING, "first": FIRST}, **POINTS_100))
    with tb.Book.open(database_url, clock=market.clock) as fresh:
        refund = market.telling(tb.Refund(refund_id="f1", order_id="o1"))
        late = msgspec.structs.replace(market.telling(purchase("o2", 500), at=long_ago), program="fair")
        outcomes = fresh.do([refund, late])
    assert list(map(given, outcomes)) == [0, 5]
    assert market.balance() == tb.Balance()


def test_a_member_who_is_not_there_is_in_nobodys_way(open_market: OpenMarket) -> None:
    market = open_market(document({**SPRING, "first": FIRST}, **POINTS_100))
    outcomes = market.book.do(
        [
            market.telling(purchase("o1", 500), "m9"),
            msgspec.structs.replace(market.telling(purchase("o1", 500)), program="nowhere"),
            market.telling(tb.Refund(refund_id="f1", order_id="o1"), "m9"),
            market.telling(purchase("o1", 500)),
        ]
    )
    assert [type(each) for each in outcomes] == [
        tb.UnknownMember,
        tb.UnknownProgram,
        tb.UnknownMember,
        tb.EventRecorded,
    ]


def test_who_enrolls_and_buys_in_one_batch_earns(open_market: OpenMarket) -> None:
    market = open_market(document({**SPRING, "first": FIRST}, **POINTS_100))
    who: Any = {"program": "market", "member": "m2"}
    enrolled, *told = market.book.do(
        [
            tb.Enroll(**who, request_id="e"),
            market.telling(purchase("o2", 500), "m2"),
            market.telling(purchase("o1", 300), "m2", market.ago(days=1)),
            market.telling(tb.Refund(refund_id="f1", order_id="o2"), "m2"),
        ]
    )
    assert isinstance(enrolled, tb.Enrolled)
    assert [type(each) for each in told] == [tb.EventRecorded] * 3, told
    assert market.balance(member="m2").available == 3
    assert market.balance("stars", "m2").available == 100
    assert market.problems() == []


def test_events_and_other_commands_of_a_batch_see_each_other(open_market: OpenMarket) -> None:
    market = open_market(document())
    who: Any = {"program": "market", "member": "m1"}
    outcomes = market.book.do(
        [
            market.telling(purchase("o1", 1000)),
            tb.Redeem(**who, request_id="till", unit="points", amount=10),
            tb.Freeze(**who, request_id="freeze", reason="under review"),
            market.telling(purchase("o2", 1000)),
            tb.Unfreeze(**who, request_id="unfreeze", reason="nothing found"),
            market.telling(tb.Refund(refund_id="f1", order_id="o1")),
            market.telling(purchase("o3", 400)),
        ]
    )
    assert [type(each) for each in outcomes if isinstance(each, tb.TallybookError)] == []
    assert market.balance().arrears == 6
    assert market.problems() == []


def test_a_thousand_events_of_one_member_are_one_batch(open_market: OpenMarket) -> None:
    market = open_market(document())
    orders = [market.telling(purchase(f"o{number}", 100)) for number in range(1_000)]
    assert sum(map(given, market.book.do(orders))) == 1_000
    assert market.balance().available == 1_000


# --- clocks ----------------------------------------------------------------------------------------------


def test_a_book_whose_clock_is_behind_goes_by_what_was_applied(
    open_market: OpenMarket, database_url: str
) -> None:
    """What was applied at once is in force for everybody; nobody's event waits until clocks agree."""
    market = open_market(document())
    market.clock.forward(seconds=60)
    market.book.apply(document(SPRING, **POINTS_100))
    market.enroll("m2")
    behind = SetClock(market.clock.now - timedelta(seconds=2))
    with tb.Book.open(database_url, clock=behind) as other:
        for member in ("m1", "m2"):
            command = tb.RecordEvent(program="market", member=member, event=purchase("o1", 1000))
            assert given(other.do(command)) == 10
    assert drawn(database_url) == {"spring": 20}
    market.refund("f1", "o1")
    assert drawn(database_url) == {"spring": 10}
    assert market.problems() == []


def test_an_event_ahead_of_the_clock_is_decided_by_what_is_in_force(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(document(SPRING, **POINTS_100))
    later = market.clock.now + timedelta(hours=6)
    market.book.apply(document({"base": BASE}, **POINTS_100), at=market.clock.now + timedelta(hours=3))
    assert [each.rule for each in market.buy("o1", 1000, at=later).rewards] == ["spring"]
    market.clock.forward(days=1)
    assert [each.rule for each in market.buy("o2", 1000, at=later).rewards] == ["base"]
    market.refund("f1", "o1")
    assert drawn(database_url) == {"spring": 0}
    assert market.problems() == []


def test_a_page_that_is_ahead_takes_what_is_not_dated_along_and_what_is_dated_after_it_is_late(
    open_market: OpenMarket,
) -> None:
    """An order pays its referrer a commission, whose page another clock has recorded ahead of this one."""
    pays = {"unit": "points", "currency": "USD", "per": "1.00", "rates": ["0.50"], "months": 2}
    market = open_market(
        document({"base": BASE, "first": FIRST}, referrals={"return_window_days": 7, "commission": pays})
    )
    market.enroll("m2")
    market.do(tb.BindReferral, "m2", referrer="m1")
    market.clock.forward(seconds=3600)
    market.do(tb.Award, unit="points", amount=1)
    market.clock.forward(seconds=-5)
    dated = market.telling(purchase("o1", 1000), "m2", market.clock.now + timedelta(seconds=1))
    outcomes = market.book.do([undated(purchase("o2", 1000), "m2"), dated])
    assert list(map(given, outcomes)) == [110, 110]
    assert (market.balance("stars", "m2").available, market.balance().available) == (100, 11)
    assert market.problems() == []


# --- events that nobody dated ----------------------------------------------------------------------------


@pytest.fixture
def told_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The events for which a story was told anew."""
    events: list[str] = []
    tell_anew = Story.tell_anew

    def noting(story: Story, facts: Iterable[Fact], new: Fact, asides: Iterable[Aside] = ()) -> None:
        events.append(new.key)
        tell_anew(story, facts, new, asides)

    monkeypatch.setattr(Story, "tell_anew", noting)
    return events


def test_events_that_nobody_dated_follow_each_other_as_they_were_sent(
    open_market: OpenMarket, told_anew: list[str]
) -> None:
    market = open_market(document({"base": BASE, "first": FIRST}))
    orders = [f"o{number * 7 % 20:02}" for number in range(20)]
    outcomes = market.book.do([undated(purchase(order, 100, 100)) for order in orders])
    assert list(map(given, outcomes)) == [102, *[2] * 19]
    parts = [tb.Refund(refund_id=f"f-{each}", order_id=each, amount=100) for each in orders]
    refunds = market.book.do([undated(each) for each in parts])
    assert told_anew == []
    assert list(map(taken, refunds)) == [51, *[1] * 19]
    assert market.problems() == []


def test_what_is_dated_after_it_comes_late_to_what_nobody_dated(
    open_market: OpenMarket, told_anew: list[str]
) -> None:
    market = open_market(document({"base": BASE, "first": FIRST}))
    outcomes = market.book.do(
        [undated(purchase("o2", 100)), undated(purchase("o1", 100)), market.telling(purchase("o3", 100))]
    )
    assert list(map(given, outcomes)) == [101, 1, 1]
    assert told_anew == ["purchase/o3"]
    assert market.problems() == []


def test_what_falls_due_while_events_follow_each_other_is_done(open_market: OpenMarket) -> None:
    """Held points are free again a few ticks later, which the later ones of these events come to."""
    market = open_market(document({"base": BASE, "first": FIRST}))
    market.do(tb.Award, unit="points", amount=50)
    deadline = market.clock.now + timedelta(hours=1)
    market.do(tb.Hold, unit="points", amount=50, seconds=3600)
    market.clock.now = deadline - timedelta(microseconds=3)
    outcomes = market.book.do([undated(purchase(f"o{9 - number}", 100)) for number in range(9)])
    assert list(map(given, outcomes)) == [101, *[1] * 8]
    assert (market.balance().available, market.balance().held) == (59, 0)
    assert market.problems() == []
