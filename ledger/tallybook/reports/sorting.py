"""Sorts more rows than fit into memory: runs in nameless files, merged as they are read. Knows files."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Generic, Self, TypeVar

import msgspec

T = TypeVar("T", bound=tuple[object, ...])

RUN_ROWS: Final = 50_000
"""As many rows are in memory at once."""


class Sorter(Generic[T]):
    """Takes rows in any order and gives them back sorted; a context, at whose end the files are gone."""

    def __init__(self, kind: type[T], run_rows: int = RUN_ROWS) -> None:
        self._kind = kind
        self._run_rows = run_rows
        self._waiting: list[T] = []
        self._runs: list[IO[bytes]] = []
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, row: T) -> None:
        """One more row."""
        self._waiting.append(row)
        if len(self._waiting) == self._run_rows:
            self._write_run()

    def rows(self) -> Iterator[T]:
        """All rows, sorted. Call it once."""
        self._waiting.sort()
        return heapq.merge(*map(self._read_run, self._runs), self._waiting)

    def _write_run(self) -> None:
        run = self._files.enter_context(TemporaryFile())  # noqa: SIM115 - it lasts until the sorter ends
        encode = msgspec.json.Encoder().encode
        self._waiting.sort()
        run.writelines(encode(row) + b"\n" for row in self._waiting)
        self._runs.append(run)
        self._waiting.clear()

    def _read_run(self, run: IO[bytes]) -> Iterator[T]:
        run.seek(0)
        decode = msgspec.json.Decoder(self._kind).decode
        for line in run:
            yield decode(line)
