"""Many callers at once: nothing lost, nothing spent twice, and nobody hears of a deadlock."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
import tallybook as tb
from tallybook.engine import gather

from tests.invariants import crowd
from tests.invariants.crowd import (
    PROGRAM,
    Caller,
    Trades,
    all_at_once,
    check_left,
    check_no_deadlocks,
    check_sound,
    enrolled,
    lasting_program,
    outcome_of,
)
from tests.lengths import TIMES_LONGER
from tests.processes import of_a_fork_server
from tests.torture.seeds import randomness

THREADS = 32
PROCESSES = 8
THREADS_OF_A_PROCESS = 4
# SQLite has one writer at a time and waits for the disk at each commit.
ROUNDS = {"sqlite": 3, "postgresql": 8}
MANY = [f"m{number:02}" for number in range(40)]
STARTED_WITH = 50


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(database_url) as book:
        book.apply(lasting_program())
        yield book


def rounds_on(url: str) -> int:
    return ROUNDS[url.partition(":")[0].partition("+")[0]] * TIMES_LONGER


def about(member: str, request_id: str) -> dict[str, Any]:
    return {"program": PROGRAM, "member": member, "request_id": request_id}


def kinds_of(outcomes: list[tb.Outcome]) -> Counter[type]:
    return Counter(type(outcome) for outcome in outcomes)


# --- one member, one moment ---------------------------------------------------------------------------------


def test_the_last_points_are_spent_once(book: tb.Book) -> None:
    enrolled(book, ["amy"], 100)
    tries = [tb.Redeem(**about("amy", f"r{n}"), unit="points", amount=100) for n in range(64)]
    outcomes = all_at_once(partial(outcome_of, book, command) for command in tries)
    assert kinds_of(outcomes) == {tb.Redeemed: 1, tb.NotEnoughPoints: 63}
    check_sound(book)


def test_points_for_ten_are_spent_ten_times(book: tb.Book) -> None:
    enrolled(book, ["amy"], 105)
    tries = [tb.Redeem(**about("amy", f"r{n}"), unit="points", amount=10) for n in range(64)]
    outcomes = all_at_once(partial(outcome_of, book, command) for command in tries)
    assert kinds_of(outcomes) == {tb.Redeemed: 10, tb.NotEnoughPoints: 54}
    assert book.ask(tb.Balances(program=PROGRAM, member="amy")).of("points").available == 5


def test_one_request_from_everywhere_takes_effect_once(book: tb.Book) -> None:
    enrolled(book, ["amy"], 100)
    command = tb.Redeem(**about("amy", "till-7"), unit="points", amount=30)
    replies: list[Any] = all_at_once([partial(book.do, command)] * THREADS)
    assert Counter(reply.replayed for reply in replies) == {False: 1, True: THREADS - 1}
    assert {(reply.entry, reply.recorded_at, reply.balance) for reply in replies} == {
        (3, replies[0].recorded_at, tb.Balance(available=70))
    }
    assert book.ask(tb.GetMember(program=PROGRAM, member="amy")).version == 3


def test_one_refused_request_from_everywhere_is_refused_alike(book: tb.Book) -> None:
    enrolled(book, ["amy"], 10)
    command = tb.Redeem(**about("amy", "till-7"), unit="points", amount=30)
    outcomes: list[Any] = all_at_once([partial(outcome_of, book, command)] * THREADS)
    assert {(type(each), each.asked, each.available) for each in outcomes} == {(tb.NotEnoughPoints, 30, 10)}
    assert Counter(each.replayed for each in outcomes) == {False: 1, True: THREADS - 1}


def test_one_request_id_with_many_bodies_stands_for_the_first(book: tb.Book) -> None:
    enrolled(book, ["amy"])
    bodies = [tb.Award(**about("amy", "order-1"), unit="points", amount=n + 1) for n in range(THREADS)]
    outcomes = all_at_once(partial(outcome_of, book, command) for command in bodies)
    assert kinds_of(outcomes) == {tb.Awarded: 1, tb.RequestIdReused: THREADS - 1}
    (won,) = [outcome for outcome in outcomes if isinstance(outcome, tb.Awarded)]
    assert book.ask(tb.Balances(program=PROGRAM, member="amy")).of("points").available == won.amount


def test_a_member_is_enrolled_once(book: tb.Book) -> None:
    tries = [tb.Enroll(**about("amy", f"r{n}")) for n in range(THREADS)]
    outcomes = all_at_once(partial(outcome_of, book, command) for command in tries)
    assert kinds_of(outcomes) == {tb.Enrolled: 1, tb.MemberExists: THREADS - 1}
    check_sound(book)


def test_the_same_new_members_are_enrolled_in_any_order(book: tb.Book) -> None:
    """Batches meet on members that nobody can lock, because they are not there yet."""

    def batch(n: int) -> list[tb.Command[Any]]:
        names = random.Random(n).sample(MANY, 10)
        enrolments = [tb.Enroll(**about(name, f"e{n}")) for name in names]
        return enrolments + [tb.Award(**about(name, f"a{n}"), unit="points", amount=1) for name in names]

    batches = [batch(n) for n in range(THREADS)]
    outcomes = [each for done in all_at_once(partial(book.do, batch) for batch in batches) for each in done]
    known = {command.member for batch in batches for command in batch}
    assert kinds_of(outcomes) == {
        tb.Enrolled: len(known),
        tb.MemberExists: 10 * THREADS - len(known),
        tb.Awarded: 10 * THREADS,
    }
    check_sound(book)


def test_a_hold_is_resolved_once(book: tb.Book) -> None:
    enrolled(book, ["amy"], 100)
    book.do(tb.Hold(**about("amy", "checkout"), unit="points", amount=100, hold_id="h"))
    ends = [(tb.Capture, tb.Release)[n % 2](**about("amy", f"r{n}"), hold_id="h") for n in range(THREADS)]
    outcomes = all_at_once(partial(outcome_of, book, command) for command in ends)
    assert kinds_of(outcomes) == {tb.Resolved: 1, tb.HoldResolved: THREADS - 1}
    check_sound(book)


def test_an_entry_is_reversed_no_further_than_it_went(book: tb.Book) -> None:
    enrolled(book, ["amy"], 100)
    undoing = [tb.Reverse(**about("amy", f"r{n}"), entry=2, amount=9) for n in range(THREADS)]
    outcomes = all_at_once(partial(outcome_of, book, command) for command in undoing)
    assert kinds_of(outcomes) == {tb.Reversed: 11, tb.ReversalExceedsEntry: THREADS - 11}
    assert book.ask(tb.Balances(program=PROGRAM, member="amy")).of("points").available == 1


def test_the_rollup_is_begun_once(book: tb.Book) -> None:
    enrolled(book, MANY, 10)
    all_at_once([book.roll_up] * 8)
    check_sound(book)


# --- crowds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("members", [["amy"], ["amy", "bob"], MANY], ids=["one", "two", "many"])
def test_a_crowd_of_threads_leaves_what_it_was_told(
    book: tb.Book, members: list[str], database_url: str
) -> None:
    enrolled(book, members, STARTED_WITH)
    callers = [Caller(book, members, f"t{n}", randomness(f"thread {n}")) for n in range(THREADS)]
    trades = Trades()
    for told in all_at_once(partial(caller.trade, rounds_on(database_url)) for caller in callers):
        trades.add(told)
    check_left(book, members, STARTED_WITH, trades)
    check_no_deadlocks(book, database_url)


def test_what_a_crowd_left_is_read_to_the_last_page(book: tb.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "PAGE", 3)
    enrolled(book, ["amy"], STARTED_WITH)
    trades = Caller(book, ["amy"], "t", randomness("pages")).trade(10)
    check_left(book, ["amy"], STARTED_WITH, trades)
    trades.entries.popitem()
    with pytest.raises(AssertionError):
        check_left(book, ["amy"], STARTED_WITH, trades)


@pytest.mark.torture
def test_a_crowd_notices_that_nobody_locks(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The crowd can fail: without locks, the key of the entries lets one of many through at a time."""
    monkeypatch.setattr(gather, "folios_locked", gather.folios_unlocked)
    with tb.Book.open(postgresql_url) as book:
        book.apply(lasting_program())
        with pytest.raises(AssertionError):
            test_a_crowd_of_threads_leaves_what_it_was_told(book, ["amy"], postgresql_url)


