"""Programs in the database: applied, read, listed, kept. Knows two tables and the caller's connection.

Nothing here commits: the transaction is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, TypeVar

from sqlalchemy import Connection, Select, Text, cast, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from tallybook.errors import InvalidInput, RevisionPlanned, StaleEtag, UnknownProgram
from tallybook.journal.queries import open_pools
from tallybook.programs import tables
from tallybook.programs.changes import forbidden_changes, moved_days, same_ladders
from tallybook.programs.compile import compiled
from tallybook.programs.difference import differences
from tallybook.programs.document import Document
from tallybook.programs.grant_contradictions import late_grants
from tallybook.programs.local_days import local_days
from tallybook.programs.parse import parse, refuse
from tallybook.programs.problems import UnknownRevision
from tallybook.programs.program import Program
from tallybook.programs.proof import StoredRevision
from tallybook.programs.revisions import Applied, Revision, RevisionLine
from tallybook.programs.timeline import Start, Timeline

K = TypeVar("K")
V = TypeVar("V")

PROGRAMS_MAX: Final = 2_000
"""Twice what the largest batch can name, so that what was just put in is still there when it is asked for."""
AHEAD_MAX: Final = timedelta(days=366)
"""How far ahead a revision may be planned."""


# --- applying --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document that somebody wants in force, at once or from a moment on."""

    document: Document
    text: str
    now: datetime
    at: datetime | None
    applied_by: str


def apply_program(
    connection: Connection,
    text: str,
    now: datetime,
    expected_etag: str | None = None,
    *,
    at: datetime | None = None,
    applied_by: str = "",
) -> Applied:
    """Make a document the program's next revision: in force for every transaction after the caller's, or from
    a moment `at` on.

    The document that is the newest already, in force or planned and however it is written, makes no revision,
    whatever the rest says: so applying can be repeated. An `expected_etag` that is not None or empty must be
    the newest revision's, which may be one that is only planned.

    Raises `ProgramInvalid` for mistakes, for changes that would falsify balances, and for planning what moves
    the days of what members have; `StaleEtag` when another document is the newest than expected;
    `RevisionPlanned` when it would be in force before a revision that is planned, in whose place it takes
    force when it is planned for the same moment; `InvalidInput` for a moment that has passed, or is more than
    a year ahead. Of two who apply at once, the second waits for the first.
    """
    draft = _Draft(parse(text), text, now, at, applied_by)
    newest = _locked(connection, draft.document.program)
    if newest is None:
        if expected_etag:
            raise StaleEtag(program=draft.document.program, expected=expected_etag, current="")
        try:
            with connection.begin_nested():
                return _begin(connection, draft)
        except IntegrityError:
            # Somebody else has applied the first revision meanwhile: theirs is what this one has to follow.
            newest = _locked(connection, draft.document.program)
            if newest is None:  # and the caller's snapshot is older than that
                raise
    return _follow(connection, newest, draft, expected_etag)


def _locked(connection: Connection, program: str) -> Revision | None:
    """The newest revision, its program locked until the transaction ends."""
    lock = select(tables.program.c.revision).where(tables.program.c.program == program).with_for_update()
    revision = connection.execute(lock).scalar_one_or_none()
    return None if revision is None else read_revision(connection, program, revision)


def _begin(connection: Connection, draft: _Draft) -> Applied:
    if draft.at is not None and draft.at != draft.now:
        problem = (
            "must be left out: the first revision of a program has none before it, and is in force at once"
        )
        raise InvalidInput("at", problem)
    start = Start(1, draft.now, draft.now)
    _put(connection, draft, start)
    return Applied(draft.document.program, 1, draft.document.etag(), start.in_force_from)


def _follow(connection: Connection, newest: Revision, draft: _Draft, expected_etag: str | None) -> Applied:
    etag = draft.document.etag()
    if etag == newest.etag:
        return Applied(newest.program, newest.revision, etag, newest.in_force_from, unchanged=True)
    if expected_etag and expected_etag != newest.etag:
        raise StaleEtag(program=newest.program, expected=expected_etag, current=newest.etag)
    start = _start_behind(newest, draft)
    before = parse(newest.document)
    forbidden = list(forbidden_changes(before, draft.document))
    first_day = local_days(draft.document.timezone).day_of(start.in_force_from)
    forbidden += late_grants(before, draft.document, first_day)
    moved = list(moved_days(before, draft.document))
    if start.in_force_from > start.applied_at:
        forbidden += moved
    if forbidden:
        raise refuse(draft.text, forbidden)
    if same_ladders(before, draft.document):
        start = start._replace(ladders_revision=newest.ladders_revision)
    _put(connection, draft, start)
    return Applied(
        newest.program,
        start.revision,
        etag,
        start.in_force_from,
        changes=differences(before.canonical(), draft.document.canonical()),
        moves_days=bool(moved),
    )


