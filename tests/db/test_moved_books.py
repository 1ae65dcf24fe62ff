"""A book that is restored into another cluster goes on where it was in the order of commits."""

import time
from collections.abc import Iterator

import pytest
import tallybook as tb
from sqlalchemy import Engine, create_engine, text

FAR_AHEAD = 1_000_000_000
WAIT_S = 60


@pytest.fixture
def by_hand(postgresql_url: str) -> Iterator[Engine]:
    engine = create_engine(postgresql_url)
    yield engine
    engine.dispose()


def begin(url: str) -> None:
    """A book with a member, used for a while before it moves."""
    with tb.Book.open(url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program="demo", member="ada", request_id="joined"))
    open_and_award(url, "before")


def open_and_award(url: str, request_id: str) -> tb.TrialBalanceSheet:
    """What a process does with the book: open it, award, roll up, and read the trial balance."""
    with tb.Book.open(url) as book:
        book.do(tb.Award(program="demo", member="ada", request_id=request_id, unit="points", amount=1))
        book.roll_up()
        assert [checked.disagreement for checked in book.verify("demo")] == [None]
        return book.ask(tb.TrialBalance(program="demo"))


def move_to_a_young_cluster(engine: Engine) -> None:
    """As if this book came from a cluster that is far ahead of this one in transaction ids."""
    with engine.begin() as connection:
        for table in ("entry", "folio", "rollup_mark"):
            connection.execute(text(f"UPDATE {table} SET position = position + {FAR_AHEAD}"))
        connection.execute(text("UPDATE commit_order SET cluster = 'elsewhere'"))


def positions(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT position FROM entry ORDER BY version")).scalars())


def roll_up_everything(url: str, engine: Engine) -> None:
    """Wait for whoever is under way elsewhere on the cluster: the rollup stops below their transactions."""
    newest_is_rolled_up = text("SELECT (SELECT position FROM rollup_mark) > max(position) FROM entry")
    give_up = time.monotonic() + WAIT_S
    with tb.Book.open(url) as book:
        while True:
            book.roll_up()
            with engine.connect() as connection:
                if connection.execute(newest_is_rolled_up).scalar_one():
                    return
            assert time.monotonic() < give_up, "somebody else's transaction does not end"
            time.sleep(0.05)


def test_entries_after_a_move_are_stamped_above_those_before(postgresql_url: str, by_hand: Engine) -> None:
    begin(postgresql_url)
    move_to_a_young_cluster(by_hand)
    open_and_award(postgresql_url, "after")
    sheet = open_and_award(postgresql_url, "later")

    stamped = positions(by_hand)
    assert stamped == sorted(stamped)
    assert min(stamped) > FAR_AHEAD
    assert {each.account: each.amount for each in sheet.accounts} == {"available": 3, "issued": -3}


def test_what_was_rolled_up_before_a_move_lies_behind_it(postgresql_url: str, by_hand: Engine) -> None:
    """Others' transactions may lie between the newest entry and what was rolled up."""
    begin(postgresql_url)
    roll_up_everything(postgresql_url, by_hand)
    with by_hand.begin() as connection:
        connection.execute(text("UPDATE rollup_mark SET position = position + 100"))
    move_to_a_young_cluster(by_hand)
    open_and_award(postgresql_url, "after")


def test_who_is_under_way_while_a_book_moves_in_does_not_hold_it_back(
    postgresql_url: str, by_hand: Engine
) -> None:
    begin(postgresql_url)
    move_to_a_young_cluster(by_hand)
    with by_hand.begin() as under_way:
        under_way.execute(text("SELECT pg_current_xact_id()"))
        with by_hand.begin() as another:
            another.execute(text("SELECT pg_current_xact_id()"))
        open_and_award(postgresql_url, "after")


def test_a_book_that_stays_keeps_its_shift(postgresql_url: str, by_hand: Engine) -> None:
    def shifts() -> list[tuple[str, int]]:
        with tb.Book.open(postgresql_url), by_hand.connect() as connection:
            return [tuple(row) for row in connection.execute(text("SELECT cluster, shift FROM commit_order"))]

    first = shifts()
    assert first[0][1] == 0
    assert shifts() == first
