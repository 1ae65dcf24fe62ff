"""Whatever clients do to a few members at once, there is an order that explains all they were told.

Through the library and through a server of several processes; with answers lost on the way, and with database
connections cut under way. What is planted is caught.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import tallybook as tb
from sqlalchemy import NullPool, create_engine, make_url, text
from tallybook_client import TallybookClient

from tests.torture.linearizability.checker import Unexplained, explain
from tests.torture.linearizability.drivers import (
    PROGRAM,
    UNIT,
    BookDriver,
    DoubleSpends,
    Driver,
    Losing,
    Nearsighted,
    ServiceDriver,
    StaleReads,
)
from tests.torture.linearizability.operations import Done, Operation, Outcome, by_member, overlapping
from tests.torture.linearizability.page import Page
from tests.torture.linearizability.recording import record
from tests.torture.seeds import randomness
from tests.torture.service import serving

PrintFigures = Callable[..., None]
NewDriver = Callable[[int], Driver]

CLIENTS, CALLS, MEMBERS = 6, 15, 2
BEGIN_WITH = 50
SHORT_HISTORIES = 8
LONG_S = 90
LOST_ONE_IN = 10
CUT_EVERY_S = 0.15
LENGTHS = [pytest.param(False, id="short"), pytest.param(True, id="long", marks=pytest.mark.torture)]


class Histories:
    """Records history after history on members of its own, and checks each of them."""

    def __init__(self, book: tb.Book, new_driver: NewDriver, purpose: str) -> None:
        self._book = book
        self._new_driver = new_driver
        self._rng = randomness(purpose)
        self.checked = self.operations = self.overlapping = self.unknown = 0
        self.slowest_ms = 0

    def record(self) -> list[Operation]:
        """The next history."""
        members = [f"h{self.checked}-m{number}" for number in range(MEMBERS)]
        for name in members:
            self._book.do(tb.Enroll(program=PROGRAM, member=name, request_id="enroll"))
            award = tb.Award(program=PROGRAM, member=name, request_id="begin", unit=UNIT, amount=BEGIN_WITH)
            self._book.do(award)
        drivers = [self._new_driver(client) for client in range(CLIENTS)]
        self.checked += 1
        return record(drivers, members, CALLS, self._rng)

    def check_next(self) -> None:
        """Record and explain the next history; raises AssertionError where there is no order."""
        history = self.record()
        self.operations += len(history)
        self.unknown += sum(operation.outcome is None for operation in history)
        self.overlapping += overlapping(history)
        begin = time.monotonic()
        for part in by_member(history).values():
            order = explain(part, Page(entries=2, available=BEGIN_WITH))
            assert not isinstance(order, Unexplained), str(order)
        self.slowest_ms = max(self.slowest_ms, round((time.monotonic() - begin) * 1000))

    def run(self, long: bool) -> None:
        """A few histories, or as many as there is time for."""
        until = time.monotonic() + LONG_S
        while time.monotonic() < until if long else self.checked < SHORT_HISTORIES:
            self.check_next()

    def report(self, how: str, book_url: str, print_figures: PrintFigures) -> None:
        """Print what was checked, which is worth nothing unless clients got in each other's way."""
        assert self.overlapping
        print_figures(
            "linearizable",
            how=how,
            database=make_url(book_url).get_backend_name(),
            histories=self.checked,
            operations=self.operations,
            overlapping=self.overlapping,
            unknown=self.unknown,
            slowest_check_ms=self.slowest_ms,
        )


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(database_url, pool_size=CLIENTS + 2) as opened:
        opened.apply(tb.DEMO_PROGRAM)
        yield opened


@contextmanager
def losing(new_driver: NewDriver, purpose: str) -> Iterator[NewDriver]:
    """Drivers that lose some calls; at the end, those that are late have arrived."""
    with ThreadPoolExecutor(CLIENTS) as late:

        def lose(client: int) -> Driver:
            return Losing(new_driver(client), randomness(f"{purpose} {client}"), LOST_ONE_IN, late)

        yield lose


def check_book(book: tb.Book) -> None:
    """What the histories left behind holds together."""
    assert [each.disagreement for each in book.verify(PROGRAM) if each.disagreement] == []


