"""Compiled programs, kept in memory. Reads what is not there by the caller's connection."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Final, TypeVar

from sqlalchemy import Connection

from tallybook.errors import UnknownProgram
from tallybook.programs.compile import compiled
from tallybook.programs.parse import parse
from tallybook.programs.program import Program
from tallybook.programs.queries import read_revision, read_starts, stored_newest
from tallybook.programs.timeline import Start, Timeline

K = TypeVar("K")
V = TypeVar("V")

PROGRAMS_MAX: Final = 2_000
"""Twice what the largest batch can name, so that what was just put in is still there when it is asked for."""


class ProgramCache:
    """Compiled programs by revision, and timelines by the newest, kept in memory.

    Neither ever changes, so what is kept is never stale; the oldest goes when there are too many.

    Threads may share one.
    """

    def __init__(self, programs_max: int = PROGRAMS_MAX) -> None:
        self._programs: dict[tuple[str, int], Program] = {}
        self._timelines: dict[tuple[str, int], Timeline] = {}
        self._programs_max = programs_max
        self._lock = Lock()

    def get(self, code: str, revision: int) -> Program | None:
        """A revision of a program, if it is kept."""
        return self._programs.get((code, revision))

    def put(self, code: str, revision: int, document: str, timeline: Timeline) -> Program:
        """Compile a revision from its document, and keep it."""
        program = compiled(parse(document), revision, timeline)
        assert program.code == code, "a document stands under the program that it names"
        self._keep(self._programs, (code, revision), program)
        return program

    def timeline(self, code: str, newest: int) -> Timeline | None:
        """The timeline of a program whose newest revision has this number, if it is kept."""
        return self._timelines.get((code, newest))

    def put_timeline(self, code: str, newest: int, starts: Iterable[Start]) -> Timeline:
        """Keep the timeline of a program up to its newest revision; later ones may be among the starts."""
        timeline = Timeline(tuple(start for start in starts if start.revision <= newest))
        self._keep(self._timelines, (code, newest), timeline)
        return timeline

    def _keep(self, kept: dict[K, V], key: K, value: V) -> None:
        with self._lock:
            while len(kept) >= self._programs_max:
                del kept[next(iter(kept))]
            kept[key] = value

    def load(self, connection: Connection, code: str, revision: int) -> Program:
        """A revision of a program, kept or read. Raises `UnknownProgram` or `UnknownRevision`."""
        program = self.get(code, revision)
        if program is not None:
            return program
        found = read_revision(connection, code, revision)
        timeline = Timeline(tuple(read_starts(connection, code)))  # not kept: the newest may not be committed
        return self.put(code, revision, found.document, timeline)

    def load_timeline(self, connection: Connection, code: str) -> Timeline:
        """The timeline of a program, kept or read. Raises `UnknownProgram`."""
        newest = stored_newest(connection, code)
        if newest is None:
            raise UnknownProgram(program=code)
        timeline = self.timeline(code, newest[0])
        if timeline is not None:
            return timeline
        return self.put_timeline(code, newest[0], read_starts(connection, code))
