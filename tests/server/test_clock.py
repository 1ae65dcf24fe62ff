"""The book's clock, where a file shows it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tallybook_server.clock import ClockUnreadable, FileClock, book_clock, system_clock

NOON = datetime(2017, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "clock"
    file.write_text(NOON.isoformat())
    return file


def test_without_a_file_it_is_the_system_clock() -> None:
    assert book_clock("") is system_clock
    assert abs(system_clock() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "text", ["2017-01-01T12:00:00Z", "2017-01-01T12:00:00+00:00\n", " 2017-01-01 07:00:00-05:00 "]
)
def test_it_shows_what_the_file_shows(file: Path, text: str) -> None:
    file.write_text(text)
    assert book_clock(str(file))() == NOON
    assert book_clock(str(file))().tzinfo is UTC


def test_it_follows_the_file(file: Path) -> None:
    clock = FileClock(file)
    file.write_text((NOON + timedelta(days=1)).isoformat())
    assert clock() == NOON + timedelta(days=1)


def test_it_never_goes_back(file: Path) -> None:
    clock = FileClock(file)
    file.write_text((NOON - timedelta(seconds=1)).isoformat())
    assert clock() == NOON


@pytest.mark.parametrize("length", range(len(NOON.isoformat())))
def test_while_the_time_is_being_written_it_stands(file: Path, length: int) -> None:
    clock = FileClock(file)
    file.write_text((NOON + timedelta(days=1)).isoformat()[:length])
    assert clock() in {NOON, NOON + timedelta(days=1)}


def test_while_the_file_is_gone_it_stands(file: Path) -> None:
    clock = FileClock(file)
    file.unlink()
    assert clock() == NOON


@pytest.mark.parametrize("text", ["", "noon", "2017-01-01T12:00:00", "2017-13-01T12:00:00Z"])
def test_a_file_that_shows_no_time_is_refused_at_the_start(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(ClockUnreadable, match="clock shows"):
        FileClock(file)


def test_a_file_that_is_not_there_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ClockUnreadable, match="no time such as 2017"):
        FileClock(tmp_path / "none")
