"""Gift cards by the hundred thousand, in one command: within little memory, and none is lost to a kill -9."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import tallybook as tb
from sqlalchemy import make_url
from tallybook.stored_value.by_code import CARDS_AT_ONCE
from tallybook.stored_value.cards import card_name

from tests.torture.measured import ROOT, Measured
from tests.torture.seeds import randomness

FEW = 2 * CARDS_AT_ONCE
SMALL, LARGE = 12_000, 1_000_000
SAMPLE = 50
PEAK_BYTES_MAX = 200 * 1024 * 1024
KEY = "a key of thirty-two bytes for us"
ENV = {"TALLYBOOK_CODE_KEY": KEY, "TALLYBOOK_PROGRAM": "shop"}
PATIENCE_S = 600
PROGRAM = """
program: shop
timezone: UTC
units: {USD: {kind: money, scale: 2}}
stored_value: {USD: {currency: USD}}
codes: {tries: 100}
"""
MANY = pytest.mark.parametrize(
    "count", [SMALL, pytest.param(LARGE, marks=[pytest.mark.torture, pytest.mark.timeout(7200)])]
)


@pytest.fixture
def url(database_url: str) -> str:
    with tb.Book.open(database_url) as book:
        book.apply(PROGRAM)
    return database_url


def words(url: str, out: Path, batch: str, count: int) -> list[str]:
    """The command that issues cards with PINs into a file."""
    given = ["--batch", batch, "--count", str(count), "--unit", "USD", "--pin-digits", "4"]
    return ["issue-cards", url, *given, "--out", str(out)]


@MANY
def test_many_cards_take_the_memory_of_a_few(
    url: str, tmp_path: Path, count: int, print_figures: Callable[..., None]
) -> None:
    few = Measured(tmp_path, *words(url, tmp_path / "few.csv", "few", FEW), env=ENV)
    many = Measured(tmp_path, *words(url, tmp_path / "many.csv", "many", count), env=ENV)
    print_figures(
        "issue_cards",
        database=make_url(url).get_backend_name(),
        cards=count,
        cards_a_second=round(count / many.seconds),
        peak_mib=many.peak_bytes >> 20,
        peak_of_few_mib=few.peak_bytes >> 20,
    )
    assert many.peak_bytes < PEAK_BYTES_MAX
    assert many.peak_bytes < 1.2 * few.peak_bytes
    assert_all_told(url, tmp_path / "many.csv", "many", count)


@MANY
def test_who_is_killed_goes_on_and_every_card_has_one_code(url: str, tmp_path: Path, count: int) -> None:
    out = tmp_path / "codes.csv"
    killed_halfway(words(url, out, "broken", count), out, count)
    assert 0 < len(lines(out)) < count
    told = set(lines(out)[1:-1])
    Measured(tmp_path, *words(url, out, "broken", count), env=ENV)
    assert told < set(lines(out)), "what was told before is told as it was"
    assert_all_told(url, out, "broken", count)


def killed_halfway(command: list[str], out: Path, count: int) -> None:
    """Run the command until it has told half of the codes, and kill it where it stands."""
    with subprocess.Popen(
        [sys.executable, "-m", "tallybook", *command], cwd=ROOT, env={**os.environ, **ENV}
    ) as process:
        half = count // 2 * len(f"{card_name('broken', 1)},0000-0000-0000-00000,0000\n")
        until = time.monotonic() + PATIENCE_S
        while not out.exists() or out.stat().st_size < half:
            assert process.poll() is None, "it ended before it was killed"
            assert time.monotonic() < until, "it does not come halfway"
            time.sleep(0.01)
        process.kill()


def lines(out: Path) -> list[str]:
    return out.read_text().splitlines()


def assert_all_told(url: str, out: Path, batch: str, count: int) -> None:
    """Every card of the batch is told once, in order, with a code of its own; and codes open their cards."""
    head, *told = lines(out)
    assert head == "card,code,pin"
    cards = [line.split(",") for line in told]
    assert [card for card, _, _ in cards] == [card_name(batch, number) for number in range(1, count + 1)]
    assert len({code for _, code, _ in cards}) == count
    with tb.Book.open(url, code_key=tb.CodeKey(KEY)) as book:
        for card, code, pin in randomness("cards").sample(cards, SAMPLE):
            assert book.cards.present("shop", "test", f"p-{code}", code, pin).card == card
