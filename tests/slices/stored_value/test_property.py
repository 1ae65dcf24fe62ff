"""Any story of top-ups, spendings and refunds of both: money is never made, and every cent is somewhere.

Most stories are told on paper, where they take no time, and a few in a book.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import hypothesis.strategies as st
import pytest
import tallybook as tb
from hypothesis import example, given, settings
from tallybook.engine.query import FolioQuery
from tallybook.journal.accounts import AVAILABLE, HELD
from tallybook.journal.folio import Folio
from tallybook.members.passbook import funds_in, page_of
from tallybook.programs.program import Program

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.stored_value.paper import PaperBook
from tests.slices.stored_value.purse import Purse, reconciles

RULES = """
    plans:
      big: {{steps: [{{pay: "1.00", bonus: "0.20"}}, {{pay: "3.00", bonus: "0.90"}}]}}
    bonus_expiry: {{kind: after_days, days: 5}}
    payout_seconds: 86400
    spend_first: {order}
    bonus_on_refund: {policy}
"""
PROGRAM = """
program: shop
timezone: UTC
units:
  USD: {{kind: money, scale: 2}}
  EUR: {{kind: money, scale: 2}}
stored_value:
  USD:
    currency: USD
{rules}
  EUR:
    currency: EUR
{rules}
"""

Step = tuple[str, int, int]
KINDS = """
pay in, pay in, pay in, top up, confirm, confirm, cancel, spend, spend, spend, hold, capture, release,
give back, give back, give back, refund, refund, withdraw, pay, pay, call off, wait
"""
STEP = st.tuples(
    st.sampled_from([kind.strip() for kind in KINDS.split(",")]), st.integers(0, 7), st.integers(1, 400)
)
STEPS = st.lists(STEP, min_size=30, max_size=50)
"""Long from the start: little goes wrong before something was paid in, spent, and given back."""


class Sound(FolioQuery[list[str]], frozen=True, kw_only=True):
    """What of a member's layers does not go with the lots."""

    def answer(self, folio: Folio, program: Program, now: Any) -> list[str]:
        found = []
        for unit in program.stored_value:
            page, there = page_of(folio, unit), funds_in(folio, unit, AVAILABLE, HELD)
            if sum(layer.principal for layer in page.layers) != there.principal - page.reserved:
                found.append(f"{unit}: {page} has other principal than {there}")
            if sum(layer.bonus for layer in page.layers) > there.bonus - page.reserved_bonus:
                found.append(f"{unit}: {page} has more bonus than {there}")
            if any(layer.principal < 0 or layer.bonus < 0 or layer.reserved < 0 for layer in page.layers):
                found.append(f"{unit}: {page} has layers below zero")
        return found


