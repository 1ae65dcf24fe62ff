"""Members and gift cards whose money moves between them, in any order: none is made, and none is lost.

What came to somebody from elsewhere can be spent and never paid out, so nobody takes out more than was paid
in to that very account; and a code opens its card for whoever has it, for as long as the card is good.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

import hypothesis.strategies as st
import pytest
import tallybook as tb
from hypothesis import given, settings
from tallybook.journal.accounts import MEMBER_ACCOUNTS, TRANSFERRED

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.stored_value.paper import PaperBook
from tests.slices.stored_value.purse import Purse, reconciles
from tests.slices.stored_value.test_property import ORDERS, POLICIES, Sound, document

MEMBERS = ("m1", "m2")
CARDS = ("card:a-1", "card:a-2", "card:a-3")
UNITS = {"card:a-1": "USD", "card:a-2": "USD", "card:a-3": "EUR"}
KINDS = """
pay in, pay in, pay in, spend, spend, give back, give back, transfer, transfer, transfer, refund, withdraw,
pay, call off, hold, capture, release, issue, issue, activate, activate, activate, claim, claim, claim, claim,
present, replace, void, refund card, wait
"""
STEP = st.tuples(
    st.sampled_from([kind.strip() for kind in KINDS.split(",")]),
    st.integers(0, 11),
    st.integers(0, 4),
    st.integers(1, 400),
)
Step = tuple[str, int, int, int]
STEPS = st.lists(STEP, min_size=20, max_size=50)


class Crowd:
    """Two members and three cards of a book, and what went in and out of each."""

    def __init__(self, book: Any, clock: SetClock, suffix: str = "") -> None:
        self.book = book
        self.clock = clock
        self.members = [each + suffix for each in MEMBERS]
        self.cards = [each + suffix for each in CARDS]
        self.units = {name + suffix: unit for name, unit in UNITS.items()}
        self.codes: dict[str, str] = {}
        self.spendings: list[tuple[str, int]] = []
        self.holds: list[tuple[str, str]] = []
        self.payouts: list[tuple[str, str]] = []
        self.top_ups: list[tuple[str, str]] = []
        self.paid: Counter[tuple[str, str]] = Counter()
        self.out: Counter[tuple[str, str]] = Counter()
        self._suffix = suffix
        self._requests = 0
        for member in self.members:
            self.do(tb.Enroll, member)

    def do(self, kind: type[tb.Command[Any]], member: str, **fields: Any) -> Any:
        """The outcome of a command, which may be an error, but no mistake of ours."""
        self._requests += 1
        fields = {"program": "shop", "member": member, "request_id": f"r{self._requests}", **fields}
        (outcome,) = self.book.do([kind(**fields)])
        assert not isinstance(outcome, tb.InternalError), outcome.__cause__
        return outcome

    def tell(self, step: Step) -> None:
        """One more thing that happens: to `which`, with `other`, about `amount`."""
        kind, which, other, amount = step
        everybody = [*self.members, *self.cards]
        self.who, self.whom = everybody[which % 5], everybody[other]
        self.which, self.amount = which, amount
        self.unit = self.units.get(self.who, ("USD", "USD", "EUR")[which % 3])
        getattr(self, "_" + kind.replace(" ", "_"))()

    def _pay_in(self) -> None:
        name = f"T{self._requests}"
        self.do(tb.TopUp, self.who, unit=self.unit, amount=self.amount, top_up_id=name)
        paid = self.do(tb.ConfirmTopUp, self.who, top_up_id=name, amount=self.amount)
        if isinstance(paid, tb.TopUpConfirmed):
            self.paid[self.who, self.unit] += self.amount
            self.top_ups.append((self.who, name))

    def _spend(self) -> None:
        spent = self.do(tb.SpendValue, self.who, unit=self.unit, amount=self.amount, allow_partial=True)
        if isinstance(spent, tb.ValueSpent):
            self.spendings.append((self.who, spent.entry))

    def _give_back(self) -> None:
        if self.spendings:
            who, entry = self.spendings[self.which % len(self.spendings)]
            self.do(tb.RefundSpend, who, entry=entry, amount=self.amount if self.which % 2 else None)

    def _transfer(self) -> None:
        if self.who != self.whom:
            fields = {"to_member": self.whom, "unit": self.unit}
            most = self.amount
            while most and not isinstance(
                self.do(tb.TransferValue, self.who, amount=most, **fields), tb.Reply
            ):
                most //= 3

    def _hold(self) -> None:
        held = self.do(tb.Hold, self.who, unit=self.unit, amount=self.amount, seconds=3 * 86400)
        if isinstance(held, tb.Held):
            self.holds.append((self.who, held.hold_id))

    def _capture(self) -> None:
        if self.holds:
            who, hold = self.holds[self.which % len(self.holds)]
            captured = self.do(tb.Capture, who, hold_id=hold)
            if isinstance(captured, tb.Resolved):
                self.spendings.append((who, captured.entry))

    def _release(self) -> None:
        if self.holds:
            who, hold = self.holds[self.which % len(self.holds)]
            self.do(tb.Release, who, hold_id=hold)

    def _refund(self) -> None:
        if self.top_ups:
            who, name = self.top_ups[self.which % len(self.top_ups)]
            self._opened(who, self.do(tb.RequestTopUpRefund, who, top_up_id=name))

    def _refund_card(self) -> None:
        card = self.cards[self.which % 3]
        self._opened(card, self.do(tb.RequestTopUpRefund, card, top_up_id="activation"))

    def _withdraw(self) -> None:
        self._opened(self.who, self.do(tb.RequestWithdrawal, self.who, unit=self.unit, amount=self.amount))

    def _opened(self, who: str, opened: Any) -> None:
        if isinstance(opened, tb.PayoutOpened):
            self.payouts.append((who, opened.payout_id))

    def _pay(self) -> None:
        if self.payouts:
            who, payout = self.payouts[self.which % len(self.payouts)]
            closed = self.do(tb.ConfirmPayout, who, payout_id=payout)
            if isinstance(closed, tb.PayoutClosed):
                self.out[who, closed.unit] += closed.amount

    def _call_off(self) -> None:
        if self.payouts:
            who, payout = self.payouts[self.which % len(self.payouts)]
            self.do(tb.CancelPayout, who, payout_id=payout)

    def _wait(self) -> None:
        self.clock.forward(seconds=self.amount * 600)

    # --- cards -------------------------------------------------------------------------------------------

    def _hash(self, text: str) -> str:
        return hashlib.sha256(f"{text}{self._suffix}".encode()).hexdigest()

    def _card(self) -> str:
        return self.cards[self.which % 3]

    def _issue(self) -> None:
        card, code = self._card(), self._hash(f"code {self._requests}")
        issued = self.do(tb.IssueCard, card, batch="a", unit=self.units[card], code_hash=code)
        assert isinstance(issued, tb.CardIssued) == (card not in self.codes)
        if isinstance(issued, tb.CardIssued):
            self.codes[card] = code

    def _activate(self) -> None:
        card = self._card()
        activated = self.do(tb.ActivateCard, card, amount=self.amount)
        if isinstance(activated, tb.CardActivated):
            self.paid[card, self.units[card]] += self.amount

    def _claim(self) -> None:
        self.do(tb.ClaimCard, self.members[self.which % 2], card=self.cards[self.which % 3])

    def _present(self) -> None:
        """A code opens its card and no other, as long as it is the card's."""
        card = self._card()
        code = self.codes.get(card) or self._hash("nothing")
        seen = self.do(tb.PresentCard, f"caller:{self._requests}{self._suffix}", code_hash=code)
        assert seen.accepted == bool(self.codes.get(card))
        assert seen.card == (card if seen.accepted else "")

    def _replace(self) -> None:
        card, code = self._card(), self._hash(f"code {self._requests}")
        if isinstance(self.do(tb.ReplaceCard, card, code_hash=code, reason="lost"), tb.CardReplaced):
            self.codes[card] = code

    def _void(self) -> None:
        card = self._card()
        if self.amount % 4 == 0 and isinstance(self.do(tb.VoidCard, card, reason="stolen"), tb.CardVoided):
            self.codes[card] = ""

    # --- what holds --------------------------------------------------------------------------------------

    def check(self) -> None:
        """Nobody has more out than was paid in to that account, and layers go with lots."""
        for who in [*self.members, *self.codes]:
            for unit in ("USD", "EUR"):
                assert self.out[who, unit] <= self.paid[who, unit]
            assert self.book.ask(Sound(program="shop", member=who)) == []


