"""The servers that speak PostgreSQL's protocol: PostgreSQL itself, and others that lack some of it.

Tallybook asks each connection what it leads to, and does without what is missing there: CockroachDB and
YugabyteDB count no transactions in one order and tell no snapshot, may know no advisory locks and no BRIN
indexes, and refuse settings that they do not know. Citus is PostgreSQL, extended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, LiteralString
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import URL, Connection, Text
from sqlalchemy.dialects import postgresql, registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

OLDEST: Final = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
"""The oldest transaction that is under way on a PostgreSQL cluster, in whatever database."""

_SHIFT: Final = "coalesce((SELECT shift FROM commit_order), 0)"


@dataclass(frozen=True, slots=True, eq=False)
class CommitOrder:
    """An order of commits: it grows with each transaction, and no commit slips in behind its horizon.

    `stamp` is the place of the transaction it stands in, `horizon` a query for a place that every transaction
    still to commit is at or above of. `advance` is what a transaction says before it stamps anything.
    """

    stamp: str
    horizon: str
    advance: LiteralString | None = None


BY_TRANSACTION: Final = CommitOrder(
    stamp=f"pg_current_xact_id()::text::bigint + {_SHIFT}", horizon=f"SELECT {OLDEST} + {_SHIFT}"
)
"""Transaction ids: nobody waits. `tallybook.db.commit_order` says what the shift is for."""

COUNTED: Final = CommitOrder(
    stamp="(SELECT shift FROM commit_order)",
    horizon=f"SELECT {_SHIFT} + 1",
    advance="UPDATE commit_order SET shift = shift + 1",
)
"""A row that counts: whoever has advanced it holds it until the commit, so that the next comes after."""


@dataclass(frozen=True, slots=True, eq=False)
class Server:
    """What a server has of PostgreSQL, and what is said to it."""

    order: CommitOrder
    has_brin: bool
    has_advisory_locks: bool
    has_collation_c: bool
    """Where it has not, text is compared byte by byte as it is."""
    keeps_order_of_keys: bool
    """Whether lookups find rows in the order of their keys."""
    keyed_settings: LiteralString
    """For connections that only ever reach rows by key: a generic plan must not fall for an empty table.

    A process that is gone without a word, such as one behind a network that broke, must not leave its members
    locked: the limits are far above what a batch takes, and let go of the locks while callers still wait.
    """
    report_settings: LiteralString = "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'"
    """For the other connections: `verify` reads days and moments as text."""
    before_laying: LiteralString = ""
    """What is said before tables are laid."""


POSTGRESQL: Final = Server(
    order=BY_TRANSACTION,
    has_brin=True,
    has_advisory_locks=True,
    has_collation_c=True,
    keeps_order_of_keys=True,
    keyed_settings="""
        SET timezone = 'UTC'; SET enable_seqscan = off; SET jit = off;
        SET idle_in_transaction_session_timeout = '5s';
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
        SELECT set_config('transaction_timeout', '30s', false)
         WHERE current_setting('server_version_num')::int >= 170000
    """,
)
_PLAIN_SETTINGS: Final = "SET timezone = 'UTC'; SET idle_in_transaction_session_timeout = '5s'"

YUGABYTEDB: Final = Server(
    order=COUNTED,
    has_brin=False,
    has_advisory_locks=False,
    has_collation_c=True,
    keeps_order_of_keys=True,
    keyed_settings=_PLAIN_SETTINGS,
    # Keys begin with the program: spread by their first column, all of a program would lie on one node.
    before_laying="""
        SELECT set_config(name, 'off', true) FROM pg_settings WHERE name = 'yb_use_hash_splitting_by_default'
    """,
)
OTHER: Final = Server(
    order=COUNTED,
    has_brin=False,
    has_advisory_locks=False,
    has_collation_c=False,
    keeps_order_of_keys=False,
    keyed_settings=_PLAIN_SETTINGS,
    report_settings="SET timezone = 'UTC'",
)
"""CockroachDB, and whatever else says that it is not PostgreSQL."""

_known: Final[WeakKeyDictionary[psycopg.Connection[Any], Server]] = WeakKeyDictionary()


def server_of(raw: psycopg.Connection[Any]) -> Server:
    """What a connection leads to. Asks it once."""
    found = _known.get(raw)
    if found is None:
        (version,) = raw.execute("SELECT version()", prepare=False).fetchone() or ("",)
        found = _known[raw] = told_by(version)
    return found


def server_behind(connection: Connection) -> Server | None:
    """The same, of a connection of SQLAlchemy's; None for one to SQLite."""
    if connection.dialect.driver != PGDialect_psycopg.driver:
        return None
    return server_of(connection.connection.driver_connection)  # type: ignore[arg-type]


def told_by(version: str) -> Server:
    """The server that calls itself so."""
    if not version.startswith("PostgreSQL "):
        return OTHER
    return YUGABYTEDB if "-YB-" in version else POSTGRESQL


class AnyServer(PGDialect_psycopg):
    """SQLAlchemy's dialect, for servers too whose `version()` says nothing of PostgreSQL."""

    supports_statement_cache = True
    has_collation_c = True

    def initialize(self, connection: Connection) -> None:
        """Learn from the first connection."""
        super().initialize(connection)  # type: ignore[no-untyped-call]
        raw: Any = connection.connection.driver_connection
        self.has_collation_c = server_of(raw).has_collation_c

    def _get_server_version_info(self, connection: Connection) -> tuple[int, int]:
        """The version of PostgreSQL that the server takes after, which each of them tells in this setting."""
        number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
        return number // 10_000, number % 10_000


registry.register("postgresql.tallybook", __name__, AnyServer.__name__)


class ByteText(TypeDecorator[str]):
    """Text that is compared byte by byte, whatever the locale."""

    impl = Text
    cache_ok = True
    python_type = str

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL has to be told so; a dialect that is not ours leads to no other server."""
        told = dialect.name == "postgresql" and getattr(dialect, "has_collation_c", True)
        return postgresql.TEXT(collation="C") if told else Text()


def url_of_any_server(url: URL) -> URL:
    """The URL by which SQLAlchemy takes `AnyServer`."""
    return url.set(drivername="postgresql+tallybook")
