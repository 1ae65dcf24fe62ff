"""Members who bring each other, in a book with a clock of its own, in few words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  cash: {kind: redeemable, scale: 2, expiry: {kind: after_days, days: 60}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "10.00", currency: USD}}
"""
REWARDS = """
  rewards:
    newcomer: [{kind: units, unit: points, units: 50}]
    referrer: [{kind: units, unit: points, units: 100}]
"""
SIMPLE = f"""{PROGRAM}
referrals:
  return_window_days: 7
  minimum_spend: {{amount: "20.00", currency: USD}}
  caps: [{{period: month, newcomers: 2}}, {{period: life, newcomers: 3}}]
{REWARDS}
"""
PAYING = f"""{PROGRAM}
referrals:
  return_window_days: 7
{REWARDS}
  commission: {{unit: cash, currency: USD, per: "1.00", rates: ["0.05"], months: 2}}
"""
TWO_LEVELS = PAYING.replace('rates: ["0.05"]', 'levels: 2, rates: ["0.05", "0.01"]')


def without_rules(program: str) -> str:
    """A program that takes money of any currency, because no rule earns on any."""
    return "\n".join(line for line in program.splitlines() if not line.startswith(("rules:", "  base:")))


class Friends:
    """The members of the program `shop`, and request ids that are counted."""

    def __init__(self, book: tb.Book, clock: SetClock, program: str = SIMPLE) -> None:
        self.book = book
        self.clock = clock
        self._requests = 0
        book.apply(program)

    def make(self, kind: type[tb.Command[Any]], member: str, **fields: Any) -> Any:
        """A command that is not done yet."""
        self._requests += 1
        given = {"program": "shop", "member": member, "request_id": f"r{self._requests}"}
        return kind(**{**given, **fields})

    def do(self, kind: type[tb.Command[Any]], member: str, **fields: Any) -> Any:
        """Do a command; raises what it is refused with."""
        return self.book.do(self.make(kind, member, **fields))

    def enroll(self, *members: str) -> None:
        """Enroll members."""
        for member in members:
            self.do(tb.Enroll, member)

    def binding(self, newcomer: str, referrer: str) -> Any:
        """A command that binds a newcomer."""
        return self.make(tb.BindReferral, newcomer, referrer=referrer)

    def bind(self, newcomer: str, referrer: str) -> Any:
        """Bind a newcomer."""
        return self.book.do(self.binding(newcomer, referrer))

    def bring(self, newcomer: str, referrer: str) -> None:
        """Enroll a newcomer and bind them."""
        self.enroll(newcomer)
        self.bind(newcomer, referrer)

    def buying(self, member: str, order: str, amount: int, at: datetime | None = None, **fields: Any) -> Any:
        """A command that records an order of one line, in cents."""
        fields = {"currency": "USD", "lines": (tb.Line(amount=amount),), **fields}
        event = tb.Purchase(order_id=order, **fields)
        return tb.RecordEvent(program="shop", member=member, event=event, occurred_at=at)

    def buy(self, member: str, order: str, amount: int, at: datetime | None = None, **fields: Any) -> Any:
        """Record it."""
        return self.book.do(self.buying(member, order, amount, at, **fields))

    def returning(self, member: str, order: str, amount: int | None = None) -> Any:
        """A command that refunds an order, or so many cents of it."""
        self._requests += 1
        event = tb.Refund(refund_id=f"b{self._requests}", order_id=order, amount=amount)
        return tb.RecordEvent(program="shop", member=member, event=event)

    def give_back(self, member: str, order: str, amount: int | None = None) -> Any:
        """Record it."""
        return self.book.do(self.returning(member, order, amount))

    def has(self, member: str, unit: str = "points") -> int:
        """What a member can spend, less what they owe."""
        balance = self.book.ask(tb.Balances(program="shop", member=member)).of(unit)
        return balance.available + balance.pending - balance.arrears

    def view(self, member: str) -> tb.ReferralView:
        """Both sides of a member's referrals."""
        return self.book.ask(tb.GetReferral(program="shop", member=member))

    def newcomers(self, member: str) -> dict[str, str]:
        """The states of a member's newcomers."""
        page = self.book.ask(tb.ListNewcomers(program="shop", member=member))
        return {each.member: each.state for each in page.newcomers}

    def kinds(self, member: str) -> list[str]:
        """The kinds of a member's entries, the oldest first."""
        page = self.book.ask(tb.Statement(program="shop", member=member, page_size=1000))
        return [entry.kind for entry in page.entries][::-1]

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [checked.disagreement for checked in self.book.verify("shop") if checked.disagreement]