def money_is_somewhere(book: PaperBook, everybody: list[str]) -> bool:
    """Whether all that came in is somewhere, by unit and fund, over everybody; and nothing is on its way."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for who in everybody:
        for _, postings in book.folio(who).sealed:
            for posting in postings:
                sums[posting.unit, posting.fund, posting.from_account] -= posting.amount
                sums[posting.unit, posting.fund, posting.to_account] += posting.amount
    there = (*MEMBER_ACCOUNTS, "revenue", "refunded", "expired", "forfeited")
    return all(
        sum(sums[unit, fund, account] for account in there) == -sums[unit, fund, source]
        and not sums[unit, fund, TRANSFERRED]
        for unit in ("USD", "EUR")
        for fund, source in (("principal", "cash_in"), ("bonus", "bonus_cost"))
    )


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=50 * TIMES_LONGER)
@given(steps=STEPS)
def test_money_that_moves_is_neither_made_nor_lost(steps: list[Step], order: str, policy: str) -> None:
    clock = SetClock()
    book = PaperBook(document(order, policy), clock)
    crowd = Crowd(book, clock)
    for step in steps:
        crowd.tell(step)
        crowd.check()
    everybody = [*crowd.members, *crowd.codes]
    assert money_is_somewhere(book, everybody)
    assert all(book.follows(who) for who in everybody)


def test_the_same_in_a_book(database_url: str) -> None:
    clock = SetClock()
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(document("bonus_first", "forfeited"))
        numbers = iter(range(1_000))

        @settings(max_examples=5 * TIMES_LONGER, database=None)
        @given(steps=STEPS)
        def told(steps: list[Step]) -> None:
            crowd = Crowd(book, clock, f"-{next(numbers)}")
            for step in steps:
                crowd.tell(step)
            crowd.check()
            assert reconciles(book)

        told()
        while book.sweep():
            pass
        assert reconciles(book)
        assert Purse(book, clock, "last").problems() == []
