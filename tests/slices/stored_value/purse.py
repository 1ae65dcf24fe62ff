"""A purse for tests: a member's money in a book with a clock of its own, in few words."""

from __future__ import annotations

from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  USD: {kind: money, scale: 2}
  JPY: {kind: money}
  points: {kind: redeemable}
stored_value:
  USD:
    currency: USD
    plans:
      big: {steps: [{pay: 100, bonus: 20}, {pay: 200, bonus: 50}]}
  JPY: {currency: JPY}
"""


class Purse:
    """A member of the program `shop`, and request ids that are counted."""

    def __init__(self, book: Any, clock: SetClock, member: str = "m1") -> None:
        self.book = book
        self.clock = clock
        self.member = member
        self._requests = 0
        book.do(self.make(tb.Enroll))

    def make(self, kind: type[tb.Command[Any]], **fields: Any) -> Any:
        """A command that is not done yet."""
        self._requests += 1
        given = {"program": "shop", "member": self.member, "request_id": f"{self.member}-{self._requests}"}
        return kind(**{**given, **fields})

    def do(self, kind: type[tb.Command[Any]], **fields: Any) -> Any:
        """Do a command; raises what it is refused with."""
        return self.book.do(self.make(kind, **fields))

    def attempt(self, kind: type[tb.Command[Any]], **fields: Any) -> Any:
        """The outcome of a command, which may be an error."""
        return self.book.do([self.make(kind, **fields)])[0]

    def top_up(self, amount: int, top_up_id: str = "T1", unit: str = "USD", **fields: Any) -> Any:
        """Pay in, and have it confirmed."""
        self.do(tb.TopUp, unit=unit, amount=amount, top_up_id=top_up_id, **fields)
        return self.do(tb.ConfirmTopUp, top_up_id=top_up_id, amount=amount)

    def spend(self, amount: int, unit: str = "USD", **fields: Any) -> Any:
        """Pay with stored value."""
        return self.do(tb.SpendValue, unit=unit, amount=amount, **fields)

    def request(self, payout_id: str, top_up_id: str = "T1", amount: int | None = None) -> Any:
        """Set a refund of a top-up aside."""
        return self.do(tb.RequestTopUpRefund, top_up_id=top_up_id, payout_id=payout_id, amount=amount)

    def pay_back(self, payout_id: str, top_up_id: str = "T1", amount: int | None = None) -> Any:
        """Pay a top-up back."""
        self.request(payout_id, top_up_id, amount)
        return self.do(tb.ConfirmPayout, payout_id=payout_id)

    def max_refund(self, top_up_id: str = "T1") -> tb.Refundable:
        """What can be paid back of a top-up."""
        found: tb.Refundable = self.book.ask(
            tb.MaxRefund(program="shop", member=self.member, top_up_id=top_up_id)
        )
        return found

    def max_withdrawal(self, unit: str = "USD") -> tb.Refundable:
        """What can be paid back in all."""
        found: tb.Refundable = self.book.ask(tb.MaxWithdrawal(program="shop", member=self.member, unit=unit))
        return found

    def balance(self, unit: str = "USD") -> tb.Balance:
        """The balance now."""
        sheet: tb.BalanceSheet = self.book.ask(tb.Balances(program="shop", member=self.member))
        return sheet.of(unit)

    def funds(self, unit: str = "USD") -> tuple[int, int]:
        """What is available of principal and of bonus."""
        sheet = self.book.ask(tb.Balances(program="shop", member=self.member))
        lots = next(each.lots for each in sheet.units if each.unit == unit)
        available = [lot for lot in lots if lot.account == "available"]
        principal, bonus = (
            sum(lot.amount for lot in available if lot.fund == fund) for fund in ("principal", "bonus")
        )
        return principal, bonus

    def sheet(self, unit: str = "USD") -> tb.MoneySheet:
        """Where the shop's money is."""
        sheets: tuple[tb.MoneySheet, ...] = self.book.ask(tb.StoredValueReport(program="shop"))
        return next(each for each in sheets if each.unit == unit)

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [checked.disagreement for checked in self.book.verify("shop") if checked.disagreement]


def reconciles(book: tb.Book) -> bool:
    """Whether principal, bonus, revenue, refunds and breakage are what came in, in every currency."""
    return all(sheet.balances for sheet in book.ask(tb.StoredValueReport(program="shop")))
