"""A real server for tests: `tallybook-server` as a process of its own, with its log read as it comes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import grpc
from tallybook_client import TallybookClient

START_LIMIT_S = 60
STOP_LIMIT_S = 30

PROGRAM = """
program: shop
timezone: Europe/Berlin
funds: [partner]
units:
  points:
    kind: redeemable
    expiry: {kind: end_of_month, plus_months: 12}
  growth:
    kind: qualifying
    expiry: {kind: after_months, months: 12}
  later:
    kind: redeemable
    vesting: {kind: after_days, days: 14}
    expiry: {kind: after_days, days: 90}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
"""


class Served:
    """A server that runs, or did."""

    def __init__(self, url: str, *flags: str, env: Mapping[str, str] | None = None) -> None:
        self.url = url
        self._folder = tempfile.TemporaryDirectory(prefix="tallybook-server-")
        self._out, self._log = Path(self._folder.name, "out"), Path(self._folder.name, "log")
        command = [sys.executable, "-m", "tallybook_server.main", "--log-format", "json"]
        command += ["--url", url] if url else []
        command += [] if "--address" in flags else ["--address", "127.0.0.1:0"]
        with self._out.open("wb") as out, self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *flags], stdout=out, stderr=log, env={**os.environ, **(env or {})}
            )

    @property
    def said(self) -> str:
        """What it printed to whoever started it."""
        return self._out.read_text()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its log; a line that is no JSON has its text for an event."""
        whole = self._log.read_text().rpartition("\n")[0]
        return [_line(text) for text in whole.splitlines()]

    def await_event(self, name: str, count: int = 1) -> dict[str, Any]:
        """The log line of this name, when it is there for the `count`-th time."""
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            found = [line for line in self.lines if line.get("event") == name]
            if len(found) >= count:
                return found[count - 1]
            if self.process.poll() is not None and name != "ended":
                break
            time.sleep(0.02)
        raise AssertionError(f"no {name!r} in the log: {self.lines}")

    @property
    def address(self) -> str:
        address: str = self.await_event("serving")["address"]
        return address

    def client(self, **options: Any) -> TallybookClient:
        return TallybookClient(self.address, **{"program": "shop", "timeout": 20, **options})

    def channel(self) -> grpc.Channel:
        return grpc.insecure_channel(self.address, options=[("grpc.use_local_subchannel_pool", 1)])

    def stop(self) -> int:
        """End it as an operator would; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_LIMIT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self._folder.cleanup()


def _line(text: str) -> dict[str, Any]:
    try:
        line: dict[str, Any] = json.loads(text)
    except ValueError:
        return {"event": text}
    return line


@contextmanager
def serving(url: str, *flags: str, env: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A server with the shop's program in force."""
    with Served(url, *flags, env=env) as served:
        with served.client() as client:
            client.apply_program(PROGRAM)
        yield served
