"""Events that are refused, with what is left of them, and events of members who are frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.slices.earning.filed import resident
from tests.slices.earning.market import BASE, Market, document, purchase
from tests.slices.earning.test_record_event import PROGRAM, VISIT, VISITING
from tests.slices.test_bad_input import REMEMBERED, rows

OpenMarket = Callable[[str], Market]

# --- what is refused -------------------------------------------------------------------------------------


REFUSED: dict[str, tuple[tb.Event, type[tb.Refusal], dict[str, Any]]] = {
    "an event that is not declared": (
        tb.Custom(name="vizit", event_id="v1"),
        tb.UnknownEventType,
        {"program": "market", "event": "vizit", "revision": 1},
    ),
    "an order in other money": (
        purchase("o1", 1200, currency="EUR"),
        tb.WrongCurrency,
        {"currency": "EUR", "expected": "USD"},
    ),
    "an order that nobody's points paid for": (
        purchase("o1", 1200, tenders=(tb.Tender(kind="points", amount=1200, entry=9),)),
        tb.UnknownEntry,
        {"member": "m1", "entry": 9},
    ),
    "an order that an enrolment paid for": (
        purchase("o1", 1200, tenders=(tb.Tender(kind="points", amount=1200, entry=1),)),
        tb.NotReversible,
        {"entry": 1, "kind": "enroll", "problem": "it has spent nothing that could pay for an order"},
    ),
    "an order of more than a balance holds": (
        purchase("o1", tb.Line(amount=2**63 - 1), tb.Line(amount=0)),
        tb.AmountOverflow,
        {"unit": "points"},
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_says_why_and_leaves_itself_and_nothing_else(
    open_market: OpenMarket, database_url: str, what: str
) -> None:
    event, error, facts = REFUSED[what]
    rate = {**BASE, "formula": {**BASE["formula"], "units": 200}} if error is tb.AmountOverflow else BASE
    market = open_market(document({"base": rate}))
    before = rows(database_url)
    command = market.telling(event)
    with pytest.raises(error) as refused:
        market.book.do(command)
    assert refused.value.facts() == facts
    after = rows(database_url)
    is_remembered = not issubclass(error, tb.NotDeclared)
    assert {table for table in after if after[table] != before[table]} == (
        REMEMBERED if is_remembered else set()
    )
    (again,) = market.book.do([command])
    assert isinstance(again, error)
    assert again.replayed is is_remembered
    assert rows(database_url) == after
    assert market.problems() == []


def test_what_a_program_did_not_know_it_takes_once_it_does(open_market: OpenMarket) -> None:
    market = open_market(document({"base": BASE}))
    visit = tb.Custom(name="visit", event_id="v1")
    early = [market.telling(each) for each in (visit, purchase("o1", 1200, currency="EUR"))]
    refused = market.book.do(early)
    assert [type(each) for each in refused] == [tb.UnknownEventType, tb.WrongCurrency]
    euros = {**BASE, "unit": "stars", "formula": {**BASE["formula"], "currency": "EUR"}}
    rules = {"base": BASE, "euros": euros, "visiting": VISITING}
    market.book.apply(document(rules, events={"visit": {}}))
    outcomes = market.book.do(early)
    assert [each.moved[0].given for each in outcomes if isinstance(each, tb.EventRecorded)] == [3, 1200]
    assert market.problems() == []


def test_a_program_that_earns_on_no_money_takes_any(open_market: OpenMarket) -> None:
    rules = {"visiting": VISITING, "coming": {"unit": "points", "formula": {"kind": "fixed", "units": 1}}}
    market = open_market(document(rules, events={"visit": {}}))
    assert market.buy("o1", 1200, currency="EUR").moved == (tb.Moved(unit="points", given=1),)


def test_an_event_more_than_a_day_ahead_is_no_event(open_market: OpenMarket, database_url: str) -> None:
    market = open_market(PROGRAM)
    before = rows(database_url)
    ahead = market.clock.now + timedelta(days=1)
    with pytest.raises(tb.InvalidInput) as refused:
        market.book.do(market.telling(VISIT, at=ahead + timedelta(seconds=1)))
    assert refused.value.field == "occurred_at"
    assert rows(database_url) == before
    assert market.book.do(market.telling(VISIT, at=ahead)).moved[0].given == 3


def test_a_refusal_in_a_batch_stands_alone(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    too_much = tb.Refund(refund_id="f1", order_id="o1", amount=1201)
    events: list[tb.Event] = [
        purchase("o1", 1200),
        too_much,
        purchase("o2", 500, currency="EUR"),
        purchase("o3", 700),
    ]
    outcomes = market.book.do([market.telling(event) for event in events])
    assert [type(each) for each in outcomes] == [
        tb.EventRecorded,
        tb.RefundExceedsPurchase,
        tb.WrongCurrency,
        tb.EventRecorded,
    ]
    assert market.balance().available == 19
    assert market.problems() == []


# --- frozen members --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["earn", "all"])
def test_who_is_frozen_has_events_recorded_and_gets_nothing(
    open_market: OpenMarket, database_url: str, scope: str
) -> None:
    market = open_market(PROGRAM)
    market.do(tb.Freeze, scope=tb.Scope(scope), reason="under review")
    reply = market.buy("o1", 1200)
    assert (reply.rewards, reply.moved) == ((), ())
    assert [(each.rule, each.why) for each in reply.skipped] == [("", "frozen")]
    assert resident(database_url)["state"]["orders"] == 1
    market.do(tb.Unfreeze, reason="nothing found")
    assert [each.rule for each in market.buy("o2", 500).rewards] == ["base"], "it is not the first order"
    refunded = market.refund("f1", "o1")
    assert (refunded.taken, refunded.moved) == ((), ())
    assert market.balance().available == 5
    assert market.problems() == []


def test_who_may_not_spend_earns(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    market.do(tb.Freeze, scope=tb.Scope.REDEEM, reason="card stolen")
    assert market.buy("o1", 1200).balances["points"].available == 12


def test_a_refund_takes_from_who_is_frozen_what_was_given_before(open_market: OpenMarket) -> None:
    market = open_market(PROGRAM)
    market.buy("o1", 1200)
    market.do(tb.Freeze, reason="under review")
    assert market.refund("f1", "o1").moved[0] == tb.Moved(unit="points", taken=12)


def test_who_was_frozen_when_an_event_came_in_stays_so_when_it_is_decided_anew(
    open_market: OpenMarket,
) -> None:
    market = open_market(PROGRAM)
    market.do(tb.Freeze, reason="under review")
    market.buy("o2", 1200)
    market.do(tb.Unfreeze, reason="nothing found")
    late = market.buy("o1", 500, at=market.ago(days=1))
    assert late.revalued == ()
    assert (market.balance().available, market.balance("stars").available) == (5, 100)
