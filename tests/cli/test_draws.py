"""The operator recomputes what was drawn by lot."""

import pytest
import tallybook as tb
from sqlalchemy import create_engine, text

from tests.cli.operator import run
from tests.clocks import SetClock
from tests.slices.draws.booth import PROGRAM, Booth
from tests.slices.draws.conftest import KEY

DRAWN = 40


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def booth_url(database_url: str, clock: SetClock) -> str:
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(PROGRAM)
        booth = Booth(book, clock)
        booth.enroll("ann", "bob", points=1_000)
        booth.open("wheel")
        for number in range(DRAWN):
            booth.draw("wheel", ("ann", "bob")[number % 2])
    return database_url


def close_draw(url: str, clock: SetClock) -> None:
    with tb.Book.open(url, clock=clock, code_key=KEY) as book:
        book.draws.close("fair", "wheel", "close")


def test_a_round_that_was_closed_is_recomputed(booth_url: str, clock: SetClock) -> None:
    close_draw(booth_url, clock)
    result = run("draw", "verify", booth_url, "wheel", "--program", "fair")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{DRAWN} results of round 1 are as they were drawn" in result.stderr


def test_results_that_were_changed_are_named(booth_url: str, clock: SetClock) -> None:
    close_draw(booth_url, clock)
    find = "kind = 'draw_result' AND body LIKE '%ten%'"
    engine = create_engine(booth_url)
    with engine.begin() as connection:
        changed = text(
            f'UPDATE note SET body = replace(body, \'"prize":"ten"\', \'"prize":"mug"\') WHERE {find}'
        )
        rows = connection.execute(changed).rowcount
    engine.dispose()
    assert rows
    result = run("draw", "verify", booth_url, "wheel", "--program", "fair")
    assert result.exit_code == 1
    assert result.stdout.count("is mug, and comes to ten") == rows


def test_an_open_round_cannot_be_recomputed(booth_url: str) -> None:
    result = run("draw", "verify", booth_url, "wheel", "--program", "fair")
    assert result.exit_code == 3
    assert "its seed is told when it is closed" in result.stderr
