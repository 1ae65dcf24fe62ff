"""The parent of the workers: forks them, replaces those that die, and ends them. Knows no gRPC and no book.

Each worker is forked before any gRPC server starts, and listens on the same port, so the kernel spreads
connections over them. A worker says that it is ready on a pipe, whose end also tells that it is gone; and it
holds the end of another pipe, which tells it when its parent is gone.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

RunWorker = Callable[[Callable[[], None], int], None]
"""Serves until it is told to stop. It is given what to call when it is ready, and the parent's lifeline."""

EXIT_DONE: Final = 0
EXIT_FAILED: Final = 1

PAUSE_SECONDS_FIRST: Final = 0.1
PAUSE_SECONDS_MAX: Final = 5.0
STEADY_SECONDS: Final = 60.0
"""A worker that lasted so long was well: the one after it comes without a pause."""
LATE_SECONDS: Final = 5.0
"""How long after its grace a worker may take to end by itself."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Worker:
    pid: int
    ready_pipe: int
    begun: float
    is_ready: bool = False


class Supervisor:
    """Keeps a number of workers running until it is told to stop."""

    def __init__(self, run_worker: RunWorker, *, workers: int, grace_seconds: int) -> None:
        self._run_worker = run_worker
        self._wanted = workers
        self._grace_seconds = grace_seconds
        self._workers: dict[int, _Worker] = {}
        self._selector = selectors.DefaultSelector()
        self._lifeline, self._lifeline_held = os.pipe()
        self._stopping_since: float | None = None
        self._next_pause = 0.0
        self._fork_at: list[float] = []
        self._was_ready = False
        self._failed = False

    def run(self, when_ready: Callable[[], None]) -> int:
        """Run until SIGTERM or SIGINT; returns the exit code. `when_ready` is called when all workers are."""
        noticed, notice = socket.socketpair()
        for end in (noticed, notice):
            end.setblocking(False)
        signal.set_wakeup_fd(notice.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())
        self._selector.register(noticed, selectors.EVENT_READ)
        self._fork_at = [time.monotonic()] * self._wanted
        while self._workers or (self._fork_at and not self._is_stopping):
            self._fork_what_is_due()
            for key, _ in self._selector.select(self._patience()):
                if key.fileobj is noticed:
                    noticed.recv(4096)
                else:
                    self._hear(key.fd, when_ready)
            self._end_what_is_late()
        return EXIT_FAILED if self._failed else EXIT_DONE

    @property
    def _is_stopping(self) -> bool:
        return self._stopping_since is not None

    def _stop(self) -> None:
        if not self._is_stopping:
            self._stopping_since = time.monotonic()
        self._signal_all(signal.SIGTERM)

    def _signal_all(self, number: signal.Signals) -> None:
        for worker in self._workers.values():
            os.kill(worker.pid, number)

    def _fork_what_is_due(self) -> None:
        now = time.monotonic()
        due = [moment for moment in self._fork_at if moment <= now]
        self._fork_at = [moment for moment in self._fork_at if moment > now]
        for _ in due:
            if not self._is_stopping:
                self._fork(now)

    def _fork(self, now: float) -> None:
        ready, say_ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._be_worker(ready, say_ready)
        os.close(say_ready)
        self._workers[ready] = _Worker(pid, ready, now)
        self._selector.register(ready, selectors.EVENT_READ)

    def _be_worker(self, ready: int, say_ready: int) -> None:
        """The child's whole life. It never returns, and leaves nothing of the parent's to be cleaned up."""
        code = EXIT_FAILED
        try:
            signal.set_wakeup_fd(-1)
            # The parent says when to stop; a Ctrl-C goes to the whole group.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._selector.close()
            os.close(ready)
            os.close(self._lifeline_held)
            self._run_worker(lambda: _say(say_ready), self._lifeline)
            code = EXIT_DONE
        except BaseException:  # noqa: BLE001 - the end of this process, whatever it is
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _hear(self, pipe: int, when_ready: Callable[[], None]) -> None:
        worker = self._workers[pipe]
        if not os.read(pipe, 1):
            self._bury(worker)
            return
        worker.is_ready = True
        if not self._was_ready and sum(each.is_ready for each in self._workers.values()) == self._wanted:
            self._was_ready = True
            when_ready()

    def _bury(self, worker: _Worker) -> None:
        self._selector.unregister(worker.ready_pipe)
        os.close(worker.ready_pipe)
        del self._workers[worker.ready_pipe]
        _, status = os.waitpid(worker.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if self._is_stopping:
            self._failed |= code != EXIT_DONE
            return
        _log.error("worker_died", pid=worker.pid, exit_code=code)
        if not self._was_ready:
            # What keeps the first from starting would keep all others.
            self._failed = True
            self._stop()
            return
        self._plan_replacement(worker)

    def _plan_replacement(self, worker: _Worker) -> None:
        now = time.monotonic()
        if now - worker.begun >= STEADY_SECONDS:
            self._next_pause = 0.0
        self._fork_at.append(now + self._next_pause)
        self._next_pause = min(max(self._next_pause * 2, PAUSE_SECONDS_FIRST), PAUSE_SECONDS_MAX)

    def _patience(self) -> float | None:
        """How long there is nothing to do but listen."""
        moments = list(self._fork_at)
        if self._stopping_since is not None:
            moments = [self._stopping_since + self._grace_seconds + LATE_SECONDS]
        return max(min(moments) - time.monotonic(), 0.0) if moments else None

    def _end_what_is_late(self) -> None:
        late = self._stopping_since is not None and self._patience() == 0.0
        if late and self._workers:
            _log.error("workers_killed", pids=[worker.pid for worker in self._workers.values()])
            self._signal_all(signal.SIGKILL)
            self._stopping_since = time.monotonic()


def _say(pipe: int) -> None:
    """The pipe stays open: its end is what tells the parent that this process is gone."""
    os.write(pipe, b"1")
