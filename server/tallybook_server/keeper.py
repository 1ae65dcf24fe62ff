"""Keeps a book current beside the calls: records what time has done, and rolls sums up. Knows no gRPC.

No answer depends on it. It keeps reports current and members' pages light, so that the first call after a
midnight at which much lapses has nothing to catch up on.
"""

from __future__ import annotations

import random
import threading
from typing import Final

import structlog
import tallybook as tb

MEMBERS_AT_A_TIME: Final = 500
"""Few enough for commands that wait for one of these members to wait for a moment only, and enough for a
midnight at which all are due: what a transaction costs is shared."""
ROUND_MAX: Final = 5_000
"""Batches in one round: a member that cannot be settled does not hold it up for good."""

_log = structlog.get_logger(__name__)


class Keeper:
    """A thread that looks after a book every so many seconds, give or take half: workers take turns."""

    def __init__(self, book: tb.Book, every_seconds: int) -> None:
        self._book = book
        self._every_seconds = every_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin, unless the book is to be left alone: with 0 seconds."""
        if self._every_seconds:
            self._thread.start()

    def stop(self) -> None:
        """End after the batch that is under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _keep(self) -> None:
        while not self._stop.wait(self._every_seconds * random.uniform(0.5, 1.5)):
            try:
                self._look_after()
            except Exception:  # noqa: BLE001 - tried again in the next round; nobody's answer depends on it
                _log.exception("keeping_failed")

    def _look_after(self) -> None:
        settled = 0
        for _ in range(ROUND_MAX):
            found = 0 if self._stop.is_set() else self._book.sweep(MEMBERS_AT_A_TIME)
            settled += found
            if not found:
                break
        self._book.roll_up()
        if settled:
            _log.info("swept", members=settled)
