"""A market: a book whose program has rules, and what its members do there, in few words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import tallybook as tb

from tests.clocks import SetClock

BASE: Mapping[str, Any] = {
    "unit": "points",
    "formula": {"kind": "rate", "units": 1, "per": "1.00", "currency": "USD"},
}
"""A point for every dollar."""


def document(rules: Mapping[str, Any] | None = None, **changes: Any) -> str:
    """A program with these rules, by default with the one called base."""
    content = {
        "program": "market",
        "timezone": "UTC",
        "units": {
            "points": {"kind": "redeemable", "display_name": "Points"},
            "stars": {"kind": "redeemable", "display_name": "Stars", "scale": 2},
        },
        "rules": {"base": BASE} if rules is None else rules,
        **changes,
    }
    return json.dumps(content)


class Market:
    """A book with the program `market` in force."""

    def __init__(self, book: tb.Book, clock: SetClock, text: str) -> None:
        self.book = book
        self.clock = clock
        self.book.apply(text)
        self._requests = 0

    def enroll(self, *members: str) -> None:
        """Enroll members."""
        for member in members or ("m1",):
            self.do(tb.Enroll, member)

    def do(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """Carry out a command."""
        self._requests += 1
        given = {"program": "market", "member": member, "request_id": f"r{self._requests}", **fields}
        return self.book.do(kind(**given))

    def telling(self, event: tb.Event, member: str = "m1", at: datetime | None = None) -> tb.RecordEvent:
        """What tells of an event, by default one of this moment."""
        return tb.RecordEvent(program="market", member=member, event=event, occurred_at=at or self.clock.now)

    def told(self, event: tb.Event, member: str = "m1", at: datetime | None = None) -> Any:
        """Tell of an event, by default one of this moment; a minute passes."""
        command = self.telling(event, member, at)
        self.clock.forward(seconds=60)
        return self.book.do(command)

    def buy(self, order: str, *lines: tb.Line | int, **fields: Any) -> Any:
        """Tell of a purchase in dollars; a number is a line of so many cents."""
        given = {name: fields.pop(name) for name in ("member", "at") if name in fields}
        return self.told(purchase(order, *lines, **fields), **given)

    def refund(self, refund: str, order: str, *lines: tb.RefundedLine, **fields: Any) -> Any:
        """Tell of a refund: of lines, or of all that is left."""
        given = {name: fields.pop(name) for name in ("member", "at") if name in fields}
        return self.told(tb.Refund(refund_id=refund, order_id=order, lines=lines, **fields), **given)

    def explain(self, entry: int, member: str = "m1") -> tb.Explanation:
        """Why an entry moved what it moved."""
        return self.book.ask(tb.Explain(program="market", member=member, entry=entry))

    def balance(self, unit: str = "points", member: str = "m1") -> tb.Balance:
        """A member's balance now."""
        return self.book.ask(tb.Balances(program="market", member=member)).of(unit)

    def lots(self, unit: str = "points", member: str = "m1") -> Any:
        """A member's lots now."""
        sheet = self.book.ask(tb.Balances(program="market", member=member))
        return next(each.lots for each in sheet.units if each.unit == unit)

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [checked.disagreement for checked in self.book.verify("market") if checked.disagreement]

    def ago(self, days: int) -> datetime:
        """A moment in the past."""
        return self.clock.now - timedelta(days=days)


def purchase(order: str, *lines: tb.Line | int, **fields: Any) -> tb.Purchase:
    """A purchase in dollars, if nothing else is said."""
    told = tuple(tb.Line(amount=each) if isinstance(each, int) else each for each in lines)
    return tb.Purchase(**{"order_id": order, "currency": "USD", "lines": told, **fields})
