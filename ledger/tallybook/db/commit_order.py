"""The order of commits across clusters: positions keep growing when a book is restored into another one.

On PostgreSQL a position is a transaction id, and a cluster counts these from its own beginning: a book that
was dumped and restored elsewhere would stamp new entries below old ones. So the book remembers which
cluster it was in, and a shift that is added to every transaction id; opening it in another one sets the
shift anew.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Connection, Table, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from tallybook.db.columns import COUNT, KEY, METADATA
from tallybook.db.database import Database
from tallybook.db.failures import Failure
from tallybook.db.postgresql import OLDEST

commit_order = Table(
    "commit_order",
    METADATA,
    Column("cluster", KEY, primary_key=True),
    Column("shift", COUNT, nullable=False),
)
"""One row: the cluster that this book was last opened in, and what its transaction ids are shifted by."""

_CLUSTER: Final = text(
    "SELECT system_identifier::text || '.'"
    " || (SELECT oid FROM pg_database WHERE datname = current_database())"
    " FROM pg_control_system()"
)
_NEWEST_POSITION: Final = text(
    "SELECT coalesce(max(position), 0) FROM"
    " (SELECT position FROM entry UNION ALL SELECT position FROM rollup_mark) known"
)
"""What was rolled up may lie ahead of the newest entry: other transactions of that cluster were between."""


def keep_order(database: Database) -> None:
    """Make sure that new entries are stamped above all others. Costs two queries if nothing has changed."""
    if not database.is_postgresql:
        return
    try:
        with database.snapshot() as session:
            here = session.connection.execute(_CLUSTER).scalar_one()
            if here == session.connection.execute(select(commit_order.c.cluster)).scalar():
                return
    except DBAPIError as error:
        if database.classify(error) is not Failure.BROKEN:
            raise
        return  # a server that does not tell which cluster it is, such as one that merely speaks the protocol
    with database.change() as connection:
        _move_in(connection, here)


def _move_in(connection: Connection, here: str) -> None:
    """Remember this cluster, and shift its transaction ids above every position given elsewhere."""
    connection.execute(text("LOCK TABLE commit_order IN EXCLUSIVE MODE"))
    known = connection.execute(select(commit_order)).one_or_none()
    if known is None:
        connection.execute(insert(commit_order).values(cluster=here, shift=0))
    elif known.cluster != here:
        newest = connection.execute(_NEWEST_POSITION).scalar_one()
        oldest = connection.execute(text(f"SELECT {OLDEST}")).scalar_one()  # no horizon is below it
        shift = max(newest + 1 - oldest, 0)
        connection.execute(update(commit_order).values(cluster=here, shift=shift))
