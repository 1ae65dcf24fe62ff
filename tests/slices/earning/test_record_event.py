"""RecordEvent: each event counts once, is tried without a trace, and is told with what it came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from typing import Any

import msgspec
import pytest
import tallybook as tb
from sqlalchemy import Engine, create_engine

from tests.slices.earning.market import BASE, Market, document, purchase
from tests.slices.test_bad_input import rows

OpenMarket = Callable[[str], Market]

VISITING: Any = {"event": "visit", "unit": "points", "formula": {"kind": "fixed", "units": 3}}
PROGRAM = document(
    {
        "base": BASE,
        "first": {
            "unit": "stars",
            "formula": {"kind": "fixed", "units": 1},
            "condition": "order.ordinal == 1",
        },
        "visiting": VISITING,
    },
    events={"visit": {"attributes": {"store": "text", "minutes": "number"}}},
)
VISIT = tb.Custom(name="visit", event_id="v1", attributes={"store": "north", "minutes": 5})


def _first_order(market: Market) -> tb.Event:
    return purchase("o1", 1200, 300)


def _refund(market: Market) -> tb.Event:
    market.buy("o1", 1200, 300)
    return tb.Refund(refund_id="f1", order_id="o1", lines=(tb.RefundedLine(line_id="2"),))


def _waiting_refund(market: Market) -> tb.Event:
    return tb.Refund(refund_id="f1", order_id="o1")


def _awaited_order(market: Market) -> tb.Event:
    market.refund("f1", "o1", tb.RefundedLine(line_id="2"))
    return purchase("o1", 1200, 300)


def _late_order(market: Market) -> tb.Event:
    market.buy("o2", 700, at=market.clock.now + timedelta(hours=2))
    return purchase("o1", 1200)


def _refund_of_points(market: Market) -> tb.Event:
    market.buy("o0", 2000)
    spent = market.do(tb.Redeem, unit="points", amount=15).entry
    paid = (tb.Tender(kind="points", amount=500, entry=spent), tb.Tender(kind="card", amount=700))
    market.buy("o1", 1200, tenders=paid)
    return tb.Refund(refund_id="f1", order_id="o1")


def _visit(market: Market) -> tb.Event:
    return VISIT


EVENTS: dict[str, Callable[[Market], tb.Event]] = {
    "an order": _first_order,
    "a refund": _refund,
    "a refund that waits": _waiting_refund,
    "an order that a refund waits for": _awaited_order,
    "a late order": _late_order,
    "a refund of points": _refund_of_points,
    "a visit": _visit,
}


@pytest.fixture(params=EVENTS)
def told_of(request: pytest.FixtureRequest, open_market: OpenMarket) -> tuple[Market, tb.RecordEvent]:
    """A market, and an event that nobody has told it of."""
    market = open_market(PROGRAM)
    return market, market.telling(EVENTS[request.param](market))


# --- once ------------------------------------------------------------------------------------------------


def test_the_same_event_again_is_answered_as_before_and_changes_nothing(
    told_of: tuple[Market, tb.RecordEvent], database_url: str
) -> None:
    market, command = told_of
    first, second = market.book.do([command, command])
    assert isinstance(first, tb.EventRecorded)
    assert not first.replayed
    assert second == msgspec.structs.replace(first, replayed=True)
    before = rows(database_url)
    assert market.book.do(command) == second
    assert rows(database_url) == before
    assert market.problems() == []


def test_another_body_under_the_same_id_is_an_error(
    told_of: tuple[Market, tb.RecordEvent], database_url: str
) -> None:
    market, command = told_of
    others = [
        msgspec.structs.replace(command, occurred_at=market.clock.now - timedelta(seconds=1)),
        msgspec.structs.replace(command, event=msgspec.structs.replace(command.event, store="12")),
    ]
    first, *refused = market.book.do([command, *others])
    assert isinstance(first, tb.EventRecorded)
    assert [type(each) for each in refused] == [tb.RequestIdReused] * 2
    before = rows(database_url)
    with pytest.raises(tb.RequestIdReused) as error:
        market.book.do(others[1])
    assert error.value.request_id == command.request_id
    assert rows(database_url) == before


def test_one_moment_told_in_two_time_zones_is_one(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    command = market.telling(VISIT)
    market.book.do(command)
    moment = market.clock.now.astimezone(timezone(timedelta(hours=9)))
    assert market.book.do(market.telling(VISIT, at=moment)).replayed


def test_an_event_belongs_to_its_member_alone(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    market.enroll("m2")
    replies = [market.told(VISIT, member) for member in ("m1", "m2")]
    assert [(each.replayed, each.moved[0].given) for each in replies] == [(False, 3), (False, 3)]


def test_an_events_id_is_its_request_id(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    reply = market.told(VISIT)
    entry = market.book.ask(tb.GetEntry(program="market", member="m1", entry=reply.entry))
    assert reply.event == entry.request_id == "event/visit/v1"
    with pytest.raises(tb.InvalidInput) as refused:
        tb.RecordEvent(program="market", member="m1", event=VISIT, request_id="r1")
    assert refused.value.field == "request_id"


# --- tried -----------------------------------------------------------------------------------------------


def test_what_is_only_tried_is_answered_alike_and_leaves_nothing(
    told_of: tuple[Market, tb.RecordEvent], database_url: str
) -> None:
    market, command = told_of
    before = rows(database_url)
    tried = market.book.simulate(command)
    assert rows(database_url) == before
    assert market.book.do(command) == tried


def test_a_cart_is_tried_as_often_as_it_changes(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    carts = [market.telling(purchase("o1", cents)) for cents in (1200, 1500)]
    assert [market.book.simulate(cart).moved[0].given for cart in carts] == [12, 15]
    assert market.book.do(carts[1]).moved[0].given == 15


# --- what an event comes to ------------------------------------------------------------------------------


def test_a_reply_tells_rewards_and_what_they_moved(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    reply = market.buy("o1", 1200, 300)
    assert [(each.rule, each.unit, each.amount, each.shares) for each in reply.rewards] == [
        ("base", "points", 15, {"1": 12, "2": 3}),
        ("first", "stars", 100, {"1": 80, "2": 20}),
    ]
    assert reply.moved == (tb.Moved(unit="points", given=15), tb.Moved(unit="stars", given=100))
    assert reply.balances == {"points": tb.Balance(available=15), "stars": tb.Balance(available=100)}
    assert market.balance() == reply.balances["points"]
    assert (reply.taken, reply.revalued, reply.skipped, reply.waiting) == ((), (), (), False)
    assert market.problems() == []


def test_points_given_repay_arrears_first(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    market.do(tb.Adjust, unit="points", amount=-9, allow_arrears=True, reason="a slip")
    reply = market.buy("o1", 1200)
    assert reply.moved[0] == tb.Moved(unit="points", given=12, repaid=9)
    assert reply.balances["points"] == tb.Balance(available=3)


def test_an_event_without_a_moment_occurred_now(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    reply = market.book.do(tb.RecordEvent(program="market", member="m1", event=VISIT))
    entry = market.book.ask(tb.GetEntry(program="market", member="m1", entry=reply.entry))
    assert entry.occurred_at == entry.recorded_at == market.clock.now


def test_an_event_that_earns_nothing_is_recorded_all_the_same(
    open_market: OpenMarket, database_url: str
) -> None:
    market = open_market(
        document(
            {"base": BASE, "visiting": {**VISITING, "condition": "event.id == 'v2'"}}, events={"visit": {}}
        )
    )
    reply = market.told(tb.Custom(name="visit", event_id="v1"))
    assert (reply.rewards, reply.moved, reply.balances) == ((), (), {})
    assert market.told(tb.Custom(name="visit", event_id="v2")).moved == (tb.Moved(unit="points", given=3),)


def test_a_rule_that_fails_is_skipped_and_reported_and_no_other(open_market: OpenMarket) -> None:
    rules = {"base": BASE, "broken": {**BASE, "condition": "10 / (order.quantity - 1) > 0"}}
    market = open_market(document(rules))
    reply = market.buy("o1", 1200)
    assert [(each.rule, each.amount) for each in reply.rewards] == [("base", 12)]
    (skipped,) = reply.skipped
    assert (skipped.rule, skipped.why) == ("broken", "failed")
    assert skipped.detail
    assert market.balance().available == 12
    assert market.buy("o2", 1200, 100).skipped == ()


def test_an_event_is_what_keeps_a_member_active(open_market: OpenMarket) -> None:
    units = {"points": {"kind": "redeemable", "expiry": {"kind": "after_idle_months", "months": 1}}}
    market = open_market(document(units=units))
    market.buy("o1", 1200)
    market.clock.forward(days=25)
    market.refund("f1", "o1", tb.RefundedLine(line_id="1", amount=200))
    market.clock.forward(days=25)
    assert market.balance().available == 10
    market.clock.forward(days=10)
    assert market.balance().available == 0


# --- in the caller's transaction -------------------------------------------------------------------------


@pytest.fixture
def own(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def test_what_the_caller_commits_stands(told_of: tuple[Market, tb.RecordEvent], own: Engine) -> None:
    market, command = told_of
    tried = market.book.simulate(command)
    with own.begin() as connection:
        assert market.book.do(command, connection=connection) == tried
        assert market.book.do(command, connection=connection).replayed
    assert market.book.do(command).replayed
    assert market.problems() == []


def test_what_the_caller_rolls_back_leaves_nothing(
    told_of: tuple[Market, tb.RecordEvent], own: Engine, database_url: str
) -> None:
    market, command = told_of
    before = rows(database_url)
    with own.connect() as connection:
        connection.begin()
        first = market.book.do(command, connection=connection)
        connection.rollback()
    assert rows(database_url) == before
    assert market.book.do(command) == first
