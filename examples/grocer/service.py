"""A real server, in a process of its own, on a fresh database. Knows no purchases."""

from __future__ import annotations

import os
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from tallybook import Book
from tallybook_client import TallybookClient
from tallybook_client.errors import DeadlineExceeded, ServerUnreachable

from tools.postgres import postgres_server

START_LIMIT_S = 60
STOP_LIMIT_S = 60
LOG_LINES_SHOWN = 20
PROGRAM = Path(__file__).with_name("program.yaml")


class ServerFailed(Exception):
    """The server did not end well; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server with the grocer's program in force, a client of it, and the hand on its clock.

    `sweep` records what time has done to the book by a moment, as its keeper has it done every day.
    """

    client: TallybookClient
    set_clock: Callable[[datetime], None]
    sweep: Callable[[datetime], None]


@contextmanager
def sqlite_database() -> Iterator[str]:
    """A database in a file of a temporary folder; yields its URL."""
    with tempfile.TemporaryDirectory(prefix="grocer-") as folder:
        yield f"sqlite:///{folder}/book.db"


DATABASES = {"sqlite": sqlite_database, "postgresql": postgres_server}


@contextmanager
def serving(url: str, beginning: datetime) -> Iterator[Service]:
    """Serve the database at `url` for the length of the block, with a clock that stands at `beginning`.

    Raises `ServerFailed` where the server does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="grocer-server-") as folder:
        clock, log = Path(folder) / "clock", Path(folder) / "log"
        _show(clock, beginning)
        address = f"127.0.0.1:{_free_port()}"
        command: list[str | Path] = [
            Path(sysconfig.get_path("scripts")) / "tallybook-server",
            *("--url", url, "--address", address, "--clock-file", clock),
        ]
        with log.open("wb") as output, _process(command, output, log) as process:
            with TallybookClient(address) as stranger:
                _await_answer(stranger, process)
                program = stranger.apply_program(PROGRAM.read_text(encoding="utf-8")).program.program
            with TallybookClient(address, program=program) as client:
                yield Service(
                    client,
                    set_clock=lambda moment: _show(clock, moment),
                    sweep=lambda moment: _sweep(url, moment),
                )


def _sweep(url: str, moment: datetime) -> None:
    with Book.open(url, clock=lambda: moment) as book:
        while book.sweep():
            pass


def _show(clock: Path, moment: datetime) -> None:
    unfinished = clock.with_suffix(".unfinished")
    unfinished.write_text(moment.isoformat())
    os.replace(unfinished, clock)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def _process(command: list[str | Path], output: IO[bytes], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        yield process
    except Exception as error:
        error.add_note(f"The server's log ends so:\n{_end_of(log)}")
        raise
    finally:
        process.terminate()
        try:
            process.wait(STOP_LIMIT_S)
        finally:
            process.kill()
    if process.returncode:
        raise ServerFailed(_end_of(log))


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-LOG_LINES_SHOWN:])


def _await_answer(client: TallybookClient, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        try:
            list(client.with_timeout(1).list_programs())
        except (ServerUnreachable, DeadlineExceeded):
            if process.poll() is not None or time.monotonic() > deadline:
                raise
        else:
            return
