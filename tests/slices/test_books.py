"""A book is opened at a URL, does one command or many, tries them, and answers one question or many."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine, inspect
from tallybook.db.columns import METADATA

from tests.clocks import START, SetClock
from tests.slices.shop import PROGRAM, Shop

WHO: dict[str, Any] = {"program": "shop", "member": "m1"}


# --- opening ---------------------------------------------------------------------------------------------


def test_an_empty_file_becomes_a_book_and_stays_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    for _ in range(2):
        with tb.Book.open(url) as book:
            book.apply(PROGRAM)
    with tb.Book.open(url) as book:
        assert book.program("shop").revision == 1


def test_a_book_in_memory_is_gone_when_it_is_closed() -> None:
    with tb.Book.open("sqlite://") as book:
        book.apply(PROGRAM)
    with tb.Book.open("sqlite://") as book, pytest.raises(tb.UnknownProgram):
        book.program("shop")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_is_found_by_any_of_its_names(postgresql_url: str, scheme: str) -> None:
    with tb.Book.open(postgresql_url.replace("postgresql+psycopg", scheme)) as book:
        assert book.apply(PROGRAM).revision == 1


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(tb.InvalidInput, match="mysql"):
        tb.Book.open("mysql://localhost/shop")


@pytest.mark.parametrize(
    "url", ["postgresql://localhost:1/shop?connect_timeout=2", "sqlite:////nowhere/at/all/shop.db"]
)
def test_a_database_that_cannot_be_reached_is_told_as_such(url: str) -> None:
    with pytest.raises(tb.DatabaseUnavailable):
        tb.Book.open(url)


def test_a_book_that_was_closed_can_be_used_again(shop: Shop) -> None:
    shop.book.close()
    assert shop.award(10).balance.available == 10


def test_two_books_on_one_database_see_each_other(database_url: str, clock: SetClock) -> None:
    with tb.Book.open(database_url, clock=clock) as one, tb.Book.open(database_url, clock=clock) as other:
        one.apply(PROGRAM)
        Shop(one, clock).enroll()
        Shop(other, clock).book.do(tb.Award(**WHO, request_id="order-1", unit="points", amount=10))
        assert one.ask(tb.Balances(**WHO)).of("points").available == 10


def test_a_book_leaves_no_table_but_its_own(database_url: str) -> None:
    tb.Book.open(database_url).close()
    engine = create_engine(database_url)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    assert tables == {"tallybook_schema", *METADATA.tables}


def _award_in_a_child(book: tb.Book) -> None:
    book.close()
    book.do(tb.Award(**WHO, request_id="child", unit="points", amount=5))


def test_a_forked_child_uses_connections_of_its_own(shop: Shop) -> None:
    shop.award(10)
    child = multiprocessing.get_context("fork").Process(target=_award_in_a_child, args=(shop.book,))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert shop.award(1).balance.available == 16


# --- doing -----------------------------------------------------------------------------------------------


def test_one_command_returns_its_reply(shop: Shop) -> None:
    reply = shop.award(10)
    assert isinstance(reply, tb.Awarded)
    assert (reply.entry, reply.recorded_at, reply.replayed) == (2, START, False)


def test_one_command_raises_what_it_was_refused_with(shop: Shop) -> None:
    with pytest.raises(tb.NotEnoughPoints) as refused:
        shop.redeem(10)
    assert refused.value.facts() == {"unit": "points", "asked": 10, "available": 0}


def test_many_commands_return_an_outcome_each_in_order(shop: Shop) -> None:
    outcomes = shop.book.do(
        [
            shop.awarding(10),
            shop.redeeming(11),
            shop.awarding(5, "nobody"),
            shop.make(tb.Award, program="nowhere", unit="points", amount=1),
            shop.redeeming(10),
        ]
    )
    kinds = [tb.Awarded, tb.NotEnoughPoints, tb.UnknownMember, tb.UnknownProgram, tb.Redeemed]
    assert [type(outcome) for outcome in outcomes] == kinds


def test_no_commands_have_no_outcomes(shop: Shop) -> None:
    assert shop.book.do([]) == []
    assert shop.book.simulate([]) == []
    assert shop.book.ask([]) == []


def test_more_commands_than_a_batch_takes_are_all_done(shop: Shop) -> None:
    outcomes = shop.book.do([shop.awarding(1) for _ in range(1500)])
    assert [outcome.entry for outcome in outcomes if isinstance(outcome, tb.Awarded)] == [*range(2, 1502)]
    assert shop.balance().available == 1500
    assert shop.problems() == []


def test_members_whose_names_are_hard_to_write_are_kept_apart(shop: Shop) -> None:
    names = [
        "a b",
        "{x}",
        "NULL",
        '"',
        "'",
        "\\",
        "a,b",
        "$1",
        "%s",
        ":x",
        "1",
        "01",
        "a" * 128,
        "A",
        "a",
        "~",
    ]
    shop.enroll(*names)
    for number, name in enumerate(names, start=1):
        shop.award(number, name)
    assert [shop.balance(name).available for name in names] == [*range(1, len(names) + 1)]
    assert shop.problems() == []


def test_text_of_every_script_is_kept_as_it_is(shop: Shop) -> None:
    reason, source = '客户 "quoted" \\ {braces}\n\ttab 😀', "till '4'; DROP TABLE entry; --"
    metadata = {'a "key"': "värde\\", "{}": "NULL", "empty": ""}
    reply = shop.award(10, reason=reason, source=source, metadata=metadata)
    found = shop.book.ask(tb.GetEntry(**WHO, entry=reply.entry))
    assert (found.reason, found.source, found.metadata) == (reason, source, metadata)
    assert shop.problems() == []


# --- trying ----------------------------------------------------------------------------------------------


def test_trying_answers_as_doing_would(shop: Shop) -> None:
    shop.award(10)
    commands = [shop.redeeming(4), shop.redeeming(7), shop.awarding(1, "nobody"), shop.redeeming(6)]
    tried = shop.book.simulate(commands)
    done = shop.book.do(commands)
    assert [*map(repr, tried)] == [*map(repr, done)]


def test_trying_one_command_returns_or_raises(shop: Shop) -> None:
    assert shop.book.simulate(shop.awarding(10)).balance.available == 10
    with pytest.raises(tb.NotEnoughPoints):
        shop.book.simulate(shop.redeeming(10))


# --- asking ----------------------------------------------------------------------------------------------


def test_many_questions_are_answered_or_refused_in_order(shop: Shop) -> None:
    shop.enroll("m2")
    shop.award(10)
    answers = shop.book.ask(
        [
            tb.Balances(program="shop", member="m1"),
            tb.Balances(program="shop", member="nobody"),
            tb.Balances(program="nowhere", member="m1"),
            tb.GetMember(program="shop", member="m2"),
            tb.GetHold(program="shop", member="m1", hold_id="H9"),
            tb.Statement(program="shop", member="m1"),
            tb.Statement(program="shop", member="nobody"),
            tb.GetEntry(program="shop", member="m1", entry=9),
            tb.TrialBalance(program="nowhere"),
            tb.Balances(program="shop", member="m1"),
        ]
    )
    assert [type(answer) for answer in answers] == [
        tb.BalanceSheet,
        tb.UnknownMember,
        tb.UnknownProgram,
        tb.MemberView,
        tb.UnknownHold,
        tb.Page,
        tb.UnknownMember,
        tb.UnknownEntry,
        tb.UnknownProgram,
        tb.BalanceSheet,
    ]
    assert answers[0] == answers[-1]


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: tb.Balances(program="shop", member="nobody"), tb.UnknownMember),
        (lambda: tb.Balances(program="nowhere", member="m1"), tb.UnknownProgram),
        (lambda: tb.Balances(program="shop", member="m1"), None),
        (lambda: tb.Balances(program="", member="m1"), tb.InvalidInput),
        (lambda: tb.Balances(program="shop", member="m 1\n"), tb.InvalidInput),
        (lambda: tb.GetHold(program="shop", member="m1", hold_id=""), tb.InvalidInput),
        (lambda: tb.GetEntry(program="shop", member="m1", entry=0), tb.InvalidInput),
        (lambda: tb.Statement(program="shop", member="m1", page_size=-1), tb.InvalidInput),
        (lambda: tb.Statement(program="shop", member="m1", page_token="nonsense"), tb.PageTokenInvalid),
        (lambda: tb.Statement(program="shop", member="m1", unit="\n"), tb.InvalidInput),
        (
            lambda: tb.PastBalances(program="shop", member="m1", as_of=START.replace(tzinfo=None)),
            tb.InvalidInput,
        ),
        (lambda: tb.TrialBalance(program="shop", unit=" "), tb.InvalidInput),
    ],
)
def test_one_question_returns_its_answer_or_raises(
    shop: Shop, ask: Callable[[], tb.Query[object]], error: type[tb.TallybookError] | None
) -> None:
    if error is None:
        shop.book.ask(ask())
    else:
        with pytest.raises(error):
            shop.book.ask(ask())


def test_a_sheet_knows_every_unit_of_the_program_and_no_other(shop: Shop) -> None:
    sheet = shop.book.ask(tb.Balances(program="shop", member="m1"))
    assert [each.unit for each in sheet.units] == ["points", "stars", "growth"]
    with pytest.raises(tb.UnknownUnit):
        sheet.of("coins")
