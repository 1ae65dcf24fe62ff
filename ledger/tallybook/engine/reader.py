"""Answers queries: those on folios are read together, all of them as of one moment. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from tallybook.db.database import Database, Session
from tallybook.engine.attempts import insist
from tallybook.engine.batch import Batch
from tallybook.engine.command import Kinds
from tallybook.engine.query import AnyQuery, FolioQuery
from tallybook.engine.reading import HistoryQuery, Reading, settled
from tallybook.errors import DatabaseUnavailable, InternalError, TallybookError
from tallybook.programs import ProgramCache
from tallybook.traces import trace_of

_log = structlog.get_logger(__name__)


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

        def read() -> list[Any]:
            with self._database.snapshot(keyed) as session:
                batch, reading = self._read(session, queries)
                if not keyed:
                    return _answers(queries, batch, reading)
            # What is due of a page may be much: nobody has to hold a snapshot while it is worked out.
            return _answers(queries, batch, reading)

        try:
            return insist(read)
        except DatabaseUnavailable as error:
            return [error for _ in queries]

    def ask_on(self, session: Session, queries: Sequence[AnyQuery]) -> list[Any]:
        """Answer queries on a session that somebody else opened."""
        return _answers(queries, *self._read(session, queries))

    def _read(self, session: Session, queries: Sequence[AnyQuery]) -> tuple[Batch, Reading]:
        """The folios that queries are about, and what other queries read with."""
        reading = Reading(session, self._programs, self._kinds, self._clock())
        on_folios = [query for query in queries if isinstance(query, FolioQuery)]
        members = sorted({(query.program, query.member) for query in on_folios})
        holds = [(q.program, q.member, hold) for q in on_folios if (hold := q.named_hold()) is not None]
        notes = [(q.program, q.member, *key) for q in on_folios for key in q.named_notes()]
        return reading.folios(members, holds, notes) if members else Batch((), reading.now), reading


def _answers(queries: Sequence[AnyQuery], batch: Batch, reading: Reading) -> list[Any]:
    return [_answer(query, batch, reading) for query in queries]


def _answer(query: AnyQuery, batch: Batch, reading: Reading) -> Any:
    try:
        if isinstance(query, HistoryQuery):
            return query.read(reading)
        assert isinstance(query, FolioQuery)
        folio = settled(batch, query.program, query.member, reading.kinds.effects)
        return query.answer(folio, batch.programs[query.program], batch.now)
    except TallybookError as error:
        if isinstance(error, InternalError):
            _log.error("query_failed", kind=type(query).__name__, exception=trace_of(error.__cause__))
        return error
