"""`tallybook-server`: from the command line to workers and keepers, and to their end. Knows no rpc."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import structlog
import tallybook as tb
import uvloop

from tallybook_server.book_lanes import writing
from tallybook_server.clock import ClockUnreadable, book_clock
from tallybook_server.demo import prepare_demo, say, what_to_try
from tallybook_server.keeper import look_after
from tallybook_server.lanes import Run
from tallybook_server.logs import start_logging
from tallybook_server.scribe import hire_scribe
from tallybook_server.settings import Settings, read_settings
from tallybook_server.supervisor import Duty, Supervisor
from tallybook_server.worker import serve

EXIT_CANNOT_START: Final = 2

_log = structlog.get_logger(__name__)


class CannotStart(Exception):
    """The server cannot start, for a reason that its message tells."""


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until told to stop; returns the exit code."""
    settings = read_settings(sys.argv[1:] if argv is None else argv, os.environ)
    start_logging(settings)
    try:
        _prepare_book(settings)
        with _reserved_port(settings) as reservation:
            return _supervise(replace(settings, port=reservation.getsockname()[1]))
    except CannotStart as error:
        sys.stderr.write(f"tallybook-server: {error}\n")
        return EXIT_CANNOT_START


def _prepare_book(settings: Settings) -> None:
    """Lay the tables, once for all workers. Connections are closed again: none may be shared by a fork."""
    try:
        with tb.Book.open(
            settings.url, clock=book_clock(settings.clock_file), migrate=settings.migrate
        ) as book:
            if settings.demo:
                prepare_demo(book)
    except tb.SchemaOutdated as error:
        raise CannotStart(f"{error} (--migrate does it)") from error
    except (tb.TallybookError, ClockUnreadable, ValueError) as error:
        raise CannotStart(str(error)) from error
    except Exception as error:
        said = _said_by_driver(error)
        if not said:
            raise
        raise CannotStart(said) from error


def _said_by_driver(error: Exception) -> str:
    """What a database's driver said, in one line and without the statement; empty for other errors."""
    original = getattr(error, "orig", None) or error
    is_drivers = hasattr(original, "sqlstate") or hasattr(original, "sqlite_errorname")
    return " ".join(str(original).split()) if is_drivers else ""


def _reserved_port(settings: Settings) -> socket.socket:
    """Bind the port without listening, so that it is ours, and known where any was asked for.

    The first attempt shares it with nobody: SO_REUSEPORT alone would let two servers serve on it unaware.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
        reservation = socket.socket(family)
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reservation.bind((settings.host, settings.port))
    except OSError as error:
        raise CannotStart(f"cannot listen on {settings.address}: {error.strerror}") from error
    return reservation


def _supervise(settings: Settings) -> int:
    def open_book() -> tb.Book:
        return tb.Book.open(settings.url, clock=book_clock(settings.clock_file))

    def run_worker(is_ready: Callable[[], None], lifeline: int) -> None:
        scribe = hire_scribe(lambda use: _write(open_book, use))
        uvloop.run(serve(settings, scribe, is_ready, lifeline))

    def run_keeper(is_ready: Callable[[], None], lifeline: int) -> None:
        look_after(open_book, settings.sweep_seconds, is_ready, lifeline)

    def when_ready() -> None:
        _log.info("serving", address=settings.address, workers=settings.workers, pid=os.getpid())
        if settings.demo:
            say(what_to_try(settings.address))

    # What is here by now is shared by all children, as long as none of them writes to it.
    gc.freeze()
    duties = [
        Duty("worker", run_worker, settings.workers),
        Duty("keeper", run_keeper, settings.workers if settings.sweep_seconds else 0),
    ]
    code = Supervisor(duties, grace_seconds=settings.grace_seconds).run(when_ready)
    _log.info("ended", exit_code=code)
    return code


def _write(open_book: Callable[[], tb.Book], use: Callable[[Run], None]) -> None:
    """What a scribe does: it carries out commands."""
    with open_book() as book:
        use(writing(book))


if __name__ == "__main__":
    sys.exit(main())