# --- the library -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("long", LENGTHS)
def test_the_library_is_linearizable(
    book: tb.Book, database_url: str, long: bool, print_figures: PrintFigures
) -> None:
    with losing(lambda _: BookDriver(book), "library losses") as new_driver:
        histories = Histories(book, new_driver, "library")
        histories.run(long)
    check_book(book)
    histories.report("library", database_url, print_figures)


@contextmanager
def connections_cut(url: str) -> Iterator[None]:
    """Every connection to the database is cut every now and then."""
    stop = threading.Event()
    engine = create_engine(url, poolclass=NullPool)

    def cut() -> None:
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        others = "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while not stop.wait(CUT_EVERY_S):
            with engine.connect() as connection:
                connection.execute(text(f"{query} {others}"))

    thread = threading.Thread(target=cut)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("long", LENGTHS)
def test_it_is_linearizable_while_connections_are_cut(
    postgresql_url: str, long: bool, print_figures: PrintFigures
) -> None:
    with tb.Book.open(postgresql_url, pool_size=CLIENTS + 2) as book:
        book.apply(tb.DEMO_PROGRAM)
        histories = Histories(book, lambda _: BookDriver(book), "cut connections")
        with connections_cut(postgresql_url):
            histories.run(long)
        check_book(book)
    histories.report("library, connections cut", postgresql_url, print_figures)


# --- the service -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("long", LENGTHS)
def test_the_service_is_linearizable(
    database_url: str, tmp_path: Path, long: bool, print_figures: PrintFigures
) -> None:
    workers = 1 if database_url.startswith("sqlite") else 3
    with ExitStack() as stack:
        book = stack.enter_context(tb.Book.open(database_url))
        book.apply(tb.DEMO_PROGRAM)
        service = stack.enter_context(serving(database_url, tmp_path, workers=workers))
        clients = [
            stack.enter_context(TallybookClient(service.address, program=PROGRAM, timeout=30))
            for _ in range(CLIENTS)
        ]
        new = stack.enter_context(losing(lambda client: ServiceDriver(clients[client]), "service losses"))
        histories = Histories(book, new, "service")
        histories.run(long)
    with tb.Book.open(database_url) as book:
        check_book(book)
    histories.report(f"service, {workers} workers", database_url, print_figures)


# --- what must be caught ---------------------------------------------------------------------------------


def caught(histories: Histories) -> bool:
    """Whether a planted fault shows within a few histories."""
    for _ in range(SHORT_HISTORIES):
        parts = by_member(histories.record()).values()
        begin = Page(entries=2, available=BEGIN_WITH)
        if any(isinstance(explain(part, begin), Unexplained) for part in parts):
            return True
    return False


def test_a_planted_stale_read_is_caught(book: tb.Book) -> None:
    seen: dict[str, Outcome | None] = {}
    histories = Histories(book, lambda _: StaleReads(BookDriver(book), seen), "stale reads")
    assert caught(histories)


def test_a_planted_double_spend_is_caught(book: tb.Book) -> None:
    histories = Histories(book, lambda _: DoubleSpends(BookDriver(book)), "double spends")
    assert caught(histories)


@pytest.mark.parametrize("plant", [lambda driver: StaleReads(driver, {}), DoubleSpends])
def test_it_is_caught_by_balances_alone(book: tb.Book, plant: Callable[[Driver], Driver]) -> None:
    """Where clients are told no entry numbers, and of commands only whether they were carried out."""
    histories = Histories(book, lambda _: Nearsighted(plant(BookDriver(book))), "nearsighted")
    assert caught(histories)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_single_wrong_balance_is_caught(book: tb.Book, change: int) -> None:
    """In an otherwise good history, whichever of its operations was told a point too much or too little."""
    history = Histories(book, lambda _: BookDriver(book), "one wrong balance").record()
    begin = Page(entries=2, available=BEGIN_WITH)
    for part in by_member(history).values():
        assert not isinstance(explain(part, begin), Unexplained)
        for index, operation in enumerate(part):
            if isinstance(operation.outcome, Done):
                wrong = operation.outcome._replace(available=operation.outcome.available + change)
                doctored = [*part[:index], replace(operation, outcome=wrong), *part[index + 1 :]]
                assert isinstance(explain(doctored, begin), Unexplained), operation
