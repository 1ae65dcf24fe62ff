"""Sweeping: record what time has done to members nobody asked about, and forget old refusals.

Knows the journal's tables; decides nothing.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, func, select, update

from tallybook.db.database import Database, Session
from tallybook.engine.batch import MemberKey
from tallybook.engine.engine import BATCH_MAX, Engine
from tallybook.journal import tables
from tallybook.programs import Program


def settle_due(engine: Engine, limit: int) -> int:
    """Settle up to `limit` members that are due, those due longest first; returns how many there were.

    Members that somebody else is about are left to them: whoever has locked one settles it. So sweepers share
    the work and wait for nobody, and nobody waits for two of them. What is too much for one transaction stays
    due, and goes on in the next.
    """
    settled = 0
    while settled < limit:
        size = min(limit - settled, BATCH_MAX)
        swept = engine.settle(partial(_lock_due, now=engine.now(), limit=size))
        settled += len(swept.found) - swept.unfinished
        if len(swept.found) < size and not swept.unfinished:
            break
    return settled


def _lock_due(session: Session, now: datetime, limit: int) -> list[MemberKey]:
    folio = tables.folio.c
    due = select(folio.program, folio.member).where(folio.next_due_at <= now).order_by(folio.next_due_at)
    locked = due.limit(limit).with_for_update(skip_locked=True)  # on SQLite one writes at a time as it is
    return [(program, member) for program, member in session.connection.execute(locked)]


def change_days(engine: Engine, connection: Connection, before: Program, now: datetime) -> None:
    """Pass all members of a program on to a revision by which what they have falls due at other moments.

    What fell due until now by the revision `before` is recorded: otherwise what has vested or lapsed could be
    pending or available again. Then every member is looked at before the next thing is done to them. Members
    are locked first, in order, as batches do: with all of them locked, nothing is done by either revision.
    """
    folio = tables.folio.c
    of_program = folio.program == before.code
    in_order = select(folio.member).where(of_program).order_by(folio.member).with_for_update()
    connection.execute(select(func.count()).select_from(in_order.subquery()))
    last = ""
    due = select(folio.member).where(of_program, folio.next_due_at <= now).order_by(folio.member)
    while found := connection.execute(due.where(folio.member > last).limit(BATCH_MAX)).scalars().all():
        engine.settle_under(before, [(before.code, member) for member in found], now, connection)
        last = found[-1]
    connection.execute(update(tables.folio).where(of_program).values(next_due_at=folio.enrolled_at))


def forget_refusals(database: Database, recorded_before: datetime) -> int:
    """Delete refusals recorded before a moment; returns how many."""
    with database.change() as connection:
        old = delete(tables.refusal).where(tables.refusal.c.recorded_at < recorded_before)
        return connection.execute(old).rowcount
