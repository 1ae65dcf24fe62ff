"""The rollup's rows and the horizon of commits. Knows SQL; decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from tallybook.db.servers import server_behind
from tallybook.journal.queries import stream
from tallybook.journal.tables import entry, rollup
from tallybook.journal.tables import rollup_mark as marks
from tallybook.journal.verify import Stream

_NAME = "house"

BEFORE_ALL: Final = -(2**63)
"""A position below every other, those included that were written by hand."""


def rollup_mark(connection: Connection) -> int:
    """The position that the rollup covers everything below of."""
    return connection.execute(select(marks.c.position).where(marks.c.name == _NAME)).scalar() or 0


def lock_rollup_mark(connection: Connection) -> int:
    """The same, held against others until the transaction ends."""
    held = select(marks.c.position).where(marks.c.name == _NAME).with_for_update()
    found: int | None = connection.execute(held).scalar()
    if found is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(marks).values(name=_NAME, position=0))
        except IntegrityError:
            # Somebody else has begun the first rollup meanwhile, and this one has waited for it.
            found = connection.execute(held).scalar_one()
    return found or 0


def move_rollup_mark(connection: Connection, position: int) -> None:
    """Everything below `position` is in the rollup now."""
    connection.execute(update(marks).where(marks.c.name == _NAME).values(position=position))


def commit_horizon(connection: Connection) -> int:
    """A position that every transaction still to commit is at or above of."""
    server = server_behind(connection)
    if server is not None:
        return int(connection.execute(text(server.order.horizon)).scalar_one())
    return int(connection.execute(select(func.coalesce(func.max(entry.c.position), 0) + 1)).scalar_one())


def rolled_up(connection: Connection, program: str) -> dict[tuple[str, str, str], int]:
    """The rolled-up balances of a program, by unit, account and fund."""
    return {place: int(amount) for place, amount in stored_rollup(connection, program).items()}


def stored_rollup(connection: Connection, program: str) -> dict[tuple[str, str, str], str]:
    """The same, as the text that is stored."""
    columns = rollup.c.unit, rollup.c.account, rollup.c.fund, rollup.c.amount
    rows = connection.execute(select(*columns).where(rollup.c.program == program))
    return {(unit, account, fund): amount for unit, account, fund, amount in rows}


def add_to_rollup(connection: Connection, sums: Mapping[tuple[str, str, str, str], int]) -> None:
    """Add sums, by program, unit, account and fund, to what is there. The mark must be locked."""
    for (program, unit, account, fund), amount in sorted(sums.items()):
        place = (
            (rollup.c.program == program)
            & (rollup.c.unit == unit)
            & (rollup.c.account == account)
            & (rollup.c.fund == fund)
        )
        before = connection.execute(select(rollup.c.amount).where(place)).scalar()
        if before is None:
            values = {"program": program, "unit": unit, "account": account, "fund": fund}
            connection.execute(insert(rollup).values(**values, amount=str(amount)))
        else:
            connection.execute(update(rollup).where(place).values(amount=str(int(before) + amount)))


def confirmations(
    connection: Connection, program: str, kinds: Collection[str], begin: datetime, end: datetime
) -> Stream:
    """Entries of some kinds that occurred from one moment on and before another, in no particular order:
    kind, member, version, when they occurred, and the reply.
    """
    own = entry.c
    query = select(own.kind, own.member, own.version, own.occurred_at, own.reply).where(
        own.program == program, own.kind.in_(sorted(kinds)), own.occurred_at >= begin, own.occurred_at < end
    )
    return stream(connection, query)
