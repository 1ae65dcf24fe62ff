"""Whatever is told, and in whatever order: rewards and commissions are those of the facts that survive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks import START, SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.referrals import on_paper
from tests.slices.referrals.on_paper import Bought, Bound, Fact, GaveBack

PROGRAM = """
program: CODE
timezone: UTC
units:
  points: {kind: redeemable}
  cash: {kind: redeemable, scale: 2}
referrals:
  return_window_days: 7
  newcomer: {may_have_bought: true}
  minimum_spend: {amount: 20, currency: USD}
  rewards:
    newcomer: [{kind: units, unit: points, units: 50}]
    referrer: [{kind: units, unit: points, units: 100}]
  caps: [{period: month, newcomers: 1}, {period: life, newcomers: 2}]
  commission: {unit: cash, currency: USD, per: 1, levels: 2, rates: ["0.05", "0.01"]}
"""
EXAMPLES = {"sqlite": 80, "postgresql": 25}
MEMBERS = ["ann", "ben", "cid", "dot"]


class Town:
    """Members who bring each other and buy, and the facts that were taken from them."""

    def __init__(self, book: tb.Book, clock: SetClock, code: str) -> None:
        self.book, self.clock, self.code = book, clock, code
        self.facts: list[Fact] = []
        self._count = 0
        book.apply(PROGRAM.replace("CODE", code))
        for member in MEMBERS:
            book.do(tb.Enroll(program=code, member=member, request_id="e"))

    def step(self, data: st.DataObject) -> None:
        """Let some time pass, and do some things in a batch."""
        self.clock.forward(seconds=data.draw(st.sampled_from([3600, 86_400, 4 * 86_400, 8 * 86_400])))
        asked = [self._draw(data) for _ in range(data.draw(st.integers(1, 4)))]
        for (fact, _), outcome in zip(asked, self.book.do([command for _, command in asked]), strict=True):
            if not isinstance(outcome, tb.TallybookError):
                self.facts.append(fact)

    def _draw(self, data: st.DataObject) -> tuple[Fact, tb.Command[Any]]:
        self._count += 1
        now, member = self.clock.now, data.draw(st.sampled_from(MEMBERS))
        who: Any = {"program": self.code, "member": member}
        what = data.draw(st.sampled_from(["bind", "buy", "buy", "buy", "return"]))
        if what == "bind":
            referrer = data.draw(st.sampled_from(["ann", *MEMBERS]))
            bind = tb.BindReferral(**who, request_id=f"b{self._count}", referrer=referrer)
            return Bound(now, member, referrer), bind
        order_id = f"o{data.draw(st.integers(1, 4))}"
        if what == "buy":
            order = data.draw(orders(order_id))
            late = data.draw(st.sampled_from([0, 0, 30, 300]))
            at = max(START, now - timedelta(hours=late))
            return Bought(now, member, at, order), tb.RecordEvent(**who, event=order, occurred_at=at)
        refund = data.draw(refunds(order_id, f"x{self._count}"))
        return GaveBack(now, member, refund), tb.RecordEvent(**who, event=refund)

    def holds(self) -> None:
        """Hold what everybody has against the facts."""
        rewards = on_paper.rewards(self.facts, self.clock.now)
        commissions = on_paper.commissions(self.facts)
        for member in MEMBERS:
            sheet = self.book.ask(tb.Balances(program=self.code, member=member))
            view = self.book.ask(tb.GetReferral(program=self.code, member=member))
            assert sheet.of("points").available == rewards[member], member
            assert sheet.of("cash").available == commissions[member], member
            assert view.earned.get("cash", 0) == commissions[member], member


@st.composite
def orders(draw: st.DrawFn, order_id: str) -> tb.Purchase:
    """One or two lines, around the minimum."""
    line = st.builds(tb.Line, amount=st.integers(900, 4_000), quantity=st.integers(1, 3))
    lines = tuple(draw(st.lists(line, min_size=1, max_size=2)))
    return tb.Purchase(order_id=order_id, currency="USD", lines=lines)


@st.composite
def refunds(draw: st.DrawFn, order_id: str, refund_id: str) -> tb.Refund:
    """All that is left, an amount, or a piece of the first line."""
    how = draw(st.sampled_from(["all", "amount", "piece"]))
    amount = draw(st.integers(1, 800)) if how == "amount" else None
    lines = (tb.RefundedLine(line_id="1", quantity=1),) if how == "piece" else ()
    return tb.Refund(refund_id=refund_id, order_id=order_id, lines=lines, amount=amount)


@pytest.fixture
def book(database_url: str, clock: SetClock) -> Iterator[tb.Book]:
    with tb.Book.open(database_url, clock=clock) as opened:
        yield opened


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_all_is_as_if_worked_out_from_scratch(
    book: tb.Book, clock: SetClock, request: pytest.FixtureRequest
) -> None:
    kind = request.node.callspec.params["databases"]
    count = iter(range(10**6))

    @settings(
        max_examples=EXAMPLES[kind] * TIMES_LONGER,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        clock.now = START
        town = Town(book, clock, f"t{next(count)}")
        for _ in range(data.draw(st.integers(4, 14))):
            town.step(data)
            if data.draw(st.integers(0, 3)) == 0:
                book.sweep()
        clock.forward(days=data.draw(st.integers(0, 10)))
        town.holds()
        problems = [checked.disagreement for checked in book.verify(town.code) if checked.disagreement]
        assert problems == []

    holds()
