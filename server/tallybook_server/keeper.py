"""Keeps a book current beside the calls: records what time has done, and rolls sums up. Knows no gRPC.

No answer depends on it. It keeps reports current and members' pages light, so that the first call after a
midnight at which much lapses has nothing to catch up on.

It is a process of its own, whose turn at the processor comes after that of those who serve: a thread beside
the scribe's own would have every command wait for the interpreter, again and again, while a million lapse.
"""

from __future__ import annotations

import os
import random
import select
import signal
import socket
from collections.abc import Callable
from typing import Final

import structlog
import tallybook as tb

from tallybook_server.children import tune

MEMBERS_AT_A_TIME: Final = 200
"""Few enough for commands that wait for one of these members, or for the log to reach the disk, to wait for a
moment only; more would hardly share what a transaction costs any further."""
ROUND_MAX: Final = 12_500
"""Batches in one round: a member that cannot be settled does not hold it up for good."""
NICENESS: Final = 10

_log = structlog.get_logger(__name__)

IsOver = Callable[[float], bool]
"""Waits so many seconds, unless the keeper's time is over before, and says whether it is."""


def look_after(
    open_book: Callable[[], tb.Book], every_seconds: int, is_ready: Callable[[], None], lifeline: int
) -> None:
    """A keeper's whole life: look after a book until SIGTERM, or until the other end of `lifeline` closes.

    A batch that is under way is finished. `is_ready` is called when the process has taken its place behind
    the others. It opens the book for itself: no connection is shared by a fork.
    """
    told = _stop_line()
    os.nice(NICENESS)
    is_ready()
    with open_book() as book:
        tune()
        lines = [told.fileno(), lifeline]
        keep(book, every_seconds, lambda seconds: bool(select.select(lines, [], [], seconds)[0]))


def _stop_line() -> socket.socket:
    """What can be read from once this process is told to stop."""
    told, tell = socket.socketpair()
    tell.setblocking(False)
    signal.signal(signal.SIGTERM, lambda *_: tell.send(b"1"))
    return told


def keep(book: tb.Book, every_seconds: int, is_over: IsOver) -> None:
    """Look after a book every so many seconds, give or take half, until it is over: keepers take turns."""
    while not is_over(every_seconds * random.uniform(0.5, 1.5)):
        try:
            _go_round(book, is_over)
        except Exception:  # noqa: BLE001 - tried again in the next round; nobody's answer depends on it
            _log.exception("keeping_failed")


def _go_round(book: tb.Book, is_over: IsOver) -> None:
    settled = 0
    for _ in range(ROUND_MAX):
        found = 0 if is_over(0) else book.sweep(MEMBERS_AT_A_TIME)
        settled += found
        if not found:
            break
    book.roll_up()
    if settled:
        _log.info("swept", members=settled)
