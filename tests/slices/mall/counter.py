"""A counter for tests of the mall: a program with items of every kind, and requests in few words."""

from __future__ import annotations

from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 30}}
  chances: {kind: redeemable}
  growth: {kind: qualifying}
  USD: {kind: money, scale: 2}
funds: [acme]
stored_value:
  USD: {currency: USD, jurisdiction: {unnamed_most: "100.00"}}
refunds: {lapsed: {kind: keep_expired}}
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    transferable: true
memberships:
  plus: {price: "9.00", currency: USD, term: {kind: days, days: 30}}
ladders:
  status:
    tiers:
      - {code: silver, any_of: [{units: {growth: 100}}]}
      - {code: gold, any_of: [{units: {growth: 1000}}]}
calendars:
  evenings: {hours: ["18:00-24:00"]}
mall:
  mug:
    display_name: A mug
    gives: {kind: goods, sku: MUG-1}
    price: {kind: units, unit: points, units: 100}
    tier_prices:
      - {tiers: [gold], price: {kind: units, unit: points, units: 80}}
      - {tiers: [silver, gold], price: {kind: units, unit: points, units: 90}}
    stocked: true
  kettle:
    gives: {kind: goods}
    price: {kind: units_and_money, unit: points, units: 100, money: "9.90", currency: USD}
    stocked: true
    pay_seconds: 600
    limits: [{period: day, most: 1}, {period: life, most: 2}]
  lamp:
    gives: {kind: goods}
    price: {kind: split, money: "5.00", currency: USD, unit: points, units: 30, worth: "1.00"}
    most: 3
  voucher:
    gives: {kind: coupon, template: five, count: 2}
    price: {kind: units, unit: points, units: 50}
  credit:
    gives: {kind: stored_value, unit: USD, amount: "10.00"}
    price: {kind: units, unit: points, units: 200}
  month:
    gives: {kind: membership_days, plan: plus, days: 30}
    price: {kind: money, money: "4.00", currency: USD}
  chance:
    gives: {kind: units, unit: chances, units: 3}
    price: {kind: units, unit: points, units: 10}
  paid_by_value:
    gives: {kind: units, unit: chances, units: 1}
    price: {kind: units, unit: USD, units: "2.50"}
  present:
    gives: {kind: one_of, items: [mug, scarf, voucher]}
    price: {kind: free}
    limits: [{period: year, most: 1}]
  scarf:
    gives: {kind: goods}
    stocked: true
  evening:
    gives: {kind: units, unit: chances, units: 1}
    price: {kind: free}
    when: {calendars: [evenings], from: 2026-01-02, until: 2026-01-03}
  golden:
    gives: {kind: units, unit: chances, units: 1}
    price: {kind: free}
    tiers: [gold]
    tags: [vip]
    condition: member.orders > 0
    most_per_order: 1
"""


class Counter:
    """Members of the program `shop`, and what they order. Requests are counted."""

    def __init__(self, book: tb.Book, clock: SetClock) -> None:
        self.book = book
        self.clock = clock
        self.requests = 0

    def make(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """A command that is not done yet."""
        self.requests += 1
        return kind(**{"program": "shop", "member": member, "request_id": f"r{self.requests}", **fields})

    def do(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """A command, done."""
        return self.book.do(self.make(kind, member, **fields))

    def enroll(self, *members: str, points: int = 1000) -> None:
        """Enroll members, with points."""
        for member in members or ("m1",):
            self.do(tb.Enroll, member)
            if points:
                self.do(tb.Award, member, unit="points", amount=points)

    def stock(self, item: str, change: int) -> Any:
        """Put pieces in stock."""
        return self.do(tb.AdjustStock, f"item:{item}", change=change, reason="delivered")

    def place(self, item: str, member: str = "m1", **fields: Any) -> Any:
        """Order an item."""
        return self.do(tb.PlaceOrder, member, item=item, **fields)

    def order(self, order_id: str, member: str = "m1") -> tb.OrderView:
        """An order as it is now."""
        return self.book.ask(tb.GetOrder(program="shop", member=member, order_id=order_id))

    def balance(self, unit: str = "points", member: str = "m1") -> tb.Balance:
        """A member's balance now."""
        return self.book.ask(tb.Balances(program="shop", member=member)).of(unit)

    def sheet(self, item: str) -> tb.StockSheet:
        """What there is of an item."""
        (sheet,) = self.book.ask(tb.StockReport(program="shop", item=item))
        return sheet

    def pieces(self, item: str) -> tuple[int, int, int]:
        """On hand, reserved and sold."""
        sheet = self.sheet(item)
        return sheet.on_hand, sheet.reserved, sheet.sold

    def seen(self, item: str, member: str = "m1") -> tb.ItemView:
        """An item as a member sees it."""
        page = self.book.ask(tb.ListItems(program="shop", member=member))
        (view,) = (each for each in page.items if each.item == item)
        return view

    def reasons(self, item: str, member: str = "m1", **fields: Any) -> list[tb.WhyNotOffered]:
        """Why a member may not order an item."""
        quote = self.book.ask(tb.GetItemQuote(program="shop", member=member, item=item, **fields))
        return [reason.why for reason in quote.reasons]

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [checked.disagreement for checked in self.book.verify("shop") if checked.disagreement]