def _start_behind(newest: Revision, draft: _Draft) -> Start:
    """When the draft takes force, behind the newest revision. A clock that is behind does not set it back."""
    now, at = draft.now, draft.at
    if at is not None and at < now:
        raise InvalidInput("at", f"must not have passed: it is {now.isoformat()}, not {at.isoformat()}")
    if at is not None and at > now + AHEAD_MAX:
        latest = (now + AHEAD_MAX).isoformat()
        raise InvalidInput(
            "at", f"must be within {AHEAD_MAX.days} days, until {latest}, not {at.isoformat()}"
        )
    if not newest.start.is_in_force(now) and (at is None or at < newest.in_force_from):
        raise RevisionPlanned(
            program=newest.program, revision=newest.revision, in_force_from=newest.in_force_from
        )
    applied_at = max(now, newest.applied_at)
    revision = newest.revision + 1
    return Start(revision, applied_at, max(applied_at, at or applied_at), revision)


def _put(connection: Connection, draft: _Draft, start: Start) -> None:
    program, etag = draft.document.program, draft.document.etag()
    newest = {"revision": start.revision, "etag": etag, "updated_at": draft.now}
    if start.revision == 1:
        connection.execute(insert(tables.program).values(program=program, **newest))
    else:
        connection.execute(update(tables.program).where(tables.program.c.program == program).values(**newest))
    connection.execute(
        insert(tables.program_revision).values(
            program=program,
            document=draft.text,
            etag=etag,
            applied_by=draft.applied_by,
            **start._asdict(),
        )
    )
    open_pools(connection, program, compiled(draft.document, start.revision).pools)


# --- reading ---------------------------------------------------------------------------------------------


def read_revision(connection: Connection, program: str, revision: int) -> Revision:
    """A revision of a program; raises `UnknownProgram` or `UnknownRevision`."""
    columns = tables.program_revision.c
    row = connection.execute(
        _revisions().where(columns.program == program, columns.revision == revision)
    ).one_or_none()
    if row is not None:
        return Revision(*row)
    if stored_newest(connection, program) is None:
        raise UnknownProgram(program=program)
    raise UnknownRevision(program=program, revision=revision)


def read_starts(connection: Connection, program: str) -> list[Start]:
    """When each revision of a program was applied, and from when on it is in force, in their order."""
    columns = tables.program_revision.c
    query = select(*(columns[name] for name in Start._fields)).where(columns.program == program)
    return [Start(*row) for row in connection.execute(query.order_by(columns.revision))]


def list_programs(connection: Connection, now: datetime, after: str = "", limit: int = 100) -> list[Revision]:
    """The revisions in force of up to `limit` programs, by code, of those whose code comes after `after`."""
    columns, each = tables.program_revision.c, tables.program_revision.alias("each").c
    in_force = (  # as `Start.is_in_force` has it
        select(func.max(each.revision))
        .where(
            each.program == columns.program,
            or_(each.in_force_from == each.applied_at, each.in_force_from <= now),
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        _revisions()
        .where(columns.program > after, columns.revision == in_force)
        .order_by(columns.program)
        .limit(limit)
    )
    return [Revision(*row) for row in rows]


def list_revisions(
    connection: Connection, program: str, before: int | None = None, limit: int = 100
) -> list[RevisionLine]:
    """Up to `limit` revisions of a program before one of them, the newest first; raises `UnknownProgram`."""
    columns = tables.program_revision.c
    query = select(*(columns[name] for name in RevisionLine._fields)).where(columns.program == program)
    if before is not None:
        query = query.where(columns.revision < before)
    rows = connection.execute(query.order_by(columns.revision.desc()).limit(limit)).all()
    if not rows and stored_newest(connection, program) is None:
        raise UnknownProgram(program=program)
    return [RevisionLine(*row) for row in rows]


def _revisions() -> Select[str, int, str, datetime, datetime, int, str, str]:
    columns = tables.program_revision.c
    return select(
        columns.program,
        columns.revision,
        columns.etag,
        columns.applied_at,
        columns.in_force_from,
        columns.ladders_revision,
        columns.applied_by,
        columns.document,
    )


def applicable(connection: Connection, text: str) -> tuple[Document, int]:
    """A document that could be a program's next revision, and which revision that is.

    Raises `ProgramInvalid` for one that could not be applied, or `UnknownProgram`.
    """
    document = parse(text)
    newest = stored_newest(connection, document.program)
    if newest is None:
        raise UnknownProgram(program=document.program)
    before = parse(read_revision(connection, document.program, newest[0]).document)
    if forbidden := list(forbidden_changes(before, document)):
        raise refuse(text, forbidden)
    return document, newest[0] + 1


def stored_newest(connection: Connection, program: str) -> tuple[int, str] | None:
    """Number and etag of the newest revision as they are stored, or None."""
    columns = tables.program.c
    query = select(columns.revision, columns.etag).where(columns.program == program)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def stored_revisions(
    connection: Connection, program: str, newest: int | None = None
) -> Iterator[StoredRevision]:
    """All revisions of a program as they are stored, or those up to `newest`, in their order."""
    columns = tables.program_revision.c
    moments = cast(columns.applied_at, Text), cast(columns.in_force_from, Text)
    query = (
        select(
            columns.revision,
            columns.etag,
            columns.document,
            *moments,
            columns.applied_by,
            columns.ladders_revision,
        )
        .where(columns.program == program)
        .order_by(columns.revision)
    )
    if newest is not None:
        query = query.where(columns.revision <= newest)
    for row in connection.execute(query):
        yield StoredRevision(*row)


# --- keeping ---------------------------------------------------------------------------------------------


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