@dataclass
class Story:
    """What a member did, and what came of it, by unit."""

    purse: Purse
    unit: str = "USD"
    names: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    spendings: list[int] = field(default_factory=list)
    payouts: list[str] = field(default_factory=list)
    paid: Counter[str] = field(default_factory=Counter)
    spent: Counter[str] = field(default_factory=Counter)
    principal_spent: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)
    kept_bonus: dict[str, int] = field(default_factory=dict)

    def tell(self, step: Step) -> None:
        kind, which, amount = step
        self.unit = ("USD", "USD", "EUR")[which % 3]
        getattr(self, "_" + kind.replace(" ", "_"))(which, amount)

    def _top_up(self, which: int, amount: int) -> None:
        name = f"T{len(self.names)}"
        self.names.append(name)
        self.purse.do(tb.TopUp, unit=self.unit, amount=amount, top_up_id=name)

    def _pay_in(self, which: int, amount: int) -> None:
        self._top_up(which, amount)
        self._confirm(len(self.names) - 1, amount)

    def _confirm(self, which: int, amount: int) -> None:
        if name := _pick(self.names, which):
            asked = self._top_up_of(name)
            outcome = self.purse.attempt(tb.ConfirmTopUp, top_up_id=name, amount=asked.amount)
            assert isinstance(outcome, tb.TopUpConfirmed) == (asked.state == "waiting")
            if isinstance(outcome, tb.TopUpConfirmed):
                self.paid[asked.unit] += asked.amount
                self.kept_bonus[name] = asked.bonus

    def _cancel(self, which: int, amount: int) -> None:
        if name := _pick(self.names, which):
            self.purse.attempt(tb.CancelTopUp, top_up_id=name)

    def _spend(self, which: int, amount: int) -> None:
        outcome = self.purse.attempt(tb.SpendValue, unit=self.unit, amount=amount, allow_partial=which > 3)
        if isinstance(outcome, tb.ValueSpent):
            self.spendings.append(outcome.entry)
            self._count(outcome.entry)

    def _hold(self, which: int, amount: int) -> None:
        outcome = self.purse.attempt(tb.Hold, unit=self.unit, amount=amount, seconds=3 * 86400)
        if isinstance(outcome, tb.Held):
            self.holds.append(outcome.hold_id)

    def _capture(self, which: int, amount: int) -> None:
        if hold := _pick(self.holds, which):
            held = self.purse.book.ask(
                tb.GetHold(program="shop", member=self.purse.member, hold_id=hold)
            ).hold
            part = min(amount, held.amount)
            outcome = self.purse.attempt(tb.Capture, hold_id=hold, amount=part)
            if isinstance(outcome, tb.Resolved):
                self.spendings.append(outcome.entry)
                self._count(outcome.entry)

    def _release(self, which: int, amount: int) -> None:
        if hold := _pick(self.holds, which):
            self.purse.attempt(tb.Release, hold_id=hold)

    def _give_back(self, which: int, amount: int) -> None:
        if self.spendings:
            entry = self.spendings[which % len(self.spendings)]
            outcome = self.purse.attempt(tb.RefundSpend, entry=entry, amount=amount if which % 2 else None)
            if isinstance(outcome, tb.SpendRefunded):
                self._count(outcome.entry)

    def _refund(self, which: int, amount: int) -> None:
        if not (name := _pick(self.names, which)) or name not in self.kept_bonus:
            return
        most = self.purse.max_refund(name)
        too_much = self.purse.attempt(tb.RequestTopUpRefund, top_up_id=name, amount=most.amount + 1)
        assert isinstance(too_much, tb.PayoutExceedsValue)
        if most.amount:
            asked = most.amount if which % 2 else min(most.amount, amount)
            opened = self.purse.do(tb.RequestTopUpRefund, top_up_id=name, amount=asked)
            assert asked < most.amount or (opened.bonus, opened.charged) == (most.bonus, most.charged)
            self.payouts.append(opened.payout_id)

    def _withdraw(self, which: int, amount: int) -> None:
        most = self.purse.max_withdrawal(self.unit)
        too_much = self.purse.attempt(tb.RequestWithdrawal, unit=self.unit, amount=most.amount + 1)
        assert isinstance(too_much, tb.PayoutExceedsValue)
        if most.amount:
            asked = most.amount if which % 2 else min(most.amount, amount)
            opened = self.purse.do(tb.RequestWithdrawal, unit=self.unit, amount=asked)
            self.payouts.append(opened.payout_id)

    def _pay(self, which: int, amount: int) -> None:
        if payout := _pick(self.payouts, which):
            outcome = self.purse.attempt(tb.ConfirmPayout, payout_id=payout)
            if isinstance(outcome, tb.PayoutClosed):
                self.out[outcome.unit] += outcome.amount
                for part in self._payout_of(payout).parts:
                    self.kept_bonus[part.top_up] = 0

    def _call_off(self, which: int, amount: int) -> None:
        if payout := _pick(self.payouts, which):
            self.purse.attempt(tb.CancelPayout, payout_id=payout)

    def _wait(self, which: int, amount: int) -> None:
        self.purse.clock.forward(seconds=amount * 600)

    def _count(self, entry: int) -> None:
        """Count what an entry brought the house, or took from it."""
        view = self.purse.book.ask(tb.GetEntry(program="shop", member=self.purse.member, entry=entry))
        for posting in view.postings:
            sign = (posting.to_account == "revenue") - (posting.from_account == "revenue")
            self.spent[posting.unit] += sign * posting.amount
            if posting.fund == "principal":
                self.principal_spent[posting.unit] += sign * posting.amount

    def _top_up_of(self, name: str) -> Any:
        return self.purse.book.ask(
            tb.GetTopUp(program="shop", member=self.purse.member, top_up_id=name)
        ).top_up

    def _payout_of(self, name: str) -> Any:
        return self.purse.book.ask(
            tb.GetPayout(program="shop", member=self.purse.member, payout_id=name)
        ).payout

    def check(self, policy: str) -> None:
        """Nobody has had more money out than went in less what was spent."""
        for unit in ("USD", "EUR"):
            assert self.out[unit] <= self.paid[unit] - self.principal_spent[unit]
            if policy == "forfeited":
                # A bonus is kept by those alone who were never paid back anything of its top-up.
                bonus = sum(kept for name, kept in self.kept_bonus.items() if self._is_in(unit, name))
                assert self.out[unit] <= max(0, self.paid[unit] - self.spent[unit] + bonus)
        assert self.purse.book.ask(Sound(program="shop", member=self.purse.member)) == []

    def _is_in(self, unit: str, name: str) -> bool:
        return bool(name) and self._top_up_of(name).unit == unit


def _pick(names: list[str], which: int) -> str:
    return names[which % len(names)] if names else ""


TIMED_OUT: list[Step] = [
    *[("pay in", 0, 1)] * 3,
    *[("confirm", 0, 1)] * 4,
    ("wait", 0, 3),
    ("top up", 0, 1),
    ("wait", 0, 3),
    ("confirm", 3, 1),
]
"""A top-up whose time is over when its payment is confirmed."""
ORDERS = ["bonus_first", "principal_first", "proportional"]
POLICIES = ["forfeited", "in_proportion"]


def document(order: str, policy: str) -> str:
    return PROGRAM.format(rules=RULES.format(order=order, policy=policy))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=150 * TIMES_LONGER)
@given(steps=STEPS)
@example(steps=TIMED_OUT)
def test_nobody_gets_out_more_than_went_in_less_what_was_spent(
    steps: list[Step], order: str, policy: str
) -> None:
    clock = SetClock()
    book = PaperBook(document(order, policy), clock)
    story = Story(Purse(book, clock))
    for step in steps:
        story.tell(step)
        story.check(policy)
        assert book.reconciles("m1")
    assert book.follows("m1")


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_in_a_book(database_url: str, policy: str) -> None:
    clock = SetClock()
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(document("bonus_first", policy))
        members = iter(range(1_000))

        @settings(max_examples=5 * TIMES_LONGER, database=None)
        @given(steps=STEPS)
        def told(steps: list[Step]) -> None:
            story = Story(Purse(book, clock, f"m{next(members)}"))
            for step in steps:
                story.tell(step)
            story.check(policy)
            assert reconciles(book)

        told()
        while book.sweep():
            pass
        assert reconciles(book)
        assert [each.disagreement for each in book.verify("shop") if each.disagreement] == []
