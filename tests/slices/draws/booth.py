"""A booth for tests of draws: a program, and short ways to draw, and to read the public record."""

from __future__ import annotations

from typing import Any, Final

import tallybook as tb

from tests.clocks import SetClock

PROGRAM: Final = """
program: fair
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_months, months: 12}}
  chances: {kind: redeemable}
  CNY: {kind: money, scale: 2}
  growth: {kind: qualifying}
funds: [marketing]
stored_value: {CNY: {currency: CNY, jurisdiction: {unnamed_most: "100.00"}}}
coupons:
  tea: {currency: CNY, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 30}}
memberships:
  club: {price: "88.00", currency: CNY, term: {kind: months, months: 1}}
ladders:
  status: {tiers: [{code: gold, any_of: [{units: {growth: 5}}]}]}
draws:
  golden:
    tiers: [gold]
    prizes:
      tea: {weight: 1, rewards: [{kind: coupon, template: tea}]}
  wheel:
    cost: {unit: points, units: 10}
    blank_weight: 50
    prizes:
      mug: {weight: 3, stock: 20, goods: A mug}
      ten: {weight: 40, rewards: [{kind: units, unit: points, units: 10}]}
      cash: {weight: 5, bonus: {unit: CNY, units: "1.50"}}
      days: {weight: 2, rewards: [{kind: membership_days, plan: club, days: 7}]}
  daily:
    cost: {unit: chances, units: 1}
    free: {period: day, most: 1}
    limits: [{period: day, most: 3}, {period: life, most: 5}]
    blank_weight: 1
    prizes:
      tea: {weight: 1, rewards: [{kind: coupon, template: tea}]}
  scarce:
    prizes:
      phone: {weight: 1, stock: 3, goods: A telephone}
  consoled:
    prizes:
      phone: {weight: 1, stock: 1, goods: A telephone}
      tea: {weight: 0, rewards: [{kind: coupon, template: tea}]}
    fallback: tea
  patient:
    blank_weight: 999
    prizes:
      small: {weight: 10, rewards: [{kind: units, unit: points, units: 1}]}
      grand: {weight: 1, most_per_member: 2, rewards: [{kind: units, unit: points, units: 100}]}
    guarantee: {after: 4, prizes: [grand]}
  choosy:
    when: {from: 2026-01-01, until: 2026-01-31}
    tags: [vip]
    blank_weight: 1
    prizes:
      tea: {weight: 1, rewards: [{kind: coupon, template: tea}]}
red_packets:
  friends: {unit: points, funded_by: member, most_units: 1000, most_shares: 50}
  festival: {unit: points, funded_by: house, fund: marketing, budget: 1000, most_units: 600}
  cash: {unit: CNY, funded_by: house, budget: 50, most_units: 50, lasts_seconds: 60}
"""


class Booth:
    """A book, and members who draw in it. `ann` has points and chances."""

    def __init__(self, book: tb.Book, clock: SetClock) -> None:
        self.book = book
        self.clock = clock
        self._requests = 0

    def request(self) -> str:
        """A request id that was not used before."""
        self._requests += 1
        return f"r{self._requests}"

    def do(self, kind: Any, member: str = "ann", **fields: Any) -> Any:
        """Carry out a command."""
        return self.book.do(kind(program="fair", member=member, request_id=self.request(), **fields))

    def enroll(self, *members: str, points: int = 0) -> None:
        """Enroll members, with points."""
        for member in members:
            self.do(tb.Enroll, member)
            if points:
                self.do(tb.Award, member, unit="points", amount=points)

    def open(self, draw: str) -> tb.DrawOpened:
        return self.book.draws.open("fair", draw, self.request())

    def close(self, draw: str) -> tb.DrawClosed:
        return self.book.draws.close("fair", draw, self.request())

    def draw(self, draw: str, member: str = "ann", **more: Any) -> tb.DrawDone:
        return self.book.draws.draw("fair", member, draw, self.request(), **more)

    def command(self, draw: str, member: str = "ann") -> tb.Draw:
        return self.book.draws.command("fair", member, draw, self.request())

    def packet(self, name: str, kind: str = "friends", total: int = 100, shares: int = 5, **more: Any) -> Any:
        more = {"packet_kind": kind, "total": total, "shares": shares, "member": "ann", **more}
        return self.book.draws.create_red_packet("fair", name, self.request(), **more)

    def claim(self, packet: str, member: str) -> tb.ShareClaimed:
        return self.book.draws.claim_red_packet("fair", member, packet, self.request())

    def balance(self, member: str = "ann", unit: str = "points") -> Any:
        return self.book.ask(tb.Balances(program="fair", member=member)).of(unit)

    def lots(self, member: str = "ann", unit: str = "points") -> tuple[Any, ...]:
        """A member's lots of a unit."""
        sheet = self.book.ask(tb.Balances(program="fair", member=member))
        return next(each.lots for each in sheet.units if each.unit == unit)

    def view(self, draw: str, round_: int = 0) -> tb.DrawView:
        return self.book.ask(tb.GetDraw(program="fair", draw=draw, round=round_))

    def results(self, draw: str, round_: int = 0) -> list[tb.ResultView]:
        """All results of a round."""
        found: list[tb.ResultView] = []
        token = ""
        while True:
            query = tb.ListDraws(program="fair", draw=draw, round=round_, page_size=1000, page_token=token)
            page = self.book.ask(query)
            found += page.results
            token = page.next_page_token
            if not token:
                return found

    def red_packet(self, packet: str) -> tb.RedPacketView:
        return self.book.ask(tb.GetRedPacket(program="fair", packet=packet))

    def problems(self) -> list[str]:
        """What does not follow in the book."""
        self.book.roll_up()
        checked = self.book.verify("fair")
        return [str(each.disagreement) for each in checked if each.disagreement is not None]
