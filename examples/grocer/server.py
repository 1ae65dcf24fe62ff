"""A real server, in a process of its own. Knows no purchases."""

from __future__ import annotations

import json
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_LIMIT_S = 60
START_POLL_S = 0.05
STOP_LIMIT_S = 60
LOG_LINES_SHOWN = 20


class ServerFailed(Exception):
    """The server did not start, or did not end well; its log tells why."""


@contextmanager
def server(url: str, clock: Path, log: Path) -> Iterator[str]:
    """Run a server on a port that it picks, with its clock in a file; yields its address once it takes calls.

    Raises `ServerFailed` where the server does not start, or does not end well.
    """
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
