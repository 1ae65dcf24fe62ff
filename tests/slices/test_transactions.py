"""A book joins the caller's own transaction: nothing stands before the caller commits, all of it after."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import tallybook as tb
from sqlalchemy import Connection, Engine, NullPool, create_engine, text

from tests.clocks import START, SetClock
from tests.slices.shop import PROGRAM, Shop

BALANCE = tb.Balances(program="shop", member="m1")


@pytest.fixture
def own(database_url: str, shop: Shop) -> Iterator[Engine]:
    """The caller's engine, and a table of the caller's."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shop_order (number text PRIMARY KEY)"))
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE shop_order"))
    engine.dispose()


def order(connection: Connection, number: str) -> None:
    connection.execute(text("INSERT INTO shop_order VALUES (:number)"), {"number": number})


def orders(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT number FROM shop_order")).scalars())


def test_what_the_caller_commits_stands_with_the_callers_own(shop: Shop, own: Engine) -> None:
    with own.begin() as connection:
        order(connection, "A")
        reply = shop.book.do(shop.awarding(10), connection=connection)
    assert reply.balance.available == 10
    assert (orders(own), shop.balance().available) == (["A"], 10)
    assert shop.problems() == []


def test_what_the_caller_rolls_back_never_was(shop: Shop, own: Engine) -> None:
    with own.connect() as connection:
        connection.begin()
        order(connection, "A")
        command = shop.awarding(10)
        shop.book.do(command, connection=connection)
        connection.rollback()
    assert (orders(own), shop.balance().available) == ([], 0)
    assert shop.book.do(command).replayed is False
    assert shop.problems() == []


def test_an_error_of_the_callers_takes_the_books_part_along(shop: Shop, own: Engine) -> None:
    with pytest.raises(ZeroDivisionError), own.begin() as connection:
        _ = shop.book.do(shop.awarding(10), connection=connection).balance.available // 0
    assert shop.balance().available == 0


def test_the_caller_sees_the_change_and_others_do_not_yet(shop: Shop, own: Engine) -> None:
    with own.begin() as connection:
        shop.book.do(shop.awarding(10), connection=connection)
        seen = shop.book.ask(BALANCE, connection=connection)
        assert seen.of("points").available == 10
        assert shop.balance().available == 0
    assert shop.balance().available == 10


def test_every_question_can_be_asked_inside(shop: Shop, own: Engine, clock: SetClock) -> None:
    who: dict[str, Any] = {"program": "shop", "member": "m1"}
    with own.begin() as connection:
        awarded = shop.book.do(shop.awarding(10), connection=connection)
        held = shop.make(tb.Hold, unit="points", amount=4, hold_id="H1")
        shop.book.do(held, connection=connection)
        answers = shop.book.ask(
            [
                tb.Statement(**who),
                tb.GetEntry(**who, entry=awarded.entry),
                tb.GetHold(**who, hold_id="H1"),
                tb.GetMember(**who),
                tb.PastBalances(**who, as_of=clock.now),
                tb.TrialBalance(program="shop"),
            ],
            connection=connection,
        )
    page, entry, hold, member, past, trial = answers
    assert [each.kind for each in page.entries] == ["hold", "award", "enroll"]
    assert entry.postings[0].amount == 10
    assert hold.balance == (6, 0, 4, 0)
    assert member.version == 3
    assert past.of("points") == (6, 0, 4, 0)
    assert trial.difference("points") == 0


def test_asking_leaves_the_callers_connection_as_it_was(shop: Shop, own: Engine, clock: SetClock) -> None:
    past = tb.PastBalances(program="shop", member="m1", as_of=clock.now)
    with own.begin() as connection:
        before = dict(connection.get_execution_options())
        shop.book.ask([past, tb.Statement(program="shop", member="m1")], connection=connection)
        assert dict(connection.get_execution_options()) == before
        assert connection.execute(text("SELECT count(*) FROM entry")).scalar() == 1


def test_commands_of_one_transaction_follow_each_other(shop: Shop, own: Engine) -> None:
    with own.begin() as connection:
        replies = [shop.book.do(shop.awarding(1), connection=connection) for _ in range(3)]
        outcomes = shop.book.do([shop.redeeming(2), shop.redeeming(2)], connection=connection)
    assert [reply.entry for reply in replies] == [2, 3, 4]
    assert [type(outcome) for outcome in outcomes] == [tb.Redeemed, tb.NotEnoughPoints]
    assert shop.balance().available == 1
    assert shop.problems() == []


def test_a_refusal_inside_raises_and_is_remembered_if_the_caller_commits(shop: Shop, own: Engine) -> None:
    command = shop.redeeming(5)
    with own.begin() as connection:
        with pytest.raises(tb.NotEnoughPoints):
            shop.book.do(command, connection=connection)
        order(connection, "A")
    shop.award(10)
    with pytest.raises(tb.NotEnoughPoints) as again:
        shop.book.do(command)
    assert again.value.replayed
    assert orders(own) == ["A"]


def test_a_request_is_replayed_across_the_edge_of_a_transaction(shop: Shop, own: Engine) -> None:
    outside, inside = shop.awarding(1), shop.awarding(2)
    shop.book.do(outside)
    with own.begin() as connection:
        assert shop.book.do(outside, connection=connection).replayed
        assert not shop.book.do(inside, connection=connection).replayed
        assert shop.book.do(inside, connection=connection).replayed
    assert shop.book.do(inside).replayed
    assert shop.balance().available == 3


def test_a_caller_who_commits_as_it_goes_commits_what_the_book_did(shop: Shop, own: Engine) -> None:
    with own.connect() as connection:
        shop.book.do(shop.awarding(1), connection=connection)
        connection.commit()
        shop.book.do(shop.awarding(100), connection=connection)
        connection.rollback()
        shop.book.do(shop.awarding(2), connection=connection)
        connection.commit()
    assert shop.balance().available == 3
    assert shop.problems() == []


def test_what_others_did_is_seen_behind_the_end_of_a_callers_transaction(shop: Shop, own: Engine) -> None:
    reading = own.execution_options(isolation_level="SERIALIZABLE")
    with reading.connect() as connection:
        assert shop.book.ask(BALANCE, connection=connection).of("points").available == 0
        shop.award(1)
        connection.rollback()
        assert shop.book.ask(BALANCE, connection=connection).of("points").available == 1


def test_a_connection_that_commits_every_statement_is_no_transaction(shop: Shop, own: Engine) -> None:
    with own.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        with pytest.raises(tb.InvalidInput) as refused:
            shop.book.do(shop.awarding(1), connection=connection)
        assert refused.value.field == "connection"
        assert shop.book.ask(BALANCE, connection=connection).of("points").available == 0
    assert shop.balance().available == 0


def test_a_savepoint_can_be_rolled_back_alone(shop: Shop, own: Engine) -> None:
    with own.begin() as connection:
        shop.book.do(shop.awarding(1), connection=connection)
        savepoint = connection.begin_nested()
        shop.book.do(shop.awarding(100), connection=connection)
        savepoint.rollback()
        shop.book.do(shop.awarding(2), connection=connection)
    assert shop.balance().available == 3
    assert shop.problems() == []


def test_time_that_passed_is_recorded_inside_as_well(shop: Shop, own: Engine, clock: SetClock) -> None:
    shop.award(10, vests_on=clock.now.date().replace(day=5))
    clock.forward(days=10)
    with own.begin() as connection:
        assert shop.book.do(shop.redeeming(10), connection=connection).balance.available == 0
    assert [each.kind for each in shop.statement().entries] == ["redeem", "vest", "award", "enroll"]
    assert shop.problems() == []


ZONES = ["America/New_York", "Asia/Kathmandu"]


@pytest.mark.parametrize("zone", ZONES)
def test_the_time_zone_of_the_callers_session_does_not_matter(
    postgresql_url: str, clock: SetClock, zone: str
) -> None:
    engine = create_engine(
        postgresql_url, connect_args={"options": f"-c timezone={zone}"}, poolclass=NullPool
    )
    with tb.Book.open(postgresql_url, clock=clock) as book:
        book.apply(PROGRAM)
        shop = Shop(book, clock)
        shop.enroll()
        shop.award(10, expires_on=clock.now.date().replace(day=20))
        shop.hold(4, seconds=60)
        for days in (0, 1, 60):
            clock.forward(days=days)
            with engine.begin() as connection:
                shop.book.do(shop.awarding(1), connection=connection)
                shop.book.ask(BALANCE, connection=connection)
        assert shop.balance().available == 3
        assert shop.problems() == []


def test_the_time_zone_of_the_books_clock_does_not_matter(database_url: str) -> None:
    clock = SetClock(START.astimezone(ZoneInfo("Asia/Kathmandu")))
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(PROGRAM)
        shop = Shop(book, clock)
        shop.enroll()
        shop.award(10, expires_on=clock.now.date().replace(day=20))
        shop.hold(4, seconds=60)
        clock.forward(days=60)
        assert shop.award(1).balance.available == 1
        assert book.sweep() == 0
        assert shop.problems() == []
