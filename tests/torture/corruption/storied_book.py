"""A small book in which everything has happened once, for tampering with. Knows no pytest."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import tallybook as tb
from sqlalchemy import Connection, delete, insert, select, text
from tallybook.db.columns import METADATA
from tallybook.db.database import Database

PROGRAM = "shop"
PATIENCE_S = 60
BEGIN = datetime(2026, 1, 10, 12, tzinfo=UTC)

DOCUMENT = """
program: shop
timezone: Europe/Berlin
units:
  points: {kind: redeemable, expiry: {kind: end_of_month, plus_months: 12}}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
  status: {kind: qualifying, expiry: {kind: after_days, days: 365}}
events: {visit: {}}
refunds: {shortfall: arrears, lapsed: {kind: keep_expired}}
rules:
  base:
    unit: points
    formula: {kind: rate, units: 1, per: "1.00", currency: EUR}
    caps: [{period: month, most: 60}]
    budget: spring
budgets: {spring: {unit: points, most: 1000}}
tasks:
  visits:
    event: visit
    goal: {kind: count, reach: 2}
    rewards: [{kind: units, unit: points, units: 5}, {kind: units, unit: status, units: 10}]
ladders:
  club:
    tiers:
      - code: regular
        any_of: [{units: {status: 10}}]
        rewards: [{kind: units, unit: points, units: 3}]
        benefits: {quotas: {free_shipping: {most: 2, period: month}}}
"""
SECOND_DOCUMENT = DOCUMENT.replace("after_months, months: 12", "after_months, months: 6")

Rows = dict[str, list[Any]]


class Telling:
    """Tells a book what happens, an hour after the other, and swallows what is refused."""

    def __init__(self, url: str) -> None:
        self.now = BEGIN
        self.book = tb.Book.open(url, clock=lambda: self.now)
        self._requests = 0

    def do(self, command: Callable[..., tb.Command[Any]], member: str, **fields: Any) -> None:
        """One command, under a request id r1, r2, ..."""
        self.now += timedelta(hours=1)
        self._requests += 1
        with suppress(tb.Refusal):
            request_id = f"r{self._requests}"
            self.book.do(command(program=PROGRAM, member=member, request_id=request_id, **fields))

    def tell(self, event: tb.Event, hours_ago: int = 0, member: str = "fay") -> None:
        """An event, of fay's where nobody else is named."""
        self.now += timedelta(hours=1)
        at = self.now - timedelta(hours=hours_ago)
        self.book.do(tb.RecordEvent(program=PROGRAM, member=member, event=event, occurred_at=at))


def tell(url: str) -> tb.Book:
    """The book at `url`, with all of amy's, bob's, cid's, dan's, fay's and gil's doings."""
    telling = Telling(url)
    book = telling.book
    book.apply(DOCUMENT)
    for member in ("amy", "bob", "cid", "dan", "fay"):
        telling.do(tb.Enroll, member)
    _amy_begins(telling)
    _bob(telling)
    _fay(telling)
    eventually(lambda: _roll_up(book, url))
    book.apply(SECOND_DOCUMENT)
    _cid(telling)
    telling.tell(_order("o3", 500))  # 9
    telling.do(tb.Redeem, "amy", unit="points", amount=15)  # 7
    telling.do(tb.Reverse, "amy", entry=7, amount=5)  # 8
    telling.do(tb.Freeze, "amy", scope=tb.Scope.EARN, reason="under review")  # 9
    telling.do(tb.Award, "amy", unit="points", amount=1)  # refused: frozen
    telling.do(tb.Award, "amy", unit="points", amount=2)  # refused: frozen
    telling.do(tb.Unfreeze, "amy", reason="nothing found")  # 10
    _gil(telling)
    return book


