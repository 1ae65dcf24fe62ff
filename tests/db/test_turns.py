"""Turns are had in the order in which they were asked for, by so many at a time."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from threading import Event, Thread
from typing import Any

import pytest
from tallybook.db import turns as module
from tallybook.db.turns import Turns

LONG = 30.0
NOT_AT_ALL = 0.01

Aside = Callable[[Callable[[], Any]], "Future[Any]"]


@pytest.fixture
def aside() -> Iterator[Aside]:
    """Runs something in a thread that lives as long as the test: what it takes stays its own."""
    is_over = Event()
    threads: list[Thread] = []

    def run(work: Callable[[], Any], done: "Future[Any]") -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001
            done.set_exception(error)
        is_over.wait(LONG)

    def start(work: Callable[[], Any]) -> "Future[Any]":
        done: Future[Any] = Future()
        threads.append(Thread(target=run, args=(work, done)))
        threads[-1].start()
        return done

    yield start
    is_over.set()
    for thread in threads:
        thread.join()


def taken(turns: Turns, seconds: float = LONG) -> int:
    thread = turns.take(seconds)
    assert thread is not None
    return thread


def await_line(turns: Turns, length: int) -> None:
    """Return as soon as so many wait."""
    while len(turns._line) < length:
        time.sleep(0.001)


def test_so_many_have_a_turn_at_a_time(aside: Aside) -> None:
    turns = Turns(3)
    first = [aside(lambda: taken(turns)).result(LONG) for _ in range(3)]
    assert aside(lambda: turns.take(NOT_AT_ALL)).result(LONG) is None
    turns.give_back(first[0])
    assert aside(lambda: turns.take(NOT_AT_ALL)).result(LONG) is not None


def test_who_came_first_is_served_first(aside: Aside) -> None:
    turns = Turns(1)
    served: list[int] = []

    def wait_for_one(number: int) -> None:
        thread = taken(turns)
        served.append(number)
        turns.give_back(thread)

    mine = taken(turns)
    waiting = []
    for number in range(20):
        waiting.append(aside(lambda number=number: wait_for_one(number)))  # type: ignore[misc]
        await_line(turns, number + 1)
    turns.give_back(mine)
    for each in waiting:
        each.result(LONG)
    assert served == list(range(20))


def test_who_comes_back_at_once_is_behind_those_who_wait(aside: Aside) -> None:
    """Otherwise the thread that runs at the moment would always be the next."""
    turns = Turns(1)
    mine = taken(turns)
    waiting = aside(lambda: turns.take(LONG))
    await_line(turns, 1)
    turns.give_back(mine)
    assert turns.take(NOT_AT_ALL) is None
    turns.give_back(waiting.result(LONG))
    assert turns.take(NOT_AT_ALL) is not None


def test_threads_that_keep_a_turn_and_ask_for_another_do_not_wait_for_each_other(aside: Aside) -> None:
    turns = Turns(2)
    have_one = [Event(), Event()]

    def take_two(number: int) -> None:
        mine = taken(turns)
        have_one[number].set()
        assert have_one[1 - number].wait(LONG)
        turns.give_back(taken(turns, NOT_AT_ALL))
        turns.give_back(mine)

    both = [aside(lambda: take_two(0)), aside(lambda: take_two(1))]
    for each in both:
        each.result(LONG)
    assert turns.take(NOT_AT_ALL) is not None


def test_turns_beyond_the_number_are_given_back_before_anybody_is_called(aside: Aside) -> None:
    turns = Turns(1)
    mine = [taken(turns), taken(turns)]
    waiting = aside(lambda: turns.take(LONG))
    await_line(turns, 1)
    turns.give_back(mine.pop())
    assert len(turns._line) == 1
    turns.give_back(mine.pop())
    assert waiting.result(LONG) is not None


def test_who_gives_up_waiting_leaves_the_line(aside: Aside) -> None:
    turns = Turns(1)
    mine = taken(turns)
    assert aside(lambda: turns.take(NOT_AT_ALL)).result(LONG) is None
    patient = aside(lambda: turns.take(LONG))
    await_line(turns, 1)
    turns.give_back(mine)
    assert patient.result(LONG) is not None


def test_who_waits_goes_on_waiting_while_the_line_moves(aside: Aside) -> None:
    """However long the line is: everybody in it is served in the end."""
    turns = Turns(1)
    mine = taken(turns)
    patience = 0.5

    def use_up_half_of_it() -> None:
        thread = taken(turns, patience)
        time.sleep(patience / 2)
        turns.give_back(thread)

    line = [aside(use_up_half_of_it) for _ in range(5)]
    await_line(turns, len(line))
    turns.give_back(mine)
    for each in line:
        each.result(LONG)


def test_a_turn_may_be_given_back_by_another_thread(aside: Aside) -> None:
    """A generator that keeps a turn may be closed anywhere."""
    turns = Turns(1)
    turns.give_back(aside(lambda: taken(turns)).result(LONG))
    assert aside(lambda: turns.take(NOT_AT_ALL)).result(LONG) is not None


def test_a_turn_given_back_while_another_is_taken_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The garbage collector closes what it finds in the middle of anything."""
    turns = Turns(1)
    mine = taken(turns)
    monkeypatch.setattr(module, "get_ident", lambda: mine + 1)
    waiting = module._Waiting

    def collected(thread: int) -> Any:
        turns.give_back(mine)
        return waiting(thread)

    monkeypatch.setattr(module, "_Waiting", collected)
    assert turns.take(NOT_AT_ALL) == mine + 1


@pytest.mark.parametrize("ended", [False, True], ids=["interrupted", "given up"])
@pytest.mark.parametrize("called", [False, True], ids=["waiting", "called at the last moment"])
def test_the_last_moment_of_waiting_loses_no_turn(
    aside: Aside, monkeypatch: pytest.MonkeyPatch, called: bool, ended: bool
) -> None:
    turns = Turns(1)
    mine = taken(turns)

    class LastMoment:
        def acquire(self, timeout: float = -1) -> bool:
            if timeout >= 0:
                if called and mine in turns._held:
                    turns.give_back(mine)
                if not ended:
                    raise KeyboardInterrupt
            return timeout < 0

        def release(self) -> None:
            pass

    monkeypatch.setattr(module, "Lock", LastMoment)
    waiting = aside(lambda: turns.take(NOT_AT_ALL))
    if not ended:
        with pytest.raises(KeyboardInterrupt):
            waiting.result(LONG)
    elif (thread := waiting.result(LONG)) is not None:
        assert called
        turns.give_back(thread)
    if not called:
        turns.give_back(mine)
    assert (turns._held, len(turns._line)) == ([], 0)
