"""Compiled programs, kept in memory by revision. Knows how to read documents, not when they are in force."""

from __future__ import annotations

from threading import Lock
from typing import Final

from sqlalchemy import Connection

from tallybook.programs.compile import compiled
from tallybook.programs.parse import parse
from tallybook.programs.program import Program
from tallybook.programs.queries import read_revision

PROGRAMS_MAX: Final = 2_000
"""Twice what the largest batch can name, so that what was just put in is still there when it is asked for."""


class ProgramCache:
    """Revisions never change, so what is kept is never stale; the oldest goes when there are too many.

    Threads may share one.
    """

    def __init__(self, programs_max: int = PROGRAMS_MAX) -> None:
        self._programs: dict[tuple[str, int], Program] = {}
        self._programs_max = programs_max
        self._lock = Lock()

    def get(self, code: str, revision: int) -> Program | None:
        """A revision of a program, if it is kept."""
        return self._programs.get((code, revision))

    def put(self, code: str, revision: int, document: str) -> Program:
        """Compile a revision from its document, and keep it."""
        program = compiled(parse(document), revision)
        assert program.code == code, "a document stands under the program that it names"
        with self._lock:
            while len(self._programs) >= self._programs_max:
                del self._programs[next(iter(self._programs))]
            self._programs[code, revision] = program
        return program

    def load(self, connection: Connection, code: str, revision: int | None = None) -> Program:
        """A revision of a program, by default the one in force, kept or read.

        Raises `UnknownProgram` or `UnknownRevision`.
        """
        program = None if revision is None else self.get(code, revision)
        if program is not None:
            return program
        found = read_revision(connection, code, revision)
        return self.get(code, found.revision) or self.put(code, found.revision, found.document)
