"""Processes that write to one book at the same time, on command, each with a book object of its own."""

from __future__ import annotations

import multiprocessing
import time
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Self

import tallybook as tb

from bench.awards import Crowd, Wish, Wishes, give

END_LIMIT_S = 30
GO = "go"


@dataclass(frozen=True, slots=True)
class Order:
    """What a writer is to give: so many batches, of so many awards each."""

    batches: int
    batch: int


class Writers:
    """So many writers on the book at `url`; their request ids are told apart by `name`."""

    def __init__(self, url: str, crowd: Crowd, name: str, count: int) -> None:
        self._started = ExitStack()
        self._lines: list[Connection] = []
        spawning = multiprocessing.get_context("spawn")
        for number in range(count):
            ours, theirs = spawning.Pipe()
            process = spawning.Process(
                target=_write, args=(theirs, url, crowd, f"{name}{number}"), daemon=True
            )
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._started.callback(process.join, END_LIMIT_S)
            self._started.callback(ours.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._started.close()

    def give(self, batches: int, batch: int) -> float:
        """Have every writer give so many batches; returns awards a second of all of them together."""
        self._all(Order(batches, batch))
        start = time.perf_counter()
        self._all(GO)
        return batches * batch * len(self._lines) / (time.perf_counter() - start)

    def _all(self, message: Order | str) -> None:
        """Tell every writer, and wait until all have done it. Raises what any of them met."""
        for line in self._lines:
            line.send(message)
        for line in self._lines:
            answer = line.recv()
            if isinstance(answer, str):
                raise AssertionError(f"a writer failed: {answer}")


def _write(line: Connection, url: str, crowd: Crowd, name: str) -> None:
    """A writer's life. Orders are prepared first, so that only giving is timed."""
    wishes = Wishes(crowd, name)
    prepared: list[list[Wish]] = []
    with tb.Book.open(url) as book:
        while (message := _heard(line)) is not None:
            try:
                if isinstance(message, Order):
                    prepared = [wishes.take(message.batch) for _ in range(message.batches)]
                else:
                    for each in prepared:
                        give(book, each)
                line.send(None)
            except Exception as error:
                line.send(repr(error))
                raise


def _heard(line: Connection) -> Order | str | None:
    """The next message; None when the other end is closed."""
    try:
        message: Order | str = line.recv()
    except EOFError:
        return None
    return message
