"""Commands that look for handles before somebody takes them, and lock their pages after it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine

from tests.clocks import SetClock
from tests.slices.draws.booth import PROGRAM, Booth
from tests.slices.draws.conftest import KEY
from tests.slices.overtaking import between


@pytest.fixture
def booth(postgresql_url: str) -> Iterator[Booth]:
    """On PostgreSQL alone: SQLite has one writer at a time."""
    clock = SetClock()
    with tb.Book.open(postgresql_url, clock=clock, code_key=KEY) as book:
        book.apply(PROGRAM)
        made = Booth(book, clock)
        made.enroll("ann", "bob", points=1000)
        yield made
        assert made.problems() == []


def test_a_red_packet_is_not_written_over_another_of_its_giver(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: booth.packet("luck", total=100))
    with pytest.raises(tb.RedPacketExists):
        booth.packet("luck", total=200)
    assert booth.balance().held == 100


def test_a_red_packet_of_the_house_is_not_written_over_another(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: booth.packet("luck", kind="festival", total=100, member=""))
    with pytest.raises(tb.RedPacketExists):
        booth.packet("luck", kind="festival", total=200, member="")


def test_so_it_is_in_a_transaction_of_the_callers(
    booth: Booth, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: booth.open("wheel"))
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        drawn = booth.book.do(booth.command("wheel"), connection=connection)
    engine.dispose()
    assert drawn.ordinal == 1


@pytest.mark.parametrize("rounds", [0, 1])
def test_a_draw_goes_by_the_round_that_was_opened_meanwhile(
    booth: Booth, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(rounds):
        booth.open("wheel")
        booth.close("wheel")
    between(monkeypatch, lambda: booth.open("wheel"))
    drawn = booth.draw("wheel")
    assert (drawn.round, drawn.ordinal) == (rounds + 1, 1)


@pytest.mark.parametrize("rounds", [0, 1])
@pytest.mark.parametrize("late", [Booth.open, Booth.close])
def test_so_do_those_that_open_and_close_it(
    booth: Booth, rounds: int, late: Callable[[Booth, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(rounds):
        booth.open("wheel")
        booth.close("wheel")
    between(monkeypatch, lambda: booth.open("wheel"))
    if late is Booth.open:
        with pytest.raises(tb.DrawOpen):
            late(booth, "wheel")
    else:
        assert late(booth, "wheel").round == rounds + 1
