"""A trip to PostgreSQL: statements that travel together, and their results that come back together.

psycopg's own pipeline sends each statement by itself, looks for results after each, and lets go of the
interpreter every time: forty times for a batch of twenty-five awards, and each time another thread, such as
an event loop, may keep it for a while. A trip hands everything to libpq first, and then waits.

Knows libpq's pipelines, and only connections that nobody else is in the middle of using.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Generator, Sequence
from functools import partial
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import Transformer
from psycopg.generators import fetch_many, send
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]

ENDED: Final = {
    error.sqlstate: error
    for error in (psycopg.errors.IdleInTransactionSessionTimeout, psycopg.errors.TransactionTimeout)
}
"""What the server says when it ends a transaction that took too long, by code."""

_numbers: Final = count(1)
_known: Final[WeakKeyDictionary[psycopg.Connection[Any], set[bytes]]] = WeakKeyDictionary()
"""Which statements each connection has prepared."""


class TripStatement:
    """A constant text with parameters $1, $2, ..., prepared by every connection that it travels on."""

    __slots__ = ("name", "sql")

    def __init__(self, sql: bytes) -> None:
        self.name = b"tallybook_%d" % next(_numbers)
        self.sql = sql


class Trip:
    """Statements on their way through one connection: `add` them, then `run`."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw
        self._pgconn = raw.pgconn
        self._known = _known.setdefault(raw, set())
        self._commands: list[Callable[[], None]] = []
        self._preparing: list[bytes | None] = []
        """What each command prepares; None for those that only run."""
        self._answering: list[int] = []
        """Where among the results those of added statements stand."""
        if self._pgconn.transaction_status == TransactionStatus.IDLE and not raw.autocommit:
            level = raw.isolation_level
            ending = "" if level is None else " ISOLATION LEVEL " + level.name.replace("_", " ")
            self.say(b"BEGIN" + ending.encode())

    def add(self, statement: TripStatement, parameters: Sequence[str], keep_plan: bool) -> None:
        """Send a statement; without `keep_plan` it is planned for this one time."""
        values = [text.encode() for text in parameters]
        if not keep_plan:
            self._enqueue(partial(self._pgconn.send_query_params, statement.sql, values))
        else:
            if statement.name not in self._known and statement.name not in self._preparing:
                self._enqueue(
                    partial(self._pgconn.send_prepare, statement.name, statement.sql), statement.name
                )
            self._enqueue(partial(self._pgconn.send_query_prepared, statement.name, values))
        self._answering.append(len(self._commands) - 1)

    def say(self, sql: bytes) -> None:
        """Send a statement without parameters whose results nobody needs."""
        self._enqueue(partial(self._pgconn.send_query_params, sql, None))

    def commit(self) -> None:
        """Commit after what was added."""
        self.say(b"COMMIT")

    def run(self) -> list[list[Row]]:
        """Make the trip: the rows of each statement added, in order. Raises the first database error."""
        if not self._commands:
            return []
        self._check_line()
        self._enqueue(self._pgconn.pipeline_sync)
        self._pgconn.enter_pipeline_mode()
        results: list[list[PGresult]] = []
        try:
            for command in self._commands:
                command()
            self._raw.wait(self._travel(results))
        except psycopg.OperationalError as error:
            raise _last_words(results) or error from None
        finally:
            if self._pgconn.status != ConnStatus.BAD:
                self._pgconn.exit_pipeline_mode()
        for prepared, (result, *_) in zip(self._preparing, results, strict=True):
            if result.status == ExecStatus.FATAL_ERROR:
                raise psycopg.errors.error_from_result(result)
            if prepared is not None:
                self._known.add(prepared)
        return [self._rows(results[index][0]) for index in self._answering]

    def _check_line(self) -> None:
        """Raise where the server has said meanwhile that it ended the transaction, which took too long.

        Whatever is sent then is lost, and by what libpq tells of that, it might have been committed.
        """
        if self._pgconn.transaction_status != TransactionStatus.INTRANS:
            return
        line = select.poll()
        line.register(self._pgconn.socket, select.POLLIN)
        if not line.poll(0):
            return
        said: list[str | None] = []
        hear: Callable[[psycopg.errors.Diagnostic], None] = lambda told: said.append(told.sqlstate)  # noqa: E731
        self._raw.add_notice_handler(hear)
        try:
            self._pgconn.consume_input()
            self._pgconn.is_busy()  # which reads what has come in
        finally:
            self._raw.remove_notice_handler(hear)
        for state in said:
            if state in ENDED:
                raise ENDED[state]("the server ended the transaction")

    def _enqueue(self, command: Callable[[], None], preparing: bytes | None = None) -> None:
        self._commands.append(command)
        self._preparing.append(preparing)

    def _travel(self, results: list[list[PGresult]]) -> Generator[Any, Any, None]:
        yield from send(self._pgconn)
        for _ in self._commands:
            found = yield from fetch_many(self._pgconn)
            assert found, "every command of a pipeline has a result"
            results.append(found)

    def _rows(self, result: PGresult) -> list[Row]:
        if result.status != ExecStatus.TUPLES_OK:
            return []
        transformer = Transformer(self._raw)
        transformer.set_pgresult(result)
        return transformer.load_rows(0, result.ntuples, tuple)


def _last_words(results: Sequence[Sequence[PGresult]]) -> psycopg.Error | None:
    """What the server said before it hung up, where it did: why it ended the connection."""
    failed = (result for result, *_ in results if result.status == ExecStatus.FATAL_ERROR)
    errors = (psycopg.errors.error_from_result(result) for result in failed)
    return next((error for error in errors if error.diag.severity_nonlocalized == "FATAL"), None)
