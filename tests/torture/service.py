"""`tallybook-server` in processes of its own, to be killed and started again. Knows no ledger."""

import json
import random
import subprocess
import sysconfig
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from tallybook_server.keeper import NICENESS

START_LIMIT_S = 60
STOP_LIMIT_S = 60
POLL_INTERVAL_S = 0.02
SERVER = Path(sysconfig.get_path("scripts"), "tallybook-server")


class ServerDidNotStartError(AssertionError):
    """The server did not come to serve in time; the message holds the end of its log."""


class Service:
    """A server on a database, with so many workers. Its log is a file in `folder`."""

    def __init__(self, url: str, folder: Path, *, workers: int) -> None:
        self._url = url
        self._workers = workers
        self._log = folder / "server.log"
        self._parent: psutil.Popen | None = None
        self._left_behind: list[psutil.Process] = []
        # A test that fails stops the server while a thread may still be starting it.
        self._one_at_a_time = threading.Lock()
        self.address = "127.0.0.1:0"

    def start(self) -> None:
        """Start the server, at the address it had before; returns when it serves.

        It is tried again and again, as a supervisor of processes would: workers of a killed parent hold the
        address until they have drained, and the database may still be on its way back.
        """
        with self._one_at_a_time:
            self._start()

    def _start(self) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            begin = self._log.stat().st_size if self._log.exists() else 0
            self._launch()
            while self._parent.poll() is None and time.monotonic() < deadline:
                for event in self._events(begin):
                    if event["event"] == "serving":
                        self.address = event["address"]
                        return
                time.sleep(POLL_INTERVAL_S)
        raise ServerDidNotStartError(self.log()[-2_000:])

    def _launch(self) -> None:
        command = [SERVER, "--url", self._url, "--address", self.address, "--workers", str(self._workers)]
        with self._log.open("ab") as output:
            self._parent = psutil.Popen(
                [*command, "--log-format", "json"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _events(self, begin: int = 0) -> Iterator[dict[str, Any]]:
        with self._log.open("rb") as log:
            log.seek(begin)
            for line in log:
                # What is printed by a process that dies, and a line being written, are no events.
                with suppress(ValueError):
                    event = json.loads(line)
                    if isinstance(event, dict) and "event" in event:
                        yield event

    def log(self) -> str:
        """All that the server has said."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def count(self, event: str) -> int:
        """How often something was logged."""
        return sum(each["event"] == event for each in self._events())

    def workers(self) -> list[psutil.Process]:
        """The workers that are alive."""
        return [each for each in _children(self._parent) if _niceness(each) != NICENESS]

    def keepers(self) -> list[psutil.Process]:
        """The processes that look after the book."""
        return [each for each in _children(self._parent) if _niceness(each) == NICENESS]

    def scribes(self) -> list[psutil.Process]:
        """The processes that write for the workers."""
        return [scribe for worker in self.workers() for scribe in _children(worker)]

    def connections(self) -> Counter[int]:
        """How many clients are connected to each worker, by its process id."""
        port = int(self.address.rpartition(":")[2])
        return Counter(
            worker.pid
            for worker in self.workers()
            for each in worker.net_connections("tcp")
            if each.status == psutil.CONN_ESTABLISHED and each.laddr.port == port
        )

    def kill_worker(self, rng: random.Random) -> None:
        """Kill one of the workers, which the parent has to replace; waits for one where there is none."""
        _kill_one(self.workers, rng)

    def kill_scribe(self, rng: random.Random) -> None:
        """Kill one of the scribes, whose worker has to end; waits for one where there is none."""
        _kill_one(self.scribes, rng)

    def kill_keeper(self, rng: random.Random) -> None:
        """Kill one of the keepers, which the parent has to replace; waits for one where there is none."""
        _kill_one(self.keepers, rng)

    def kill_parent(self) -> None:
        """Kill the parent alone. Its workers notice, drain and end, and its keepers end."""
        self._left_behind += (*self.scribes(), *_children(self._parent))
        self._parent.kill()
        self._parent.wait()

    def kill_all(self) -> None:
        """Kill every process of the server in one go."""
        for each in (*self.scribes(), *_children(self._parent), self._parent):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._parent.wait()

    def stop(self) -> None:
        """End the server as it is meant to end, and see to it that nothing of it is left."""
        with self._one_at_a_time:
            self._stop()

    def _stop(self) -> None:
        self._left_behind += (*self.scribes(), *_children(self._parent))
        with suppress(psutil.NoSuchProcess):
            self._parent.terminate()
        try:
            self._parent.wait(STOP_LIMIT_S)
        finally:
            for each in (self._parent, *self._left_behind):
                with suppress(psutil.NoSuchProcess):
                    each.kill()


def _children(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return [each for each in process.children() if each.status() != psutil.STATUS_ZOMBIE]
    return []


def _niceness(process: psutil.Process) -> int:
    with suppress(psutil.NoSuchProcess):
        return process.nice()
    return 0


def _kill_one(of: Callable[[], list[psutil.Process]], rng: random.Random) -> None:
    """Kill one of several, waiting for some; who ends at this very moment has been quicker."""
    while True:
        if alive := of():
            with suppress(psutil.NoSuchProcess):
                rng.choice(alive).kill()
                return
        time.sleep(POLL_INTERVAL_S)


@contextmanager
def serving(url: str, folder: Path, *, workers: int) -> Iterator[Service]:
    """A server for the length of the block."""
    service = Service(url, folder, workers=workers)
    service.start()
    try:
        yield service
    finally:
        service.stop()
