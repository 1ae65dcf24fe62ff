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
refunds: {shortfall: arrears, lapsed: {kind: keep_expired}}
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


def tell(url: str) -> tb.Book:
    """The book at `url`, with all of amy's, bob's, cid's and dan's doings."""
    telling = Telling(url)
    book = telling.book
    book.apply(DOCUMENT)
    for member in ("amy", "bob", "cid", "dan"):
        telling.do(tb.Enroll, member)
    _amy_begins(telling)
    _bob(telling)
    eventually(lambda: _roll_up(book, url))
    book.apply(SECOND_DOCUMENT)
    _cid(telling)
    telling.do(tb.Redeem, "amy", unit="points", amount=15)  # 7
    telling.do(tb.Reverse, "amy", entry=7, amount=5)  # 8
    telling.do(tb.Freeze, "amy", scope=tb.Scope.EARN, reason="under review")  # 9
    telling.do(tb.Award, "amy", unit="points", amount=1)  # refused: frozen
    telling.do(tb.Award, "amy", unit="points", amount=2)  # refused: frozen
    telling.do(tb.Unfreeze, "amy", reason="nothing found")  # 10
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
    """Every row of every table."""
    with database.engine.connect() as connection:
        return {table.name: list(connection.execute(select(table)).all()) for table in METADATA.sorted_tables}


def restore(connection: Connection, rows: Rows) -> None:
    """Make the tables as they were."""
    for table in METADATA.sorted_tables:
        connection.execute(delete(table))
        if rows[table.name]:
            connection.execute(insert(table), [dict(row._mapping) for row in rows[table.name]])
