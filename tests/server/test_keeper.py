"""The keeper records what time has done, without being asked."""

import threading
from datetime import UTC, datetime, timedelta

import tallybook as tb
from tallybook_server.keeper import Keeper

LIMIT_S = 20.0


class Moving:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Watched(tb.Book):
    """A book that tells when it has been looked after."""

    kept: threading.Event

    def roll_up(self) -> None:
        super().roll_up()
        self.kept.set()


def book_with_a_lapsed_lot(url: str) -> Watched:
    clock = Moving()
    book = Watched.open(url, clock=clock)
    book.kept = threading.Event()
    book.apply(tb.DEMO_PROGRAM)
    book.do(tb.Enroll(program="demo", member="ada", request_id="joined"))
    book.do(tb.Award(program="demo", member="ada", request_id="order", unit="points", amount=7))
    clock.now += timedelta(days=1000)
    return book


def accounts(book: tb.Book) -> dict[str, int]:
    return {each.account: each.amount for each in book.ask(tb.TrialBalance(program="demo")).accounts}


def test_what_lapsed_is_recorded_though_nobody_asks(database_url: str) -> None:
    with book_with_a_lapsed_lot(database_url) as book:
        assert accounts(book) == {"available": 7, "issued": -7}
        keeper = Keeper(book, 1)
        keeper.start()
        assert book.kept.wait(LIMIT_S)
        keeper.stop()
        assert accounts(book) == {"expired": 7, "issued": -7}


def test_a_keeper_of_zero_seconds_leaves_the_book_alone(sqlite_url: str) -> None:
    with book_with_a_lapsed_lot(sqlite_url) as book:
        keeper = Keeper(book, 0)
        keeper.start()
        keeper.stop()
        assert not book.kept.is_set()


def test_a_round_that_fails_is_followed_by_another(sqlite_url: str) -> None:
    with book_with_a_lapsed_lot(sqlite_url) as book:
        sweep = book.sweep
        failures = iter([tb.DatabaseUnavailable()])

        def once_away(limit: int = 1000) -> int:
            for error in failures:
                raise error
            return sweep(limit)

        book.sweep = once_away  # type: ignore[method-assign]
        keeper = Keeper(book, 1)
        keeper.start()
        assert book.kept.wait(LIMIT_S)
        keeper.stop()
        assert accounts(book) == {"expired": 7, "issued": -7}
