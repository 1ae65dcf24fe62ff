"""The scribe: a process of its own that writes in the book, so that writing and serving share no interpreter.

A thread that writes beside the event loop waits for the interpreter at every reply of the database, and makes
the loop wait while it decides. Passing a command to a process and its reply back costs ten microseconds, and
serves a third more awards. A scribe is forked before its worker starts a thread, and ends when that does.

Knows no gRPC.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, NoReturn

import structlog
import tallybook as tb

from tallybook_server.errors import Draining
from tallybook_server.lanes import Outcomes, Pieces, Run

GC_THRESHOLDS: Final = (50_000, 20, 20)
FIRST_FREE_FD: Final = 3

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
        _write_until_hung_up(desk, theirs)
    theirs.close()
    return Scribe(pid, ours)


def _write_until_hung_up(desk: Desk, line: Connection[Any, Any]) -> NoReturn:
    """The child's whole life. The worker decides when it ends, so signals to the group do not."""
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        # Pipes of the worker that this process held too would hide the worker's end from who waits for it.
        os.closerange(FIRST_FREE_FD, line.fileno())
        os.closerange(line.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        desk(lambda run: _answer(line, run))
        code = 0
    except BaseException:  # noqa: BLE001 - the end of this process, whatever it is
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _answer(line: Connection[Any, Any], run: Run) -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    while True:
        try:
            commands = pickle.loads(line.recv_bytes())
        except EOFError:
            return
        line.send_bytes(pickle.dumps(run(commands), pickle.HIGHEST_PROTOCOL))
