"""The operator makes gift cards: codes in a file that its owner alone reads, and none of them is lost."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
import tallybook as tb
from tallybook.cli import cards as cards_command
from tallybook.stored_value import by_code

from tests.cli.operator import run
from tests.memory import peak_of

PROGRAM = """
program: shop
timezone: UTC
units: {USD: {kind: money, scale: 2}}
stored_value: {USD: {currency: USD}}
"""
KEY = "a key of thirty-two bytes for us"
ENV = {"TALLYBOOK_CODE_KEY": KEY, "TALLYBOOK_PROGRAM": "shop"}


@pytest.fixture
def url(database_url: str) -> str:
    with tb.Book.open(database_url) as book:
        book.apply(PROGRAM)
    return database_url


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "codes.csv"


def issue(url: str, out: Path, count: int, *more: str, env: dict[str, str] = ENV) -> tuple[int, str, str]:
    arguments = ("--batch", "xmas", "--count", str(count), "--unit", "USD", "--out", str(out), *more)
    result = run("issue-cards", url, *arguments, env=env)
    return result.exit_code, result.stdout, result.stderr


def told(out: Path) -> list[dict[str, str]]:
    with out.open() as file:
        return list(csv.DictReader(file))


def all_good(url: str, cards: list[dict[str, str]]) -> bool:
    """Whether every code opens its card."""
    with tb.Book.open(url, code_key=tb.CodeKey(KEY)) as book:
        return all(
            book.cards.present("shop", "test", f"p-{card['code']}", card["code"], card["pin"]).card
            == card["card"]
            for card in cards
        )


def test_codes_are_written_where_only_the_owner_reads(url: str, out: Path) -> None:
    code, said, complained = issue(url, out, 3, "--amount", "50.00", "--pin-digits", "4")
    assert (code, complained) == (0, "")
    assert said == f"issued 3 cards of batch xmas: 3 codes are in {out}\n"
    assert out.stat().st_mode & 0o777 == 0o600
    cards = told(out)
    assert [card["card"] for card in cards] == [f"card:xmas-000000{number}" for number in (1, 2, 3)]
    assert not any(card["code"] in said for card in cards)
    assert all_good(url, cards)
    with tb.Book.open(url) as book:
        assert book.ask(tb.GetCard(program="shop", member="card:xmas-0000001")).amount == 5_000


def test_what_broke_off_is_gone_on_with(url: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_code, "CARDS_AT_ONCE", 4)
    with tb.Book.open(url, code_key=tb.CodeKey(KEY)) as book:
        issuing = book.cards.issue(tb.CardsToIssue("shop", "xmas", 10, "USD"))
        safe = [next(issuing) for _ in range(6)]
        issuing.close()
    lines = "".join(f"{card.card},{card.code},{card.pin}\n" for card in safe)
    out.write_text(f"card,code,pin\n{lines}card:xmas-0000007,ABCD-")
    code, said, _ = issue(url, out, 10)
    assert (code, said) == (0, f"issued 4 cards of batch xmas: 10 codes are in {out}\n")
    cards = told(out)
    assert [card["code"] for card in cards[:6]] == [card.code for card in safe]
    assert len(cards) == 10
    assert all_good(url, cards)
    assert issue(url, out, 10)[1] == f"issued 0 cards of batch xmas: 10 codes are in {out}\n"


def test_a_batch_is_not_issued_over_another_file(url: str, out: Path, tmp_path: Path) -> None:
    issue(url, out, 2)
    code, _, said = issue(url, tmp_path / "other.csv", 2)
    assert (code, said) == (3, "tallybook: Card 'card:xmas-0000001' was issued before.\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("something else\n", "is not a file of codes"),
        ("something else", "is not a file of codes"),
        ("card,code,pin\n" + "x" * 5_000, "is not a file of codes"),
        (
            "card,code,pin\ncard:easter-0000001,X,\n",
            "ends with card:easter-0000001, not with card:xmas-0000001",
        ),
        ("card,code,pin\n" + "card:xmas-0000004,X,\n" * 4, "has 4 cards already, more than 3"),
    ],
)
def test_a_file_of_something_else_is_left_alone(url: str, out: Path, text: str, said: str) -> None:
    out.write_text(text)
    code, _, complained = issue(url, out, 3)
    assert code == 2
    assert said in complained
    assert out.read_text() == text


@pytest.mark.parametrize(
    ("more", "env", "said"),
    [
        ((), {"TALLYBOOK_PROGRAM": "shop"}, "set TALLYBOOK_CODE_KEY"),
        ((), {**ENV, "TALLYBOOK_CODE_KEY": "short"}, "TALLYBOOK_CODE_KEY must have at least 16 bytes"),
        (("--amount", "50.001"), ENV, "--amount 50.001 has more than the 2 decimals of USD"),
        (("--amount", "fifty"), ENV, "--amount fifty is no amount of money"),
        (("--amount", "1e30"), ENV, "--amount 1e30 is no amount of money"),
        (("--amount", "1e999999"), ENV, "--amount 1e999999 is no amount of money"),
        ((), {**ENV, "TALLYBOOK_CODE_KEY": "\udcff" * 16}, "TALLYBOOK_CODE_KEY must be UTF-8 text"),
        (("--amount", "0"), ENV, "amount: must be from 1"),
        (("--unit", "EUR", "--amount", "1"), ENV, "does not keep EUR as stored value"),
        (("--pin-digits", "2"), ENV, "pin_digits: must be from 4"),
    ],
)
def test_what_makes_no_sense_ends_with_two(
    url: str, out: Path, more: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    code, _, complained = issue(url, out, 3, *more, env=env)
    assert code == 2
    assert said in complained


def test_who_stops_issuing_learns_how_to_go_on(url: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(cards_command, "CARDS_AT_ONCE", 4)
        interrupted.setattr(os, "fsync", stop)
        code, said, complained = issue(url, out, 10)
    assert (code, said) == (3, "")
    assert complained == "tallybook: stopped; the same command goes on with batch xmas\n"
    assert issue(url, out, 10)[0] == 0
    assert len(told(out)) == 10
    assert all_good(url, told(out))


def test_what_has_no_end_is_not_read(url: str) -> None:
    code, _, complained = issue(url, Path("/dev/null"), 3)
    assert (code, complained) == (2, "tallybook: /dev/null is no regular file\n")
    assert issue(url, Path("/dev/zero"), 3)[0] == 2


@pytest.mark.parametrize("count", [3, 5])
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--amount", "50.00"), "card:xmas-0000003 is for any amount of USD, not 50.00 USD"),
        (("--unit", "EUR"), "card:xmas-0000003 is for any amount of USD, not any amount of EUR"),
        (("--pin-digits", "4"), "card:xmas-0000003 has no PIN"),
    ],
)
def test_a_batch_is_gone_on_with_as_it_was_begun(
    url: str, out: Path, count: int, more: tuple[str, ...], said: str
) -> None:
    with tb.Book.open(url) as book:
        money = PROGRAM.replace("scale: 2}}", "scale: 2}, EUR: {kind: money, scale: 2}}")
        book.apply(money.replace("USD}}", "USD}, EUR: {currency: EUR}}"))
    issue(url, out, 3)
    before = out.read_text()
    code, _, complained = issue(url, out, count, *more)
    assert (code, said in complained) == (2, True)
    assert out.read_text() == before


def test_a_file_of_cards_that_the_book_does_not_have_is_left_alone(url: str, out: Path) -> None:
    out.write_text("card,code,pin\ncard:xmas-0000001,X,\n")
    code, _, complained = issue(url, out, 3)
    assert (code, complained) == (2, f"tallybook: {out} has card:xmas-0000001, and the book has not\n")


@pytest.mark.parametrize("name", ["", "no/such/folder.csv", "x" * 300])
def test_codes_that_cannot_be_written_are_not_issued(url: str, tmp_path: Path, name: str) -> None:
    code, _, complained = issue(url, tmp_path / name, 3)
    assert (code, "cannot write" in complained) == (2, True)
    with tb.Book.open(url) as book, pytest.raises(tb.UnknownMember):
        book.ask(tb.Balances(program="shop", member="card:xmas-0000001"))


def test_many_cards_take_no_more_memory(url: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_code, "CARDS_AT_ONCE", 200)

    def peak(count: int) -> int:
        def all_issued() -> None:
            assert issue(url, out, count)[0] == 0

        return peak_of(all_issued)

    peak(200)
    small = peak(2_000)
    assert peak(6_000) < 1.1 * small
    assert len(told(out)) == 6_000
