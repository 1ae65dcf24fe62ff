"""A real server, in a process of its own, on a fresh database. Knows no purchases."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tallybook import Book
from tallybook_client import TallybookClient

from tools.postgres import postgres_server

START_LIMIT_S = 60
START_POLL_S = 0.05
STOP_LIMIT_S = 60
LOG_LINES_SHOWN = 20
PROGRAM = Path(__file__).with_name("program.yaml")


class ServerFailed(Exception):
    """The server did not start, or did not end well; its log tells why."""


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

    Raises `ServerFailed` where the server does not start, or does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="grocer-server-") as folder:
        clock = Path(folder) / "clock"
        _show(clock, beginning)
        with _server(url, clock, log=Path(folder) / "log") as address:
            with TallybookClient(address) as stranger:
                program = stranger.apply_program(PROGRAM.read_text(encoding="utf-8")).program.program
            with TallybookClient(address, program=program) as client:
                yield Service(
                    client,
                    set_clock=lambda moment: _show(clock, moment),
                    sweep=lambda moment: _sweep(url, moment),
                )


def _show(clock: Path, moment: datetime) -> None:
    unfinished = clock.with_suffix(".unfinished")
    unfinished.write_text(moment.isoformat())
    os.replace(unfinished, clock)


def _sweep(url: str, moment: datetime) -> None:
    with Book.open(url, clock=lambda: moment) as book:
        while book.sweep():
            pass


@contextmanager
def _server(url: str, clock: Path, log: Path) -> Iterator[str]:
    """Run a server on a port that it picks; yields its address once it takes calls."""
    command: list[str | Path] = [
        Path(sysconfig.get_path("scripts")) / "tallybook-server",
        *("--url", url, "--address", "127.0.0.1:0", "--clock-file", clock, "--log-format", "json"),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        yield _address_when_ready(process, log)
    except Exception as error:
        error.add_note(f"The server's log ends so:\n{_end_of(log)}")
        raise
    finally:
        _end(process)
    if process.returncode:
        raise ServerFailed(f"it ended with {process.returncode}:\n{_end_of(log)}")


def _address_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_LIMIT_S
    while process.poll() is None and time.monotonic() < deadline:
        # What follows the last line break is not a whole line yet.
        for line in log.read_text(encoding="utf-8").split("\n")[:-1]:
            if '"event": "serving"' in line:
                address: str = json.loads(line)["address"]
                return address
        time.sleep(START_POLL_S)
    raise ServerFailed("it did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    finally:
        process.kill()


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-LOG_LINES_SHOWN:])
