"""Answers queries: folios are read together, as of one moment, and settled in memory. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tallybook.db.database import Database, Session
from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.command import Kinds
from tallybook.engine.decide import settle_folio
from tallybook.engine.gather import Gathering, build_folios, gather, is_due, place_holds
from tallybook.engine.in_force import in_force
from tallybook.engine.query import AnyQuery, FolioQuery, HistoryQuery
from tallybook.errors import TallybookError, UnknownMember, UnknownProgram
from tallybook.journal import tables
from tallybook.journal.folio import Folio
from tallybook.programs import Program, ProgramCache


@dataclass(frozen=True, slots=True)
class Reading:
    """What a history query reads with: a session on one snapshot, the programs, the kinds and the time."""

    session: Session
    programs: ProgramCache
    kinds: Kinds
    now: datetime

    def program(self, code: str, revision: int | None = None) -> Program:
        """A program as in force, or one of its revisions; raises `UnknownProgram`."""
        return self.programs.load(self.session.connection, code, revision)

    def settled_folio(self, program: str, member: str) -> Folio:
        """A member's folio, brought up to now in memory; raises `UnknownProgram` or `UnknownMember`."""
        batch = Batch((), self.now)
        read_folios(self.session, self.programs, batch, [(program, member)], [])
        return settled(batch, program, member)


class Reader:
    """Answers queries on one database."""

    def __init__(
        self, database: Database, programs: ProgramCache, kinds: Kinds, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._programs = programs
        self._kinds = kinds
        self._clock = clock

    def ask(self, queries: Sequence[AnyQuery]) -> list[Any]:
        """An answer or an error for each query, all of them from the same moment."""
        keyed = all(isinstance(query, FolioQuery) for query in queries)
        with self._database.snapshot(keyed) as session:
            return self.ask_on(session, queries)

    def ask_on(self, session: Session, queries: Sequence[AnyQuery]) -> list[Any]:
        """Answer queries on a session that somebody else opened."""
        reading = Reading(session, self._programs, self._kinds, self._clock())
        on_folios = [query for query in queries if isinstance(query, FolioQuery)]
        batch = Batch((), reading.now)
        if on_folios:
            members = sorted({(query.program, query.member) for query in on_folios})
            holds = [(q.program, q.member, hold) for q in on_folios if (hold := q.named_hold()) is not None]
            read_folios(session, self._programs, batch, members, holds)
        return [_answer(query, batch, reading) for query in queries]


def read_folios(
    session: Session,
    programs: ProgramCache,
    batch: Batch,
    members: Sequence[MemberKey],
    holds: Sequence[tuple[str, str, str]],
) -> None:
    """Bring members' folios with the named holds into a batch, and the programs they are in."""
    codes = sorted({program for program, _ in members})
    gather(session, batch, (lambda _: _folios(batch, members, holds), in_force(programs, codes)))


def _folios(
    batch: Batch, members: Sequence[MemberKey], holds: Sequence[tuple[str, str, str]]
) -> Gathering:
    folio_rows, lot_rows, hold_rows = yield [
        Fetch(tables.READ_FOLIOS, members),
        Fetch(tables.READ_LOTS, members),
        Fetch(tables.READ_HOLDS, holds),
    ]
    batch.folios |= build_folios(members, folio_rows, lot_rows)
    place_holds(batch.folios, hold_rows)
    due = [key for key in members if is_due(batch.folios[key], batch)]
    if due:
        (hold_rows,) = yield [Fetch(tables.READ_OPEN_HOLDS, due)]
        place_holds(batch.folios, hold_rows)


def _answer(query: AnyQuery, batch: Batch, reading: Reading) -> Any:
    try:
        if isinstance(query, HistoryQuery):
            return query.read(reading)
        assert isinstance(query, FolioQuery)
        return _answer_from_folio(query, batch)
    except TallybookError as error:
        return error


def _answer_from_folio(query: FolioQuery[Any], batch: Batch) -> Any:
    folio = settled(batch, query.program, query.member)
    return query.answer(folio, batch.programs[query.program], batch.now)


def settled(batch: Batch, code: str, member: str) -> Folio:
    """A folio of the batch, brought up to its moment; raises `UnknownProgram` or `UnknownMember`."""
    program = batch.programs.get(code)
    if program is None:
        raise UnknownProgram(program=code)
    folio = batch.folios[code, member]
    if not folio.exists:
        raise UnknownMember(program=code, member=member)
    settle_folio(folio, program, max(batch.now, folio.standing.recorded_at or batch.now))
    return folio
