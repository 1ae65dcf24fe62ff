"""The operator looks after money: where it is, and whether the provider's file agrees."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tallybook as tb

from tests.cli.operator import run, tamper

SHOP = ("--program", "shop")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PROGRAM = """
program: shop
timezone: UTC
units: {USD: {kind: money, scale: 2}}
stored_value: {USD: {currency: USD, plans: {big: {steps: [{pay: 100, bonus: 20}]}}}}
"""


@pytest.fixture
def url(database_url: str) -> str:
    """A book in which m1 has paid in 100.00 USD and got 20.00, and spent 30.00."""
    with tb.Book.open(database_url, clock=lambda: NOW) as book:
        book.apply(PROGRAM)
        who: Any = {"program": "shop", "member": "m1"}
        book.do(tb.Enroll(**who, request_id="in"))
        book.do(tb.TopUp(**who, request_id="T1", unit="USD", amount=10_000))
        book.do(tb.ConfirmTopUp(**who, request_id="paid", top_up_id="T1", amount=10_000, payment="pay-1"))
        book.do(tb.SpendValue(**who, request_id="till", unit="USD", amount=3_000))
    return database_url


def test_stored_value_is_told_in_money(url: str) -> None:
    result = run("stored-value", url, *SHOP)
    assert result.exit_code == 0
    told = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert told[0] == "USD (USD)"
    assert {"principal paid in 100.00 USD", "principal spent 10.00 USD", "bonus added 20.00 USD"} <= set(told)


def test_stored_value_is_told_as_json(url: str) -> None:
    result = run("stored-value", url, *SHOP, "--json")
    sheet = msgspec.json.decode(result.stdout)
    assert (sheet["unit"], sheet["principal"]["came_in"], sheet["bonus"]["spent"]) == ("USD", 10_000, 2_000)


def test_money_that_is_nowhere_is_found(url: str) -> None:
    tamper(url, "UPDATE lot SET amount = amount - 1 WHERE fund = 'principal'")
    result = run("stored-value", url, *SHOP)
    assert (result.exit_code, result.stderr) == (1, "tallybook: USD does not balance\n")


def test_a_file_that_agrees_ends_with_zero(url: str, tmp_path: Path) -> None:
    file = tmp_path / "settlement.csv"
    file.write_text("\ufeffid,gross,currency,date\npay-1,100.00,USD,2026-05-01\n", encoding="utf-8")
    result = run("reconcile", url, str(file), *SHOP, "--reference", "id", "--amount", "gross")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "USD: paid 100.00 USD here, 100.00 USD there; refunded 0.00 USD here, 0.00 USD there\n"
    )


def test_each_difference_is_a_line_and_the_end_is_one(url: str) -> None:
    file = b"reference,amount,currency,kind,date\npay-2,7,USD,paid,2026-05-01\n"
    result = run("reconcile", url, "-", *SHOP, typed=file)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        "paid pay-1: missing there, 100.00 USD here (m1: entry 3)",
        "paid pay-2: missing here, 7.00 USD there (line 2)",
    ]
    assert result.stderr == "2 differences\n"
    as_json = run("reconcile", url, "-", *SHOP, "--json", typed=file)
    first = msgspec.json.decode(as_json.stdout.splitlines()[0])
    assert (first["problem"], first["reference"]) == ("missing_there", "pay-1")


def test_standard_input_is_read_as_a_file_is(url: str, tmp_path: Path) -> None:
    rows = (
        b'\xef\xbb\xbfreference,amount,currency,date,note\r\npay-1,100.00,USD,2026-05-01,"two\r\nlines"\r\n'
    )
    file = tmp_path / "settlement.csv"
    for written, code in ((rows, 0), (rows.replace(b"two", b"zw\xf6"), 2)):
        file.write_bytes(written)
        by_name, typed = (
            run("reconcile", url, str(file), *SHOP),
            run("reconcile", url, "-", *SHOP, typed=written),
        )
        assert (by_name.exit_code, typed.exit_code) == (code, code)
        assert (by_name.stdout, by_name.stderr.replace(str(file), "-")) == (typed.stdout, typed.stderr)


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("-",), b"reference,amount,currency\nx,1.234,USD\n", "line 2: has the amount 1.234, more decimals"),
        (("-",), b"id,amount,currency\n", "line 1: has no column 'reference', but id, amount, currency"),
        (("-",), b"reference,amount,currency\nx,1,USD\n", "from: must be given: the file has no days"),
        (("-", "--delimiter", ";;"), b"", "--delimiter must be one character"),
        (("nowhere.csv",), b"", "cannot read nowhere.csv"),
    ],
)
def test_what_cannot_be_read_ends_with_two(
    url: str, arguments: tuple[str, ...], typed: bytes, said: str
) -> None:
    result = run("reconcile", url, *arguments, *SHOP, typed=typed)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_url_may_come_from_the_environment(url: str) -> None:
    file = b"reference,amount,currency,date\npay-1,100.00,USD,2026-05-01\n"
    assert run("reconcile", "-", *SHOP, typed=file, env={"TALLYBOOK_URL": url}).exit_code == 0