def _amy_begins(telling: Telling) -> None:
    telling.do(tb.Award, "amy", unit="points", amount=100, metadata={"till": "7"})  # entry 2
    telling.do(tb.Redeem, "amy", unit="points", amount=5000)  # refused: not enough
    telling.do(tb.Hold, "amy", unit="points", amount=30, hold_id="h1", seconds=604_800)  # 3
    telling.do(tb.Capture, "amy", hold_id="h1", amount=20)  # 4
    telling.do(tb.Hold, "amy", unit="points", amount=10, hold_id="h2", seconds=604_800)  # 5
    telling.do(tb.Gift, "amy", to_member="bob", unit="points", amount=5)  # 6, and bob's 2


def _bob(telling: Telling) -> None:
    telling.do(tb.Award, "bob", unit="points", amount=40, vests_on=date(2027, 1, 1))  # 3
    telling.do(tb.Hold, "bob", unit="points", amount=3, hold_id="h1", seconds=60)  # 4; times out in 5
    telling.do(tb.Redeem, "bob", unit="points", amount=1)  # 6


def _fay(telling: Telling) -> None:
    telling.tell(_order("o1", 4000))  # 2: 40 points
    telling.do(tb.Redeem, "fay", unit="points", amount=5)  # 3
    paid = (tb.Tender(kind="points", amount=500, entry=3), tb.Tender(kind="card", amount=2500))
    telling.tell(_order("o2", 3000, paid))  # 4: 20 points, cut by the cap
    telling.tell(tb.Refund(refund_id="f1", order_id="o2", amount=1500))  # 6, and in 5 two points come back
    telling.tell(_order("o0", 1000), hours_ago=6)  # 7: 10 points; o2 comes to 10
    telling.tell(tb.Refund(refund_id="f2", order_id="o9"))  # 8: waits


def _gil(telling: Telling) -> None:
    telling.do(tb.Enroll, "gil")
    for visit in ("v1", "v2"):  # 2; 3: the task gives 5 points and what the tier takes, which gives 3
        telling.tell(tb.Custom(name="visit", event_id=visit), member="gil")
    telling.do(tb.UseBenefit, "gil", quota="free_shipping")  # 4
    until = telling.now.date() + timedelta(days=9)
    telling.do(tb.OverrideTier, "gil", ladder="club", tier="", exactly=True, until=until, reason="odd")  # 5


def _order(order: str, cents: int, tenders: tuple[tb.Tender, ...] = ()) -> tb.Purchase:
    return tb.Purchase(order_id=order, currency="EUR", lines=(tb.Line(amount=cents),), tenders=tenders)


def _cid(telling: Telling) -> None:
    telling.do(tb.Award, "cid", unit="growth", amount=7)  # 2
    telling.do(tb.Award, "cid", unit="points", amount=8, expires_on=telling.now.date())  # 3
    telling.now += timedelta(hours=24)
    telling.book.sweep()  # 4: the points expire
    telling.do(tb.Adjust, "cid", unit="points", amount=-2, allow_arrears=True, reason="a slip")  # 5


def eventually(is_done: Callable[[], bool]) -> None:
    """Try until it is done: a transaction in another test's database holds the horizon of commits back."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_done():
        assert time.monotonic() < deadline, "somebody keeps a transaction open"
        time.sleep(0.05)


def _roll_up(book: tb.Book, url: str) -> bool:
    """Whether everything is in the rollup now."""
    book.roll_up()
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            left = "SELECT count(*) FROM entry WHERE position >= (SELECT position FROM rollup_mark)"
            return not connection.execute(text(left)).scalar_one()
    finally:
        database.dispose()


# --- taking it back --------------------------------------------------------------------------------------


def saved(database: Database) -> Rows:
    """Every row of every table, in the order of their keys."""
    with database.engine.connect() as connection:
        return {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key)).all())
            for table in METADATA.sorted_tables
        }


def restore(connection: Connection, rows: Rows) -> None:
    """Make the tables as they were."""
    for table in METADATA.sorted_tables:
        connection.execute(delete(table))
        if rows[table.name]:
            connection.execute(insert(table), [dict(row._mapping) for row in rows[table.name]])
