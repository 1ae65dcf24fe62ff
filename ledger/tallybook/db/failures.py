"""What a database error means for the batch that met it. Pure: no clock, no database."""

from __future__ import annotations

from enum import Enum


class Failure(Enum):
    """The kinds of failure that the engine treats apart."""

    TRY_AGAIN = "try again"  # a deadlock, a serialization failure, a lock that was not free
    BUSY = "busy"  # somebody else writes, and there can be one only
    SLOW = "slow"  # the server ended a transaction that was left waiting for too long
    CONFLICT = "conflict"  # a row that must be unique exists: somebody was quicker
    GONE = "gone"  # the connection or the server went away
    REFUSED = "refused"  # the database will not have a value, or a row, of this batch
    BROKEN = "broken"  # the statement itself fails: a missing table, a missing privilege
