"""A Tallybook server in processes of its own, for the length of a block. Knows its flags, and no rpc."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

START_LIMIT_S: Final = 60
STOP_LIMIT_S: Final = 60
POLL_INTERVAL_S: Final = 0.05
HIGHEST_MEMORY: Final = "VmHWM"


class Served(NamedTuple):
    """A server that takes calls: where, and the process that was started."""

    address: str
    pid: int

    def peak_memory_kb(self) -> int:
        """The most memory that a worker has had resident so far, the largest of them if there are several."""
        return max(_peak_kb(pid) for pid in _workers(self.pid))


@contextmanager
def server(url: str, workers: int) -> Iterator[Served]:
    """Serve the book at `url`, with the empty call beside the others."""
    address = f"127.0.0.1:{_free_port()}"
    flags = ["--url", url, "--address", address, "--workers", str(workers), "--bench-empty"]
    # Its log would cost it time on a terminal; what goes wrong with a call is counted where the call is made.
    command = [sys.executable, "-m", "tallybook_server.main", *flags, "--log-level", "error"]
    process = subprocess.Popen(command, stdout=sys.stderr)
    try:
        _await_answer(process, address)
        yield Served(address, process.pid)
    finally:
        process.terminate()
        process.wait(STOP_LIMIT_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_answer(process: subprocess.Popen[bytes], address: str) -> None:
    host, _, port = address.partition(":")
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it took calls")
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(POLL_INTERVAL_S)
    raise RuntimeError(f"the server took no calls within {START_LIMIT_S} s")


def _workers(pid: int) -> Iterator[int]:
    """The processes that do the work, workers and their scribes: all but the one that looks after them."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield int(child)
        yield from _workers(int(child))


def _peak_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(HIGHEST_MEMORY):
            return int(line.split()[1])
    raise RuntimeError(f"the system does not tell the peak memory of process {pid}")
