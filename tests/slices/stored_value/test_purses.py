"""Stored value in a book: what the report says, batches, trials, other members, orders paid with it."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.stored_value.purse import PROGRAM, Purse, reconciles


def test_the_report_says_where_every_cent_is(purse: Purse) -> None:
    purse.top_up(10_000)
    purse.top_up(500, "T2", unit="JPY")
    purse.spend(9_000)
    purse.pay_back("P1")
    purse.spend(100, unit="JPY")
    dollars, yen = purse.sheet("USD"), purse.sheet("JPY")
    assert dollars.principal == tb.FundSheet(
        came_in=10_000, with_members=0, spent=7_000, paid_back=1_000, lapsed=0, forfeited=2_000
    )
    assert (dollars.bonus.came_in, dollars.bonus.spent, dollars.bonus.breakage) == (2_000, 2_000, 0)
    assert (yen.principal.came_in, yen.principal.with_members, yen.principal.spent) == (500, 400, 100)
    assert dollars.balances
    assert yen.balances
    purse.book.roll_up()
    assert (purse.sheet("USD"), purse.sheet("JPY")) == (dollars, yen)
    assert purse.problems() == []


def test_a_batch_decides_on_what_it_has_done_itself(purse: Purse) -> None:
    top_up, confirm, spend, payout, paid = purse.book.do(
        [
            purse.make(tb.TopUp, unit="USD", amount=10_000, top_up_id="T1"),
            purse.make(tb.ConfirmTopUp, top_up_id="T1", amount=10_000),
            purse.make(tb.SpendValue, unit="USD", amount=9_000),
            purse.make(tb.RequestTopUpRefund, top_up_id="T1", payout_id="P1"),
            purse.make(tb.ConfirmPayout, payout_id="P1"),
        ]
    )
    assert (top_up.bonus, confirm.amount, spend.principal, payout.amount) == (2_000, 10_000, 7_000, 1_000)
    assert paid.balance.available == 0
    assert reconciles(purse.book)
    assert purse.problems() == []


def test_a_refusal_leaves_nothing_behind(purse: Purse) -> None:
    purse.top_up(10_000)
    before = purse.max_refund()
    for kind, fields in (
        (tb.RequestTopUpRefund, {"top_up_id": "T1", "amount": 10_001}),
        (tb.RequestWithdrawal, {"unit": "USD", "amount": 10_001}),
        (tb.SpendValue, {"unit": "USD", "amount": 12_001}),
        (tb.ConfirmTopUp, {"top_up_id": "T1", "amount": 10_000}),
    ):
        assert isinstance(purse.attempt(kind, **fields), tb.Refusal)
    assert purse.max_refund() == before
    assert purse.problems() == []


def test_a_trial_says_the_same_and_does_nothing(purse: Purse) -> None:
    purse.top_up(10_000)
    asked = purse.make(tb.RequestTopUpRefund, top_up_id="T1", payout_id="P1")
    tried = purse.book.simulate(asked)
    assert purse.balance().held == 0
    assert purse.book.do(asked) == tried


def test_balances_of_the_past_have_what_was_set_aside_then(purse: Purse, clock: SetClock) -> None:
    purse.top_up(10_000)
    purse.request("P1", amount=4_000)
    then = clock.now
    clock.forward(days=8)
    past = purse.book.ask(tb.PastBalances(program="shop", member="m1", as_of=then)).of("USD")
    assert (past.available, past.held) == (6_000, 6_000)
    now = purse.book.ask(tb.PastBalances(program="shop", member="m1", as_of=clock.now)).of("USD")
    assert (now.available, now.held) == (12_000, 0)


def test_an_order_paid_with_stored_value_gives_it_back(purse: Purse) -> None:
    purse.top_up(10_000)
    paid = purse.spend(3_000)
    order = tb.Purchase(
        order_id="o1",
        currency="USD",
        lines=(tb.Line(amount=3_000),),
        tenders=(tb.Tender(kind="stored_value", amount=3_000, entry=paid.entry),),
    )
    purse.book.do(tb.RecordEvent(program="shop", member="m1", event=order))
    back = tb.Refund(refund_id="b1", order_id="o1", amount=1_500)
    purse.book.do(tb.RecordEvent(program="shop", member="m1", event=back))
    assert purse.funds() == (10_000, 500)
    assert purse.max_refund() == tb.Refundable(unit="USD", amount=8_500, bonus=500, charged=1_500)
    left = purse.do(tb.RefundSpend, entry=paid.entry)
    assert (left.amount, purse.funds()) == (1_500, (10_000, 2_000))
    assert reconciles(purse.book)
    assert purse.problems() == []


def test_the_last_cent_is_spent_once(purse: Purse) -> None:
    purse.top_up(100)
    outcomes: list[Any] = []

    def spend(number: int) -> None:
        command = tb.SpendValue(
            program="shop", member="m1", request_id=f"till-{number}", unit="USD", amount=100
        )
        outcomes.extend(purse.book.do([command]))

    threads = [Thread(target=spend, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, tb.ValueSpent) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, tb.NotEnoughValue) for outcome in outcomes) == 7
    assert purse.problems() == []


BUDGETED = PROGRAM.replace("bonus: 50}]}", 'bonus: 50}], budget: "60.00"}')


@pytest.fixture
def members(database_url: str, clock: SetClock) -> Iterator[list[Purse]]:
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(BUDGETED)
        yield [Purse(book, clock, f"m{number}") for number in range(5)]


def test_a_budget_is_drawn_on_once_for_each_promise(members: list[Purse], clock: SetClock) -> None:
    book = members[0].book
    asked = [each.make(tb.TopUp, unit="USD", amount=10_000, top_up_id="T1") for each in members]
    assert [outcome.bonus for outcome in book.do(asked)] == [2_000, 2_000, 2_000, 0, 0]
    members[0].do(tb.ConfirmTopUp, top_up_id="T1", amount=10_000)
    members[1].do(tb.CancelTopUp, top_up_id="T1")
    clock.forward(seconds=1_800)
    book.sweep()
    assert members[0].problems() == []
    again = [each.make(tb.TopUp, unit="USD", amount=10_000, top_up_id="T2") for each in members]
    assert [outcome.bonus for outcome in book.do(again)] == [2_000, 2_000, 0, 0, 0]
    assert members[0].problems() == []


def test_a_revision_that_moves_days_gives_back_what_time_gives_back(
    members: list[Purse], clock: SetClock
) -> None:
    book = members[0].book
    members[0].do(tb.TopUp, unit="USD", amount=20_000, top_up_id="T1")
    clock.forward(days=1)
    book.apply(BUDGETED.replace("timezone: UTC", "timezone: Asia/Tokyo"))
    assert members[1].do(tb.TopUp, unit="USD", amount=20_000, top_up_id="T1").bonus == 5_000
    assert members[0].problems() == []
