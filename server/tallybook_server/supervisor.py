"""The parent of workers and keepers: forks them, replaces those that die, and ends them. Knows no gRPC and no
book.

Each child is forked from here, where no gRPC server runs and no book is open. Workers listen on the same
port, so the kernel spreads connections over them. A child says that it is ready on a pipe, whose end also
tells that it is gone; and it holds the end of another pipe, which tells it when its parent is gone.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from tallybook_server.children import hold_only

RunChild = Callable[[Callable[[], None], int], None]
"""Works until SIGTERM. It is given what to call when it is ready, and the parent's lifeline."""

EXIT_DONE: Final = 0
EXIT_FAILED: Final = 1

PAUSE_SECONDS_FIRST: Final = 0.1
PAUSE_SECONDS_MAX: Final = 5.0
STEADY_SECONDS: Final = 60.0
"""A child that lasted so long was well: the one after it comes without a pause."""
LATE_SECONDS: Final = 5.0
"""How long after its grace a child may take to end by itself."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """What `count` children do. Their `name` is what the log calls them."""

    name: str
    run: RunChild
    count: int


@dataclass(slots=True)
class _Child:
    duty: Duty
    pid: int
    ready_pipe: int
    begun: float
    is_ready: bool = False


class Supervisor:
    """Keeps as many children at each duty as it asks for, until it is told to stop."""

    def __init__(self, duties: Sequence[Duty], *, grace_seconds: int) -> None:
        self._duties = duties
        self._wanted = sum(duty.count for duty in duties)
        self._grace_seconds = grace_seconds
        self._children: dict[int, _Child] = {}
        self._selector = selectors.DefaultSelector()
        self._lifeline, self._lifeline_held = os.pipe()
        self._stopping_since: float | None = None
        self._next_pause = {duty.name: 0.0 for duty in duties}
        self._fork_at: list[tuple[float, Duty]] = []
        self._was_ready = False
        self._failed = False

    def run(self, when_ready: Callable[[], None]) -> int:
        """Run until SIGTERM or SIGINT; returns the exit code. `when_ready` is called when all are."""
        noticed, notice = socket.socketpair()
        for end in (noticed, notice):
            end.setblocking(False)
        signal.set_wakeup_fd(notice.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())
        self._selector.register(noticed, selectors.EVENT_READ)
        now = time.monotonic()
        self._fork_at = [(now, duty) for duty in self._duties for _ in range(duty.count)]
        while self._children or (self._fork_at and not self._is_stopping):
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
        for child in self._children.values():
            os.kill(child.pid, number)

    def _fork_what_is_due(self) -> None:
        now = time.monotonic()
        due = [duty for moment, duty in self._fork_at if moment <= now]
        self._fork_at = [(moment, duty) for moment, duty in self._fork_at if moment > now]
        for duty in due:
            if not self._is_stopping:
                self._fork(duty, now)

    def _fork(self, duty: Duty, now: float) -> None:
        ready, say_ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._be_child(duty, say_ready)
        os.close(say_ready)
        self._children[ready] = _Child(duty, pid, ready, now)
        self._selector.register(ready, selectors.EVENT_READ)

    def _be_child(self, duty: Duty, say_ready: int) -> None:
        """The child's whole life. It never returns, and leaves nothing of the parent's to be cleaned up."""
        code = EXIT_FAILED
        try:
            signal.set_wakeup_fd(-1)
            # The parent says when to stop; a Ctrl-C goes to the whole group.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            # The port, and what tells the parent and the others who is gone, are theirs alone.
            hold_only(self._lifeline, say_ready)
            duty.run(lambda: _say(say_ready), self._lifeline)
            code = EXIT_DONE
        except BaseException:  # noqa: BLE001 - the end of this process, whatever it is
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _hear(self, pipe: int, when_ready: Callable[[], None]) -> None:
        child = self._children[pipe]
        if not os.read(pipe, 1):
            self._bury(child)
            return
        child.is_ready = True
        if not self._was_ready and sum(each.is_ready for each in self._children.values()) == self._wanted:
            self._was_ready = True
            when_ready()

    def _bury(self, child: _Child) -> None:
        self._selector.unregister(child.ready_pipe)
        os.close(child.ready_pipe)
        del self._children[child.ready_pipe]
        _, status = os.waitpid(child.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if self._is_stopping:
            self._failed |= code != EXIT_DONE
            return
        _log.error(f"{child.duty.name}_died", pid=child.pid, exit_code=code)
        if not self._was_ready:
            # What keeps the first from starting would keep all others.
            self._failed = True
            self._stop()
            return
        self._plan_replacement(child)

    def _plan_replacement(self, child: _Child) -> None:
        now, duty = time.monotonic(), child.duty
        pause = 0.0 if now - child.begun >= STEADY_SECONDS else self._next_pause[duty.name]
        self._fork_at.append((now + pause, duty))
        self._next_pause[duty.name] = min(max(pause * 2, PAUSE_SECONDS_FIRST), PAUSE_SECONDS_MAX)

    def _patience(self) -> float | None:
        """How long there is nothing to do but listen."""
        moments = [moment for moment, _ in self._fork_at]
        if self._stopping_since is not None:
            moments = [self._stopping_since + self._grace_seconds + LATE_SECONDS]
        return max(min(moments) - time.monotonic(), 0.0) if moments else None

    def _end_what_is_late(self) -> None:
        late = self._stopping_since is not None and self._patience() == 0.0
        if late and self._children:
            _log.error("late_killed", pids=[child.pid for child in self._children.values()])
            self._signal_all(signal.SIGKILL)
            self._stopping_since = time.monotonic()


def _say(pipe: int) -> None:
    """The pipe stays open: its end is what tells the parent that this process is gone."""
    os.write(pipe, b"1")
