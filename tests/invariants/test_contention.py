"""Batches that others are in the way of: made smaller while there is time, and given up in the end."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import tallybook as tb
from tallybook.db import servers
from tallybook.engine import attempts

from tests.invariants.crowd import PROGRAM, check_sound, enrolled, lasting_program
from tests.invariants.sabotage import Sabotage, always, one_by_one

NOON = datetime(2026, 1, 30, 12, tzinfo=UTC)
MEETING = ("committing", "conflict")
SIZE = 8


@pytest.fixture
def book(database_url: str) -> Any:
    with tb.Book.open(database_url, clock=lambda: NOON) as book:
        book.apply(lasting_program())
        enrolled(book, ["amy"], 100)
        yield book


def awards() -> list[tb.Award]:
    about: dict[str, Any] = {"program": PROGRAM, "member": "amy", "unit": "points", "amount": 1}
    return [tb.Award(**about, request_id=f"r{n}") for n in range(SIZE)]


def kinds(outcomes: list[tb.Outcome]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


@pytest.fixture
def no_time_for_who_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TRYING_MAX", timedelta(0))


@pytest.mark.usefixtures("no_time_for_who_is_away")
@pytest.mark.parametrize("meetings", [1, 2, 5])
def test_a_slow_batch_that_meets_others_is_not_given_up(
    book: tb.Book, database_url: str, meetings: int
) -> None:
    """The time in which a database that is away has to come back is no limit for one that answers."""
    with Sabotage(database_url, one_by_one(*[MEETING] * meetings)).at_work():
        assert kinds(book.do(awards())) == {tb.Awarded}
    check_sound(book)


def test_a_batch_that_has_run_out_of_tries_at_a_meeting_is_halved(
    book: tb.Book, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "TRIES", 3)
    plan = one_by_one(("reading", "gone"), ("reading", "gone"), MEETING)
    sabotage = Sabotage(database_url, plan)
    with sabotage.at_work():
        assert kinds(book.do(awards())) == {tb.Awarded}
    assert sabotage.attempts == 1 + 2


def test_meeting_others_ends(book: tb.Book, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch whose time is over is given up as a whole, with its halves."""
    monkeypatch.setattr(attempts, "CONTENDING_MAX", timedelta(0))
    sabotage = Sabotage(database_url, always(*MEETING))
    with sabotage.at_work():
        assert kinds(book.do(awards())) == {tb.Contention}
    assert sabotage.attempts == 1
    assert kinds(book.do(awards())) == {tb.Awarded}


def test_halves_have_the_time_that_is_left_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = attempts.Attempts()
    assert whole.again(away=False)
    part = whole.of_a_part()
    assert (part.failed, part.may_contend()) == (0, True)
    monkeypatch.setattr(attempts, "CONTENDING_MAX", timedelta(0))
    assert not part.may_contend()


def test_what_is_in_doubt_stays_so_in_halves(book: tb.Book, database_url: str) -> None:
    """A connection was lost in a commit: that others are in the way later does not tell what came of it."""
    faults = iter(["gone"])
    plan = lambda point: next(faults, "deadlock") if point == "committing" else None  # noqa: E731
    with Sabotage(database_url, plan).at_work():
        assert kinds(book.do(awards()[:2])) == {tb.OutcomeUnknown}


def test_a_batch_that_waits_for_another_to_write_is_not_made_smaller(sqlite_url: str) -> None:
    """Halves would wait for the one writer of SQLite just as long, each of them."""
    with tb.Book.open(sqlite_url, clock=lambda: NOON) as book:
        book.apply(lasting_program())
        enrolled(book, ["amy"], 100)
        sabotage = Sabotage(sqlite_url, always("committing", "deadlock"))
        with sabotage.at_work():
            assert kinds(book.do(awards())) == {tb.Contention}
        assert sabotage.attempts == attempts.TRIES


@pytest.mark.usefixtures("no_time_for_who_is_away")
def test_a_batch_that_takes_longer_than_the_server_waits_is_halved(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends its connection, but the database is there: it is no reason to give up."""
    quick = servers.POSTGRESQL.keyed_settings.replace("'5s'", "'200ms'")
    assert quick != servers.POSTGRESQL.keyed_settings
    monkeypatch.setattr(servers, "POSTGRESQL", replace(servers.POSTGRESQL, keyed_settings=quick))
    decide = tb.Award.decide

    def slowly(self: tb.Award, desk: Any) -> tb.Awarded:
        time.sleep(0.05)
        return decide(self, desk)

    with tb.Book.open(postgresql_url, clock=lambda: NOON) as book:
        book.apply(lasting_program())
        enrolled(book, ["amy"], 100)
        monkeypatch.setattr(tb.Award, "decide", slowly)
        assert kinds(book.do(awards())) == {tb.Awarded}
        check_sound(book)
