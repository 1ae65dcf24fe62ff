"""The batcher: a lane is a queue in front of one thread, which carries out all that waits, together.

While a batch is under way newcomers queue, and the next batch takes them, up to a limit: a lone call waits
for nothing, and a crowd shares one transaction. The event loop is woken once a batch. Knows no gRPC and no
book: what a lane does with a batch is a function that it is given.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from queue import SimpleQueue
from typing import Any, Final

from tallybook_server.errors import DeadlinePassed, Draining, Overloaded

RETRY_MS_MIN: Final = 20
RETRY_MS_MAX: Final = 2_000
MILLISECONDS_PER_SECOND: Final = 1_000

Pieces = Sequence[Any]
Outcomes = list[Any]
Run = Callable[[Pieces], Outcomes]
"""Gives an outcome for each piece of work, in order. Errors are outcomes; it raises nothing."""


class Item:
    """Work that somebody waits for: a single piece, or a chunk of a bulk request.

    Who stops waiting cancels the future, which is that of the whole request; as long as nobody has, `answer`
    is to be given the outcomes. `deadline` is on the monotonic clock.
    """

    __slots__ = ("answer", "deadline", "future", "is_chunk", "pieces")

    def __init__(
        self,
        pieces: Pieces,
        future: asyncio.Future[Any],
        answer: Callable[[Outcomes], None],
        deadline: float,
        is_chunk: bool,
    ) -> None:
        self.pieces = pieces
        self.future = future
        self.answer = answer
        self.deadline = deadline
        self.is_chunk = is_chunk


class _Bulk:
    """A bulk request: the outcomes of its chunks, each in its place, and the future that gets all of them.

    One future for all, because `asyncio.gather` logs an error where many were given up and nobody waited.
    """

    def __init__(self, future: asyncio.Future[list[Outcomes]], chunks: int) -> None:
        self.future = future
        self._outcomes: list[Outcomes] = [[] for _ in range(chunks)]
        self._missing = chunks
        if not chunks:
            future.set_result([])

    def answer(self, place: int, outcomes: Outcomes) -> None:
        """Take the outcomes of one chunk."""
        self._outcomes[place] = outcomes
        self._missing -= 1
        if not self._missing:
            self.future.set_result(self._outcomes)


Done = list[tuple[Item, Outcomes]]


class Lane:
    """One thread and what waits for it. Its methods belong to the event loop that it was made on.

    Of single pieces at most `waiting_max` wait, and as many of bulk requests.
    """

    def __init__(self, name: str, run: Run, *, batch_max: int, waiting_max: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._chunk_max = max(batch_max // 2, 1)
        self._batch_max = batch_max
        self._waiting_max = waiting_max
        self._waiting_singles = 0
        self._waiting_in_bulk = 0
        self._arrived: list[Item] = []
        self._inbox: SimpleQueue[list[Item] | None] = SimpleQueue()
        self._room: asyncio.Event = asyncio.Event()
        self._closing = False
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._batch_ms = 0
        self._crew = _Crew(run, self._inbox, batch_max, self._chunk_max)
        threading.Thread(target=self._run_crew, name=name, daemon=True).start()

    def put(self, piece: Any, seconds_left: float | None) -> asyncio.Future[Outcomes]:
        """Queue one piece; the result is a list of its outcome. Raises `Overloaded` or `Draining`."""
        if self._waiting_singles >= self._waiting_max:
            raise Overloaded(retry_ms=self._retry_ms(self._waiting_singles))
        future: asyncio.Future[Outcomes] = self._loop.create_future()
        self._queue(Item((piece,), future, future.set_result, _deadline(seconds_left), is_chunk=False))
        self._waiting_singles += 1
        return future

    def put_all(self, pieces: Pieces, seconds_left: float | None) -> asyncio.Future[list[Outcomes]]:
        """Queue a bulk request, all of it or none; the result is a list of outcomes for each chunk.

        Chunks are small enough for single pieces to be carried out with each. Raises `Overloaded` or
        `Draining`.
        """
        if not self._has_room(len(pieces)):
            raise Overloaded(retry_ms=self._retry_ms(self._waiting_in_bulk))
        step, deadline = self._chunk_max, _deadline(seconds_left)
        starts = range(0, len(pieces), step)
        bulk = _Bulk(self._loop.create_future(), len(starts))
        for place, start in enumerate(starts):
            chunk = pieces[start : start + step]
            self._queue(Item(chunk, bulk.future, partial(bulk.answer, place), deadline, is_chunk=True))
        self._waiting_in_bulk += len(pieces)
        return bulk.future

    async def room_for(self, count: int) -> None:
        """Wait until `put_all` takes so many pieces, or takes no more at all."""
        while not self._closing and not self._has_room(count):
            self._room.clear()
            await self._room.wait()

    async def close(self) -> None:
        """Take no more, carry out what waits, and end the thread."""
        self._closing = True
        self._room.set()
        self._hand_over()
        self._inbox.put(None)
        await self._ended

    def _has_room(self, count: int) -> bool:
        return not self._waiting_in_bulk or self._waiting_in_bulk + count <= self._waiting_max

    def _queue(self, item: Item) -> None:
        if self._closing:
            raise Draining
        # Handed over when the loop has done what is ready, so that calls which came together stay together.
        if not self._arrived:
            self._loop.call_soon(self._hand_over)
        self._arrived.append(item)

    def _hand_over(self) -> None:
        if self._arrived:
            self._inbox.put(self._arrived)
            self._arrived = []

    def _retry_ms(self, waiting: int) -> int:
        """When what waits now should be done, going by the last batch."""
        batches = waiting // self._batch_max + 1
        return min(max(batches * self._batch_ms, RETRY_MS_MIN), RETRY_MS_MAX)

    def _finish(self, done: Done, batch_ms: int) -> None:
        self._batch_ms = batch_ms
        for item, outcomes in done:
            if item.is_chunk:
                self._waiting_in_bulk -= len(item.pieces)
            else:
                self._waiting_singles -= 1
            if not item.future.done():
                item.answer(outcomes)
        self._room.set()

    def _run_crew(self) -> None:
        for done, batch_ms in self._crew:
            self._loop.call_soon_threadsafe(self._finish, done, batch_ms)
        self._loop.call_soon_threadsafe(self._ended.set_result, None)


def _deadline(seconds_left: float | None) -> float:
    return inf if seconds_left is None else time.monotonic() + seconds_left


class _Crew:
    """What belongs to the thread: it takes batches out of the inbox until there is no more to come."""

    def __init__(
        self, run: Run, inbox: SimpleQueue[list[Item] | None], batch_max: int, chunk_max: int
    ) -> None:
        self._run = run
        self._inbox = inbox
        self._batch_max = batch_max
        self._chunk_max = chunk_max
        self._singles: deque[Item] = deque()
        self._chunks: deque[Item] = deque()
        self._more_to_come = True

    def __iter__(self) -> _Crew:
        return self

    def __next__(self) -> tuple[Done, int]:
        """Carry out the next batch: what is done, and the milliseconds it took."""
        self._receive()
        if not self._singles and not self._chunks:
            raise StopIteration
        begun = time.monotonic()
        batch, done = self._next_batch(begun)
        if batch:
            outcomes = self._run([piece for item in batch for piece in item.pieces])
            start = 0
            for item in batch:
                end = start + len(item.pieces)
                done.append((item, outcomes[start:end]))
                start = end
        return done, int((time.monotonic() - begun) * MILLISECONDS_PER_SECOND)

    def _receive(self) -> None:
        """Take what has come in; wait for something where nothing is at hand."""
        while self._more_to_come and (not (self._singles or self._chunks) or not self._inbox.empty()):
            arrived = self._inbox.get()
            if arrived is None:
                self._more_to_come = False
                return
            for item in arrived:
                (self._chunks if item.is_chunk else self._singles).append(item)

    def _next_batch(self, now: float) -> tuple[list[Item], Done]:
        """Single pieces first, but half a batch is for bulk requests where they wait: neither starves."""
        batch: list[Item] = []
        dropped: Done = []
        room = self._batch_max
        kept = self._chunk_max if self._chunks else 0
        for queue, left_free in ((self._singles, kept), (self._chunks, 0), (self._singles, 0)):
            while queue and len(queue[0].pieces) <= room - left_free:
                item = queue.popleft()
                if item.future.done():
                    dropped.append((item, []))
                elif item.deadline <= now:
                    dropped.append((item, [DeadlinePassed() for _ in item.pieces]))
                else:
                    batch.append(item)
                    room -= len(item.pieces)
        return batch, dropped
