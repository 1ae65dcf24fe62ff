"""The order of commits as a book moves: positions keep growing when it is restored somewhere else.

On PostgreSQL a position is a transaction id, and a cluster counts these from its own beginning: a book that
was dumped and restored elsewhere would stamp new entries below old ones. So the book remembers which
cluster it was in, and a shift that is added to every transaction id; opening it in another one sets the
shift anew. On servers whose transactions have no such ids, a position is what the book itself has counted.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Connection, Table, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tallybook.db.columns import COUNT, KEY, METADATA
from tallybook.db.database import Database
from tallybook.db.failures import Failure
from tallybook.db.servers import COUNTED, OLDEST, CommitOrder, server_behind
from tallybook.errors import Contention

commit_order = Table(
    "commit_order",
    METADATA,
    Column("cluster", KEY, primary_key=True),
    Column("shift", COUNT, nullable=False),
)
"""One row: the cluster that this book was last opened in, and what its transaction ids are shifted by; or
`_BY_COUNTING`, and how far the book has counted."""

_CLUSTER: Final = text(
    "SELECT system_identifier::text || '.'"
    " || (SELECT oid FROM pg_database WHERE datname = current_database())"
    " FROM pg_control_system()"
)
_BY_COUNTING: Final = "counted"
_NEWEST_POSITION: Final = text(
    "SELECT coalesce(max(position), 0) FROM"
    " (SELECT position FROM entry UNION ALL SELECT position FROM rollup_mark) known"
)
"""What was rolled up may lie ahead of the newest entry: other transactions of that cluster were between."""
_TRIES: Final = 8
"""Of those who open a book at the same time, each may have to see once that another was quicker."""


def keep_order(database: Database) -> None:
    """Make sure that new entries are stamped above all others. Costs two queries if nothing has changed.

    Raises `Contention` where others keep moving the book in.
    """
    if not database.is_postgresql:
        return
    for left in reversed(range(_TRIES)):
        try:
            with database.snapshot() as session:
                server = server_behind(session.connection)
                assert server is not None, "only servers move books in"
                order = server.order
                here = _where_it_is(session.connection, order)
                if here == session.connection.execute(select(commit_order.c.cluster)).scalar():
                    return
        except DBAPIError as error:
            if database.classify(error) is not Failure.BROKEN:
                raise
            return  # a server that does not tell which cluster it is
        try:
            with database.change() as connection:
                _move_in(connection, here, order)
        except (Contention, IntegrityError):
            if not left:
                raise Contention from None


def _where_it_is(connection: Connection, order: CommitOrder) -> str:
    if order is COUNTED:
        return _BY_COUNTING
    found: str = connection.execute(_CLUSTER).scalar_one()
    return found


def _move_in(connection: Connection, here: str, order: CommitOrder) -> None:
    """Remember where the book is, and stamp from now on above every position given elsewhere."""
    known = connection.execute(select(commit_order).with_for_update()).one_or_none()
    if known is None:
        connection.execute(insert(commit_order).values(cluster=here, shift=_shift(connection, order)))
    elif known.cluster != here:
        connection.execute(update(commit_order).values(cluster=here, shift=_shift(connection, order)))


def _shift(connection: Connection, order: CommitOrder) -> int:
    newest: int = connection.execute(_NEWEST_POSITION).scalar_one()
    if order is COUNTED:
        return newest
    oldest: int = connection.execute(text(f"SELECT {OLDEST}")).scalar_one()  # no horizon is below it
    return max(newest + 1 - oldest, 0)
