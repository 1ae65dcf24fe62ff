"""How often something is tried that the database did not do, and how long between. Knows no database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final, Self, TypeVar

from tallybook.errors import DatabaseUnavailable

T = TypeVar("T")

TRIES: Final = 8
TRYING_MAX: Final = timedelta(seconds=12)
"""While the database is away, no try begins later. Usually all are over within a second; what nobody answers
takes longer."""
CONTENDING_MAX: Final = timedelta(minutes=2)
"""While others are in the way, no try begins later, of the batch or of its parts. Each of them that is done
leaves one less, so it is worth while to go on for longer, but callers do not wait forever."""
PAUSE_MAX: Final = timedelta(milliseconds=500)
PAUSE_FIRST: Final = timedelta(milliseconds=5)


class Attempts:
    """The tries of one batch, or of one read: what has failed, and whether another makes sense."""

    def __init__(self) -> None:
        self.failed = 0
        self.in_doubt = False  # whether one of them may have taken effect, though nobody said so
        self._began = self._answered = time.monotonic()

    def of_a_part(self) -> Self:
        """Tries anew, of a part of the batch, for what time is left to the whole."""
        part = type(self)()
        part.in_doubt = self.in_doubt
        part._began = self._began
        return part

    def again(self, away: bool) -> bool:
        """Count a failure, and pause if another try makes sense; `away` where nobody answered."""
        self.failed += 1
        if not away:
            self._answered = time.monotonic()
        if self.failed == TRIES or not self._has_time(away):
            return False
        longest = min(PAUSE_MAX, PAUSE_FIRST * 2 ** (self.failed - 1))
        time.sleep(random.uniform(0, longest.total_seconds()))
        return self._has_time(away)

    def may_contend(self) -> bool:
        """Whether there is time left for what others are in the way of."""
        return self._has_time(away=False)

    def _has_time(self, away: bool) -> bool:
        began, most = (self._answered, TRYING_MAX) if away else (self._began, CONTENDING_MAX)
        return time.monotonic() <= began + most.total_seconds()


def insist(read: Callable[[], T]) -> T:
    """What `read` gives, tried again while the database cannot be reached. Raises `DatabaseUnavailable`."""
    attempts = Attempts()
    while True:
        try:
            return read()
        except DatabaseUnavailable:
            if not attempts.again(away=True):
                raise
