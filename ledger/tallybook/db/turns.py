"""Turns: so many threads at a time, first come, first served. Knows threads; knows no database."""

from __future__ import annotations

import time
from collections import deque
from math import inf
from threading import Lock, RLock, get_ident


class Turns:
    """Lets so many threads at a time do something; the others wait in a line, and none goes before another.

    A thread that has a turn already gets another at once, beyond the number if need be: threads that each
    keep one and wait for one more would wait for each other forever.
    """

    __slots__ = ("_held", "_line", "_lock", "_most", "_moved_at")

    def __init__(self, most: int) -> None:
        self._most = most
        self._moved_at = -inf
        self._held: list[int] = []
        self._line: deque[_Waiting] = deque()
        # The garbage collector may close a generator that keeps a turn, at any step of the thread it runs in.
        self._lock = RLock()

    def take(self, patience: float) -> int | None:
        """Wait for a turn, as long as the line moves. Returns what `give_back` is to be told.

        None means no turn: for so many seconds, while this thread was waiting, nobody was called.
        """
        thread = get_ident()
        with self._lock:
            if thread in self._held or (len(self._held) < self._most and not self._line):
                self._held.append(thread)
                return thread
            waiting = _Waiting(thread)
            self._line.append(waiting)
            self._call()
        since, left = time.monotonic(), patience
        try:
            while not waiting.called.acquire(timeout=left):
                left = max(since, self._moved_at) + patience - time.monotonic()
                if left <= 0:
                    return None if self._leave(waiting) else thread
        except BaseException:  # the program is interrupted: whoever comes next must not wait for this thread
            if not self._leave(waiting):
                self.give_back(thread)
            raise
        return thread

    def give_back(self, thread: int) -> None:
        """Let the next in line have the turn that this thread took; any thread may say so."""
        with self._lock:
            self._held.remove(thread)
            self._call()

    def _call(self) -> None:
        while len(self._held) < self._most and self._line:
            first = self._line.popleft()
            self._held.append(first.thread)
            self._moved_at = time.monotonic()
            first.called.release()

    def _leave(self, waiting: _Waiting) -> bool:
        """Step out of the line; false for a thread that was called meanwhile, and so has a turn."""
        with self._lock:
            if waiting not in self._line:
                return False
            self._line.remove(waiting)
            return True


class _Waiting:
    """A thread in the line, and the lock that is released when it is called."""

    __slots__ = ("called", "thread")

    def __init__(self, thread: int) -> None:
        self.thread = thread
        self.called = Lock()
        self.called.acquire()
