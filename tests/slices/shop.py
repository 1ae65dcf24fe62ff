"""A shop with one program and a clock of its own: the same few commands in fewer words."""

from __future__ import annotations

from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  stars: {kind: redeemable}
  growth: {kind: qualifying}
funds: [partner]
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
"""


class Shop:
    """A book with the program `shop`, and request ids that are counted."""

    def __init__(self, book: tb.Book, clock: SetClock) -> None:
        self.book = book
        self.clock = clock
        self._requests = 0

    def make(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """A command that is not done yet."""
        self._requests += 1
        return kind(**{"program": "shop", "member": member, "request_id": f"r{self._requests}", **fields})

    def enroll(self, *members: str) -> None:
        """Enroll members."""
        for member in members or ("m1",):
            self.book.do(self.make(tb.Enroll, member))

    def awarding(self, amount: int, member: str = "m1", **fields: Any) -> Any:
        """A command that gives points."""
        return self.make(tb.Award, member, **{"unit": "points", "amount": amount, **fields})

    def award(self, amount: int, member: str = "m1", **fields: Any) -> Any:
        """Give points."""
        return self.book.do(self.awarding(amount, member, **fields))

    def redeeming(self, amount: int, member: str = "m1", **fields: Any) -> Any:
        """A command that spends points."""
        return self.make(tb.Redeem, member, **{"unit": "points", "amount": amount, **fields})

    def redeem(self, amount: int, member: str = "m1", **fields: Any) -> Any:
        """Spend points."""
        return self.book.do(self.redeeming(amount, member, **fields))

    def hold(self, amount: int, hold_id: str = "H1", member: str = "m1", **fields: Any) -> Any:
        """Set points aside."""
        fields = {"unit": "points", "amount": amount, "hold_id": hold_id, **fields}
        return self.book.do(self.make(tb.Hold, member, **fields))

    def buying(self, minor_units: int, member: str = "m1", currency: str = "USD", **fields: Any) -> Any:
        """A command that records an order of one line."""
        order_id = f"o{self._requests}"
        event = tb.Purchase(order_id=order_id, currency=currency, lines=(tb.Line(amount=minor_units),))
        return self.make(tb.RecordEvent, member, **{"request_id": "", "event": event, **fields})

    def balance(self, member: str = "m1", unit: str = "points") -> tb.Balance:
        """A member's balance now."""
        return self.book.ask(tb.Balances(program="shop", member=member)).of(unit)

    def statement(self, member: str = "m1", **fields: Any) -> tb.Page:
        """A page of a member's statement."""
        return self.book.ask(tb.Statement(program="shop", member=member, **fields))

    def problems(self, program: str = "shop") -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [checked.disagreement for checked in self.book.verify(program) if checked.disagreement]

    def sums(self, **fields: Any) -> dict[tuple[str, str, str], int]:
        """The trial balance, by unit, account and fund."""
        sheet = self.book.ask(tb.TrialBalance(program="shop", **fields))
        return {(each.unit, each.account, each.fund): each.amount for each in sheet.accounts}
