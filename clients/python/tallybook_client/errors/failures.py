"""Failures: why no decision was made, or none was heard."""

from .facts import Fact
from .families import Failed

# What gRPC says of a call that it had no connection for.
NEVER_CONNECTED = "failed to connect to all addresses"


class Contention(Failed):
    """Other commands won the race again and again; nothing was recorded."""

    REASON = "CONTENTION"
    MAY_BE_RECORDED = False


class Overloaded(Failed):
    """More requests wait than the server takes; nothing was recorded."""

    REASON = "OVERLOADED"
    MAY_BE_RECORDED = False


class Draining(Failed):
    """The server is stopping; nothing was recorded."""

    REASON = "DRAINING"
    MAY_BE_RECORDED = False


class DatabaseUnavailable(Failed):
    """The server cannot reach its database; nothing was recorded."""

    REASON = "DATABASE_UNAVAILABLE"
    MAY_BE_RECORDED = False


class SchemaOutdated(Failed):
    """The database is of another release and must be migrated first."""

    REASON = "SCHEMA_OUTDATED"
    MAY_BE_RECORDED = False
    found = Fact(str)
    needed = Fact(str)


class OutcomeUnknown(Failed):
    """The server lost its database during the commit: recorded, or not. The same request again tells."""

    REASON = "OUTCOME_UNKNOWN"


class Internal(Failed):
    """A mistake of the server's own; its log tells more under `incident`. Nothing was recorded."""

    REASON = "INTERNAL"
    MAY_BE_RECORDED = False
    incident = Fact(str)


class ServerUnreachable(Failed):
    """No server answered, or the connection broke before the answer."""

    @property
    def in_doubt(self) -> bool:
        """Whether the request may have been carried out all the same: not when it was never sent."""
        return not self.message.startswith(NEVER_CONNECTED)


class DeadlineExceeded(Failed):
    """No answer came in time. A command may be recorded or not: the same request again tells."""


class DeadlinePassed(DeadlineExceeded):
    """The deadline passed before the command's turn came; nothing was recorded."""

    REASON = "DEADLINE_PASSED"
    MAY_BE_RECORDED = False
