"""Programs in the database: applied, read, listed, kept. Knows two tables and the caller's connection.

Nothing here commits: the transaction is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy import Connection, Select, Text, cast, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from tallybook.errors import StaleEtag, UnknownProgram
from tallybook.programs import tables
from tallybook.programs.changes import forbidden_changes, moves_days
from tallybook.programs.compile import compiled
from tallybook.programs.document import Document
from tallybook.programs.parse import parse, refuse
from tallybook.programs.problems import UnknownRevision
from tallybook.programs.program import Program
from tallybook.programs.proof import StoredRevision

PROGRAMS_MAX: Final = 2_000
"""Twice what the largest batch can name, so that what was just put in is still there when it is asked for."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The revision that a document is in force as; `unchanged` when it was in force before."""

    program: str
    revision: int
    etag: str
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a program as it was applied: `document` is the text, comments and all."""

    program: str
    revision: int
    etag: str
    applied_at: datetime
    applied_by: str
    document: str


def apply_program(
    connection: Connection, text: str, now: datetime, expected_etag: str | None = None, applied_by: str = ""
) -> Applied:
    """Put a document in force as the program's next revision, for every transaction after the caller's.

    The document that is in force already, however it is written, makes no revision, whatever `expected_etag`
    says: so applying can be repeated. An `expected_etag` that is not None or empty must be the one in force.

    Raises `ProgramInvalid` for mistakes, and for changes that would falsify balances; `StaleEtag` when
    another document is in force than expected. Of two who apply at once, the second waits for the first.
    """
    draft = _Draft(parse(text), text, now, applied_by)
    current = _locked(connection, draft.document.program)
    if current is None:
        if expected_etag:
            raise StaleEtag(program=draft.document.program, expected=expected_etag, current="")
        try:
            with connection.begin_nested():
                return _put_in_force(connection, draft, 1)
        except IntegrityError:
            # Somebody else has applied the first revision meanwhile: theirs is what this one has to follow.
            current = _locked(connection, draft.document.program)
            if current is None:  # and the caller's snapshot is older than that
                raise
    return _follow(connection, current, draft, expected_etag)


def has_moved_days(connection: Connection, applied: Applied) -> bool:
    """Whether an applied revision lets anything vest or lapse at another moment than the one before it."""
    if applied.unchanged or applied.revision == 1:
        return False
    before, now = (
        parse(read_revision(connection, applied.program, revision).document)
        for revision in (applied.revision - 1, applied.revision)
    )
    return moves_days(before, now)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document that somebody wants in force."""

    document: Document
    text: str
    now: datetime
    applied_by: str


def _locked(connection: Connection, program: str) -> Revision | None:
    """The revision in force, its program locked until the transaction ends."""
    lock = select(tables.program.c.revision).where(tables.program.c.program == program).with_for_update()
    revision = connection.execute(lock).scalar_one_or_none()
    return None if revision is None else read_revision(connection, program, revision)


def _follow(connection: Connection, current: Revision, draft: _Draft, expected_etag: str | None) -> Applied:
    if draft.document.etag() == current.etag:
        return Applied(current.program, current.revision, current.etag, unchanged=True)
    if expected_etag and expected_etag != current.etag:
        raise StaleEtag(program=current.program, expected=expected_etag, current=current.etag)
    if forbidden := list(forbidden_changes(parse(current.document), draft.document)):
        raise refuse(draft.text, forbidden)
    return _put_in_force(connection, draft, current.revision + 1)


def _put_in_force(connection: Connection, draft: _Draft, revision: int) -> Applied:
    program, etag = draft.document.program, draft.document.etag()
    head = {"revision": revision, "etag": etag, "updated_at": draft.now}
    if revision == 1:
        connection.execute(insert(tables.program).values(program=program, **head))
    else:
        connection.execute(update(tables.program).where(tables.program.c.program == program).values(**head))
    connection.execute(
        insert(tables.program_revision).values(
            program=program,
            revision=revision,
            document=draft.text,
            etag=etag,
            applied_at=draft.now,
            applied_by=draft.applied_by,
        )
    )
    return Applied(program, revision, etag, unchanged=False)


def read_revision(connection: Connection, program: str, revision: int | None = None) -> Revision:
    """A revision of a program, by default the one in force; raises `UnknownProgram` or `UnknownRevision`."""
    wanted = tables.program.c.revision if revision is None else revision
    row = connection.execute(
        _revisions().where(tables.program.c.program == program, tables.program_revision.c.revision == wanted)
    ).one_or_none()
    if row is not None:
        return Revision(*row)
    known = select(tables.program.c.program).where(tables.program.c.program == program)
    if revision is None or connection.execute(known).one_or_none() is None:
        raise UnknownProgram(program=program)
    raise UnknownRevision(program=program, revision=revision)


def stored_in_force(connection: Connection, program: str) -> tuple[int, str] | None:
    """Number and etag of the revision in force as they are stored, or None."""
    columns = tables.program.c
    query = select(columns.revision, columns.etag).where(columns.program == program)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def stored_revisions(
    connection: Connection, program: str, newest: int | None = None
) -> Iterator[StoredRevision]:
    """All revisions of a program as they are stored, or those up to `newest`, in their order."""
    columns = tables.program_revision.c
    applied_at = cast(columns.applied_at, Text)
    query = (
        select(columns.revision, columns.etag, columns.document, applied_at, columns.applied_by)
        .where(columns.program == program)
        .order_by(columns.revision)
    )
    if newest is not None:
        query = query.where(columns.revision <= newest)
    for row in connection.execute(query):
        yield StoredRevision(*row)


def revision_in_force_at(connection: Connection, program: str, moment: datetime) -> int:
    """The number of the revision that was in force at a moment; 0 if there was none yet."""
    columns = tables.program_revision.c
    applied = select(func.max(columns.revision)).where(
        columns.program == program, columns.applied_at <= moment
    )
    return connection.execute(applied).scalar() or 0


def list_programs(connection: Connection, after: str = "", limit: int = 100) -> list[Revision]:
    """The revisions in force of up to `limit` programs, by code, of those whose code comes after `after`."""
    rows = connection.execute(
        _revisions()
        .where(
            tables.program.c.program > after, tables.program_revision.c.revision == tables.program.c.revision
        )
        .order_by(tables.program.c.program)
        .limit(limit)
    )
    return [Revision(*row) for row in rows]


def _revisions() -> Select[str, int, str, datetime, str, str]:
    columns = tables.program_revision.c
    return select(
        columns.program,
        columns.revision,
        columns.etag,
        columns.applied_at,
        columns.applied_by,
        columns.document,
    ).join(tables.program, tables.program.c.program == columns.program)


class ProgramCache:
    """Compiled programs, kept in memory by revision.

    Revisions never change, so what is kept is never stale; the oldest goes when there are too many.

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
