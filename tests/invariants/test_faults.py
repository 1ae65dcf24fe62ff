"""The database fails in every way there is, and each command takes effect once, or is said not to have."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine, text

from tests.invariants.crowd import (
    PROGRAM,
    Caller,
    Trades,
    all_at_once,
    check_left,
    check_sound,
    enrolled,
    lasting_program,
)
from tests.invariants.sabotage import KINDS, POINTS, Sabotage, always, by_chance, one_by_one
from tests.torture.seeds import randomness

TRIES_MOST = 8
FAULTS = [(point, kind) for point in POINTS[:2] for kind in KINDS] + [("committed", "gone")]
CALLERS = 6
ROUNDS = 12
NOON = datetime(2026, 1, 30, 12, tzinfo=UTC)


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(database_url) as book:
        book.apply(lasting_program())
        enrolled(book, ["amy", "bob"], 100)
        yield book


def about(member: str, request_id: str) -> dict[str, Any]:
    return {"program": PROGRAM, "member": member, "request_id": request_id}


def points(amount: int) -> dict[str, Any]:
    return {"unit": "points", "amount": amount}


def a_batch() -> list[tb.Command[Any]]:
    """Commands of several kinds on several members, one of which is to be refused."""
    return [
        tb.Award(**about("amy", "r1"), **points(10)),
        tb.Redeem(**about("amy", "r2"), **points(60)),
        tb.Gift(**about("amy", "r3"), **points(20), to_member="bob"),
        tb.Redeem(**about("bob", "r4"), **points(1000)),
        tb.Enroll(**about("cat", "r5")),
        tb.Award(**about("cat", "r6"), **points(7)),
    ]


OUTCOMES = [tb.Awarded, tb.Redeemed, tb.Gifted, tb.NotEnoughPoints, tb.Enrolled, tb.Awarded]
LEFT = {"amy": (5, 30), "bob": (3, 120), "cat": (2, 7)}


def left(book: tb.Book, member: str) -> tuple[int, int]:
    """How many entries a member has, and how many points."""
    sheet = book.ask(tb.Balances(program=PROGRAM, member=member))
    return sheet.version, sheet.of("points").available


# --- retried ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS, ids=" ".join)
def test_a_fault_is_not_heard_of(book: tb.Book, database_url: str, fault: tuple[str, str]) -> None:
    with Sabotage(database_url, one_by_one(fault)).at_work():
        outcomes = book.do(a_batch())
    assert [type(outcome) for outcome in outcomes] == OUTCOMES
    assert {member: left(book, member) for member in LEFT} == LEFT
    again: list[Any] = book.do(a_batch())
    assert all(outcome.replayed for outcome in again)
    assert [type(outcome) for outcome in again] == OUTCOMES
    check_sound(book)


@pytest.mark.parametrize("fault", FAULTS, ids=" ".join)
def test_one_fault_after_another_is_not_heard_of(
    book: tb.Book, database_url: str, fault: tuple[str, str]
) -> None:
    """A command by itself that met a deadlock, then somebody who was quicker, and then this."""
    plan = one_by_one(("committing", "deadlock"), ("committing", "conflict"), fault)
    with Sabotage(database_url, plan).at_work():
        assert book.do(tb.Redeem(**about("amy", "r1"), **points(60))).balance.available == 40
    assert left(book, "amy") == (3, 40)
    check_sound(book)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (("committing", "deadlock"), tb.Contention),
        (("reading", "gone"), tb.DatabaseUnavailable),
        (("committing", "gone"), tb.OutcomeUnknown),
        (("committed", "gone"), None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_trying_ends(book: tb.Book, database_url: str, fault: tuple[str, str], told: type | None) -> None:
    """A fault that stays is told, for what it is known to be; asking again later is safe."""
    command = tb.Redeem(**about("amy", "r1"), **points(60))
    sabotage = Sabotage(database_url, always(*fault))
    with sabotage.at_work():
        (outcome,) = book.do([command])
    # What was committed is found the next time somebody looks, so the reply is had after all.
    assert isinstance(outcome, told or tb.Redeemed)
    assert sabotage.attempts <= TRIES_MOST
    assert book.do(command).balance.available == 40
    assert left(book, "amy") == (3, 40)
    check_sound(book)


def test_a_sweep_that_meets_faults_records_everything_once(database_url: str) -> None:
    later = timedelta(0)
    with tb.Book.open(database_url, clock=lambda: NOON + later) as book:
        book.apply(lasting_program())
        enrolled(book, ["amy"], 100)
        for n, fault in enumerate(FAULTS):
            book.do(tb.Hold(**about("amy", f"r{n}"), **points(60), seconds=1))
            version = left(book, "amy")[0]
            later += timedelta(hours=1)
            with Sabotage(database_url, one_by_one(fault)).at_work():
                assert book.sweep() == 1
            assert book.sweep() == 0
            assert left(book, "amy") == (version + 1, 100)
        check_sound(book)


def test_a_storm_of_faults_loses_nothing(book: tb.Book, database_url: str) -> None:
    """Many callers, and every few steps a deadlock, a conflict or a lost connection."""
    storm = by_chance(randomness("storm"), 0.04)
    callers = [
        Caller(book, ["amy", "bob"], f"t{n}", randomness(f"storm {n}"), Trades(takes_replays=True))
        for n in range(CALLERS)
    ]
    trades = Trades()
    with Sabotage(database_url, storm).at_work():
        for told in all_at_once(partial(caller.trade, ROUNDS) for caller in callers):
            trades.add(told)
    check_left(book, ["amy", "bob"], 100, trades)


# --- refused by the database --------------------------------------------------------------------------------

CULPRIT = "no database will have this"


@pytest.fixture(params=["a value", "a row"])
def picky_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """A database that refuses one text: as a value it cannot hold, or as a row that breaks a rule."""
    code = {"a value": "22000", "a row": "23514"}[request.param]
    engine = create_engine(database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text(
                    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{code}'; END $$"
                )
            )
            action = "EXECUTE FUNCTION refuse()"
        else:
            action = "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        each = f"CREATE TRIGGER picky BEFORE INSERT ON entry FOR EACH ROW WHEN (NEW.reason = '{CULPRIT}')"
        connection.execute(text(f"{each} {action}"))
    engine.dispose()
    return database_url


@pytest.mark.parametrize("culprits", [{0}, {31}, {13}, {7, 8}, {0, 9, 18, 27}, set(range(32))], ids=str)
def test_a_batch_is_halved_until_the_culprit_stands_alone(
    book: tb.Book, picky_url: str, culprits: set[int]
) -> None:
    """Its neighbours succeed, in their order, on the same members and on others."""
    members = ["amy", "bob"]
    batch = [
        tb.Award(**about(members[n % 2], f"r{n}"), **points(n + 1), reason=CULPRIT if n in culprits else "")
        for n in range(32)
    ]
    sabotage = Sabotage(picky_url, lambda point: None)
    with sabotage.at_work():
        outcomes = book.do(batch)
    assert [type(each) for each in outcomes] == [
        tb.InternalError if n in culprits else tb.Awarded for n in range(32)
    ]
    # Each culprit costs a path of halves, of which the database may be asked twice.
    assert sabotage.attempts <= 1 + 2 * 2 * len(culprits) * 6
    for parity, member in enumerate(members):
        given = [n + 1 for n in range(parity, 32, 2) if n not in culprits]
        assert left(book, member) == (2 + len(given), 100 + sum(given))
    check_sound(book)


def test_a_culprit_takes_down_only_what_followed_from_it(book: tb.Book, picky_url: str) -> None:
    """Later commands of the batch are decided as if it had never been."""
    batch = [
        tb.Award(**about("amy", "r1"), **points(1)),
        tb.Award(**about("amy", "r2"), **points(500), reason=CULPRIT),
        tb.Redeem(**about("amy", "r3"), **points(400)),
        tb.Redeem(**about("amy", "r4"), **points(101)),
        tb.Gift(**about("bob", "r5"), **points(3), to_member="amy"),
    ]
    outcomes = book.do(batch)
    assert [type(each) for each in outcomes] == [
        tb.Awarded,
        tb.InternalError,
        tb.NotEnoughPoints,
        tb.Redeemed,
        tb.Gifted,
    ]
    assert left(book, "amy") == (5, 3)
    check_sound(book)


def test_a_request_that_the_database_refused_can_be_sent_again(book: tb.Book, picky_url: str) -> None:
    """Nothing is remembered of it: neither an entry nor a refusal."""
    command = tb.Award(**about("amy", "r1"), **points(1), reason=CULPRIT)
    with pytest.raises(tb.InternalError):
        book.do(command)
    engine = create_engine(picky_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER picky" + (" ON entry" if "postgres" in picky_url else "")))
    engine.dispose()
    assert not book.do(command).replayed


def test_in_a_callers_transaction_the_error_is_the_callers(book: tb.Book, picky_url: str) -> None:
    """Nothing is tried again or halved there, and nothing is left of the transaction."""
    batch = [
        tb.Award(**about("amy", "r1"), **points(1)),
        tb.Award(**about("amy", "r2"), **points(1), reason=CULPRIT),
    ]
    engine = create_engine(picky_url)
    with pytest.raises(Exception, match="refused"), engine.begin() as connection:
        book.do(batch, connection=connection)
    engine.dispose()
    assert left(book, "amy") == (2, 100)
    assert Counter(type(each) for each in book.do(batch)) == {tb.Awarded: 1, tb.InternalError: 1}
