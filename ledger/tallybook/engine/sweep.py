"""Sweeping: record what time has done to members nobody asked about, and forget old refusals.

Knows the journal's tables; decides nothing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from tallybook.db.database import Database
from tallybook.engine.engine import Engine
from tallybook.journal import tables


def settle_due(engine: Engine, database: Database, limit: int) -> int:
    """Settle up to `limit` members that are due, those due longest first; returns how many there were."""
    folio = tables.folio.c
    with database.snapshot() as session:
        due = (
            select(folio.program, folio.member)
            .where(folio.next_due_at <= engine.now())
            .order_by(folio.next_due_at)
            .limit(limit)
        )
        members = [(program, member) for program, member in session.connection.execute(due)]
    engine.settle(members)
    return len(members)


def look_again(connection: Connection, program: str) -> None:
    """Have every member of a program looked at before the next thing is done to them.

    For a new revision by which what they have falls due earlier. Members are locked in order, as batches do.
    """
    folio = tables.folio.c
    in_order = select(folio.member).where(folio.program == program).order_by(folio.member).with_for_update()
    connection.execute(
        update(tables.folio)
        .where(folio.program == program, folio.member.in_(in_order))
        .values(next_due_at=folio.enrolled_at)
    )


def forget_refusals(database: Database, recorded_before: datetime) -> int:
    """Delete refusals recorded before a moment; returns how many."""
    with database.change() as connection:
        old = delete(tables.refusal).where(tables.refusal.c.recorded_at < recorded_before)
        return connection.execute(old).rowcount