def test_a_crowd_of_processes_leaves_what_it_was_told(book: tb.Book, database_url: str) -> None:
    """Half of what they do is about two members, half about many."""
    members = MANY + MANY[:2] * (len(MANY) // 2)
    enrolled(book, MANY, STARTED_WITH)
    trades = Trades()
    with ProcessPoolExecutor(PROCESSES, mp_context=of_a_fork_server()) as pool:
        names = [f"p{n}" for n in range(PROCESSES)]
        work = partial(trade_in_a_process, database_url, members, rounds_on(database_url))
        for told in pool.map(work, names):
            trades.add(told)
    check_left(book, MANY, STARTED_WITH, trades)
    check_no_deadlocks(book, database_url)


def trade_in_a_process(url: str, members: list[str], rounds: int, name: str) -> Trades:
    """Callers on a book of their own, in a process of their own."""
    trades = Trades()
    with tb.Book.open(url) as book:
        names = [f"{name}t{n}" for n in range(THREADS_OF_A_PROCESS)]
        callers = [Caller(book, members, each, randomness(each)) for each in names]
        for told in all_at_once(partial(caller.trade, rounds) for caller in callers):
            trades.add(told)
    return trades


def test_a_crowd_is_right_beside_keepers_and_readers(database_url: str) -> None:
    """Holds run out, points lapse, sweepers and rollups run, days move; every look is at a sound book."""
    clock = Clock()
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(hasty_program("UTC"))
        enrolled(book, MANY[:8], STARTED_WITH)
        callers = [Caller(book, MANY[:8], f"t{n}", randomness(f"beside {n}")) for n in range(8)]
        zones = iter(["Asia/Shanghai", "UTC"] * 1000)
        with (
            running(book.sweep),
            running(book.roll_up),
            running(lambda: check_sound(book)),
            running(lambda: book.apply(hasty_program(next(zones)))),
        ):
            rounds = 4 * rounds_on(database_url)
            told = all_at_once(partial(caller.trade, rounds) for caller in callers)
        assert [fault for trades in told for fault in trades.unexpected] == []
        while book.sweep():
            pass
        check_sound(book)


def hasty_program(zone: str) -> str:
    """Points that vest on the next day and lapse on the third."""
    return lasting_program(zone).replace(
        '"expiry": {"kind": "never"}',
        '"expiry": {"kind": "after_days", "days": 3}, "vesting": {"kind": "after_days", "days": 1}',
    )


class Clock:
    """Minutes go by each time that somebody looks."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(minutes=11)
        return self._now


class running:  # noqa: N801
    """Does something again and again beside the block; what it raises, the block raises at its end."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._is_over = Event()
        self._errors: list[Exception] = []
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        try:
            while not self._is_over.wait(0.01):
                self._work()
        except Exception as error:  # noqa: BLE001
            self._errors.append(error)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        if self._errors:
            raise self._errors[0]
