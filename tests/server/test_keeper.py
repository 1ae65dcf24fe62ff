"""The keeper records what time has done, without being asked."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

import tallybook as tb
from tallybook_server.keeper import keep, look_after

LIMIT_S = 20.0
THEN = datetime(2026, 1, 1, tzinfo=UTC)
LATER = THEN + timedelta(days=1000)


def with_a_lapsed_lot(url: str) -> Callable[[], tb.Book]:
    """What opens a book in which something has lapsed meanwhile."""
    with tb.Book.open(url, clock=lambda: THEN) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program="demo", member="ada", request_id="joined"))
        book.do(tb.Award(program="demo", member="ada", request_id="order", unit="points", amount=7))
    return lambda: later(url)


def later(url: str) -> tb.Book:
    return tb.Book.open(url, clock=lambda: LATER)


def be_keeper(url: str, line: Connection[Any, Any]) -> None:
    """What a keeper does, until it is told to stop or nobody holds the other end of the line."""
    look_after(lambda: later(url), 1, lambda: line.send("ready"), line.fileno())


@contextmanager
def kept(url: str) -> Iterator[tuple[SpawnProcess, Connection[Any, Any]]]:
    """A keeper that is ready, and the other end of its line."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=be_keeper, args=(url, theirs), daemon=True)
    process.start()
    theirs.close()
    assert ours.poll(LIMIT_S)
    assert ours.recv() == "ready"
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()


def accounts(open_book: Callable[[], tb.Book]) -> dict[str, int]:
    with open_book() as book:
        return {each.account: each.amount for each in book.ask(tb.TrialBalance(program="demo")).accounts}


def rounds(number: int) -> Callable[[float], bool]:
    """Is over after so many rounds, without waiting."""
    left = iter(range(number))
    return lambda seconds: seconds > 0 and next(left, None) is None


def test_what_lapsed_is_recorded_though_nobody_asks(database_url: str) -> None:
    open_book = with_a_lapsed_lot(database_url)
    assert accounts(open_book) == {"available": 7, "issued": -7}
    with kept(database_url):
        until = time.monotonic() + LIMIT_S
        while accounts(open_book) != {"expired": 7, "issued": -7}:
            assert time.monotonic() < until
            time.sleep(0.05)


def test_a_keeper_ends_well_when_it_is_told_to(database_url: str) -> None:
    with_a_lapsed_lot(database_url)
    with kept(database_url) as (process, _):
        process.terminate()
        process.join(LIMIT_S)
        assert process.exitcode == 0


def test_a_keeper_ends_well_when_its_parent_is_gone(database_url: str) -> None:
    with_a_lapsed_lot(database_url)
    with kept(database_url) as (process, line):
        line.close()
        process.join(LIMIT_S)
        assert process.exitcode == 0


def test_a_round_that_fails_is_followed_by_another(sqlite_url: str) -> None:
    open_book = with_a_lapsed_lot(sqlite_url)
    with open_book() as book:
        sweep = book.sweep
        failures = iter([tb.DatabaseUnavailable()])

        def once_away(limit: int = 1000) -> int:
            for error in failures:
                raise error
            return sweep(limit)

        book.sweep = once_away  # type: ignore[method-assign]
        keep(book, 1, rounds(1))
        assert book.ask(tb.TrialBalance(program="demo")).accounts[0].account == "available"
        keep(book, 1, rounds(1))
    assert accounts(open_book) == {"expired": 7, "issued": -7}
