"""The scribe: a process of its own that writes in the book, so that writing and serving share no interpreter.

A thread that writes beside the event loop waits for the interpreter at every reply of the database, and makes
the loop wait while it decides. Passing a command to a process and its reply back costs ten microseconds, and
serves a third more awards. A scribe is forked before its worker starts a thread, and ends when that does.

Knows no gRPC.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import structlog
import tallybook as tb

from tallybook_server.children import live, tune
from tallybook_server.errors import Draining
from tallybook_server.lanes import Outcomes, Pieces, Run

Desk = Callable[[Callable[[Run], None]], None]
"""Opens what is needed to write, hands the way to write to the function that it is given, and closes it."""

_log = structlog.get_logger(__name__)


class Scribe:
    """The worker's end of the line. The writing lane runs `write`; `when_gone` is called if it dies."""

    def __init__(self, pid: int, line: Connection[Any, Any]) -> None:
        self._pid = pid
        self._line = line
        self.is_gone = False
        self.when_gone: Callable[[], object] = lambda: None

    def write(self, commands: Pieces) -> Outcomes:
        """Have commands carried out. What a scribe had begun when it died is recorded, or is not."""
        if self.is_gone:
            return [Draining() for _ in commands]
        try:
            self._line.send_bytes(pickle.dumps(list(commands), pickle.HIGHEST_PROTOCOL))
            outcomes: Outcomes = pickle.loads(self._line.recv_bytes())
        except (EOFError, OSError):
            self.is_gone = True
            _log.error("scribe_died", pid=self._pid, size=len(commands))
            self.when_gone()
            return [tb.OutcomeUnknown() for _ in commands]
        return outcomes

    def dismiss(self) -> None:
        """Hang up, and wait until the scribe has ended."""
        self._line.close()
        os.waitpid(self._pid, 0)


def hire_scribe(desk: Desk) -> Scribe:
    """Fork a scribe. No thread may run yet in this process."""
    ours, theirs = multiprocessing.Pipe()
    pid = os.fork()
    if pid == 0:
        live(theirs.fileno(), lambda: _write(desk, theirs))
    theirs.close()
    return Scribe(pid, ours)


def _write(desk: Desk, line: Connection[Any, Any]) -> None:
    """The worker decides when its scribe ends, so signals to the group do not."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    desk(lambda run: _answer(line, run))


def _answer(line: Connection[Any, Any], run: Run) -> None:
    """Carry out what comes, until the worker hangs up or is gone."""
    tune()
    while (received := _received(line)) is not None:
        with tb.checked_before():  # by the worker
            commands = pickle.loads(received)
        answer = pickle.dumps(run(commands), pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            line.send_bytes(answer)


def _received(line: Connection[Any, Any]) -> bytes | None:
    try:
        return line.recv_bytes()
    except (EOFError, OSError):
        return None
