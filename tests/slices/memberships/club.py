"""A club with paid memberships: the same few commands in fewer words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: club
timezone: {timezone}
units: {{points: {{kind: redeemable}}}}
rules:
  base: {{unit: points, formula: {{kind: rate, units: 1, per: "1.00", currency: USD}}}}
memberships:
  plus:
    price: "100.00"
    currency: USD
    term: {{kind: months, months: 1}}
    grace_days: 3
    upgrades_to: [pro, lite]
    benefits:
      multipliers: [{{unit: points, times: 2}}]
      grants: [{{every: month, rewards: [{{kind: units, unit: points, units: 5}}]}}]
      entitlements: [lounge]
  pro: {{price: 300, currency: USD, term: {{kind: days, days: 30}}, refund: {{kind: full_within, days: 7}}}}
  lite: {{price: "1.00", currency: USD, term: {{kind: days, days: 10}}, refund: {{kind: none}}}}
"""


class Club:
    """A book with the program `club`, and a member that is enrolled."""

    def __init__(self, url: str, clock: SetClock, timezone: str = "UTC") -> None:
        self.clock = clock
        self.book = tb.Book.open(url, clock=clock)
        self.book.apply(PROGRAM.format(timezone=timezone))
        self._requests = 0

    def do(self, kind: type[tb.Command[Any]], when: str = "", **fields: Any) -> Any:
        """Carry out a command, at a moment in UTC or the same as before."""
        self.at(when)
        self._requests += 1
        own = {"program": "club", "member": "m1", "request_id": f"r{self._requests}"}
        return self.book.do(kind(**{**own, **fields}))

    def at(self, when: str) -> None:
        """Let time pass."""
        if when:
            self.clock.now = datetime.fromisoformat(when if "T" in when else f"{when}T12:00").replace(
                tzinfo=UTC
            )

    def enroll(self, when: str) -> None:
        self.do(tb.Enroll, when)

    def buy(self, when: str = "", plan: str = "plus", **fields: Any) -> tb.MembershipBought:
        bought: tb.MembershipBought = self.do(tb.BuyMembership, when, plan=plan, **fields)
        return bought

    def renew(self, when: str = "", plan: str = "plus", **fields: Any) -> tb.MembershipBought:
        bought: tb.MembershipBought = self.do(tb.RenewMembership, when, plan=plan, **fields)
        return bought

    def give(self, days: int, when: str = "", plan: str = "plus") -> tb.MembershipChanged:
        changed: tb.MembershipChanged = self.do(
            tb.GrantMembershipDays, when, plan=plan, days=days, reason="sorry"
        )
        return changed

    def refund(self, when: str = "", plan: str = "plus") -> tb.MembershipRefunded:
        refunded: tb.MembershipRefunded = self.do(tb.RefundMembership, when, plan=plan)
        return refunded

    def purchase(self, order: str, when: str = "", happened: str = "") -> int:
        """An order of 10 dollars; returns the points that it brings."""
        self.at(when)
        event = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=1_000),))
        occurred_at = datetime.fromisoformat(happened).replace(tzinfo=UTC) if happened else None
        reply = self.book.do(
            tb.RecordEvent(program="club", member="m1", event=event, occurred_at=occurred_at)
        )
        return sum(each.amount for each in reply.rewards)

    def view(self, when: str = "") -> tb.MembershipsView:
        """What the member has and had."""
        self.at(when)
        return self.book.ask(tb.GetMemberships(program="club", member="m1"))

    def points(self) -> int:
        """What there is now."""
        return self.book.ask(tb.Balances(program="club", member="m1")).of("points").available

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [checked.disagreement for checked in self.book.verify("club") if checked.disagreement]
