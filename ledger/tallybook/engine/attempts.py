"""How often something is tried while the database is away, and how long between. Knows no database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final, TypeVar

from tallybook.errors import DatabaseUnavailable

T = TypeVar("T")

TRIES: Final = 8
TRYING_MAX: Final = timedelta(seconds=12)
"""No try begins later. Usually all are over within a second; what nobody answers takes longer."""
PAUSE_MAX: Final = timedelta(milliseconds=500)
PAUSE_FIRST: Final = timedelta(milliseconds=5)


def attempts() -> Iterator[int]:
    """Count the tries from 0, with a pause before each but the first, for as long as another makes sense."""
    last_begins = time.monotonic() + TRYING_MAX.total_seconds()
    for attempt in range(TRIES):
        if attempt:
            longest = min(PAUSE_MAX, PAUSE_FIRST * 2 ** (attempt - 1))
            time.sleep(random.uniform(0, longest.total_seconds()))
        if time.monotonic() > last_begins:
            return
        yield attempt


def insist(read: Callable[[], T]) -> T:
    """What `read` gives, tried again while the database cannot be reached. Raises `DatabaseUnavailable`."""
    lost: DatabaseUnavailable | None = None
    for _ in attempts():
        try:
            return read()
        except DatabaseUnavailable as error:
            lost = error
    assert lost is not None, "the first try comes at once"
    raise lost
