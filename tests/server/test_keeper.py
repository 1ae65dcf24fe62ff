"""The keeper records what time has done, without being asked."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import tallybook as tb
from tallybook_server.keeper import Keeper, keep

LIMIT_S = 20.0
THEN = datetime(2026, 1, 1, tzinfo=UTC)
LATER = THEN + timedelta(days=1000)


def with_a_lapsed_lot(url: str) -> Callable[[], tb.Book]:
    """What opens a book in which something has lapsed meanwhile."""
    with tb.Book.open(url, clock=lambda: THEN) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program="demo", member="ada", request_id="joined"))
        book.do(tb.Award(program="demo", member="ada", request_id="order", unit="points", amount=7))
    return lambda: tb.Book.open(url, clock=lambda: LATER)


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
    keeper = Keeper(open_book, 1)
    keeper.start()
    until = time.monotonic() + LIMIT_S
    while accounts(open_book) != {"expired": 7, "issued": -7}:
        assert time.monotonic() < until
        time.sleep(0.05)
    keeper.stop()


def test_a_keeper_of_zero_seconds_leaves_the_book_alone(sqlite_url: str) -> None:
    def untouched() -> tb.Book:
        raise AssertionError("nobody is to open it")

    keeper = Keeper(untouched, 0)
    keeper.start()
    keeper.stop()


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
