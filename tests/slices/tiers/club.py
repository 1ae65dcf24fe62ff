"""A club with a ladder by what is spent, plans that are paid for, and tasks; and a member who buys there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import tallybook as tb

from tests.clocks import SetClock

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
PROGRAM = """
program: club
timezone: UTC
units:
  points: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    claim: by_member
    rewards: [{kind: units, unit: points, units: 500}]
memberships:
  plus:
    price: "30.00"
    currency: USD
    term: {kind: days, days: 30}
    benefits:
      quotas: {free_shipping: {most: 6, period: month}, lounge_visit: {most: 1, period: life}}
      discount_basis_points: 300
ladders:
  status:
    validity: {kind: after_months, months: 12}
    grace_days: 10
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
        keep: [{units: {growth: 50}}]
        rewards: [{kind: units, unit: points, units: 40}]
        benefits:
          multipliers: [{unit: points, times: "1.5"}]
          discount_basis_points: 100
          quotas: {free_shipping: {most: 4, period: month}}
          grants: [{every: month, rewards: [{kind: units, unit: points, units: 5}]}]
          entitlements: [lounge]
      - code: gold
        any_of: [{units: {growth: 1000}}]
"""


class Club:
    """Amy in the club, and a clock."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock(START)
        self.book = tb.Book.open(url, clock=self.clock)
        self.book.apply(PROGRAM)
        self.do(tb.Enroll, "e")

    def do(self, kind: Any, request: str, **fields: Any) -> Any:
        return self.book.do(kind(program="club", member="amy", request_id=request, **fields))

    def buy(self, order: str, dollars: int, at: datetime | None = None) -> tb.EventRecorded:
        bought = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=100 * dollars),))
        return self.book.do(tb.RecordEvent(program="club", member="amy", event=bought, occurred_at=at))

    def refund(self, order: str) -> tb.EventRecorded:
        back = tb.Refund(refund_id=f"{order}-back", order_id=order)
        return self.book.do(tb.RecordEvent(program="club", member="amy", event=back))

    def tiers(self) -> tb.TiersView:
        return self.book.ask(tb.GetTiers(program="club", member="amy"))

    def standing(self) -> tb.LadderStanding:
        (standing,) = self.tiers().ladders
        return standing

    def tier_at(self, at: datetime) -> str | None:
        return self.book.ask(tb.TierAt(program="club", member="amy", ladder="status", at=at)).tier

    def quotas(self) -> dict[str, tuple[int, int]]:
        return {each.quota: (each.left, each.most) for each in self.tiers().benefits.quotas}

    def explain(self, entry: int) -> tuple[str, ...]:
        return self.book.ask(tb.Explain(program="club", member="amy", entry=entry)).sentences

    def last_of(self, kind: str) -> int:
        """The member's last entry of a kind, recorded."""
        while self.book.sweep():
            pass
        page = self.book.ask(tb.Statement(program="club", member="amy", page_size=100))
        return next(each.version for each in page.entries if each.kind == kind)

    def faults(self) -> list[str]:
        return [each.disagreement.problem for each in self.book.verify("club") if each.disagreement]
