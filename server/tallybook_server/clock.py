"""The book's clock: the system's, or one that a file shows. Knows no gRPC and no book.

The file is for replays and demonstrations. Points lapse by the book's clock, so purchases of years ago would
earn points that have lapsed already; whoever replays them writes their time to the file, and the book goes by
that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

Clock = Callable[[], datetime]


class ClockUnreadable(Exception):
    """The file shows no time."""


def book_clock(file: str) -> Clock:
    """The system's clock where `file` is empty, else the one that it shows. Raises `ClockUnreadable`."""
    return FileClock(Path(file)) if file else system_clock


def system_clock() -> datetime:
    """The current moment in UTC."""
    return datetime.now(UTC)


class FileClock:
    """The time that stands in a file, such as 2017-01-01T11:53:26Z; it never goes back.

    Whoever sets it may replace the file or write over it: while no whole time can be read, the clock stands.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._shown = self._read()

    def __call__(self) -> datetime:
        with suppress(ClockUnreadable):
            self._shown = max(self._shown, self._read())
        return self._shown

    def _read(self) -> datetime:
        try:
            shown = datetime.fromisoformat(self._file.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise ClockUnreadable(
                f"{self._file} shows no time such as 2017-01-01T11:53:26Z: {error}"
            ) from error
        # A time cut short while it is written has lost its zone, at least.
        if shown.tzinfo is None:
            raise ClockUnreadable(f"{self._file} shows {shown.isoformat()}, a time without its zone")
        return shown.astimezone(UTC)
