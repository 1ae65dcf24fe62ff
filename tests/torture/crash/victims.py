"""What can be killed, how it comes back, and when, drawn from a seed. No ledger and no client here."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil

from tests.torture.service import Service
from tools.postgres import PostgresKeeper

PAUSE_S_MIN = 0.05
PAUSE_S_MAX = 0.8
BACKEND_WAIT_S = 10

Strike = Callable[[random.Random], None]
"""Kills something and brings back what does not come back by itself."""


def of_service(service: Service) -> dict[str, Strike]:
    """The processes of the server."""

    def worker(rng: random.Random) -> None:
        service.kill_worker(rng)

    def scribe(rng: random.Random) -> None:
        service.kill_scribe(rng)

    def keeper(rng: random.Random) -> None:
        service.kill_keeper(rng)

    def parent(rng: random.Random) -> None:
        service.kill_parent()
        service.start()

    def server(rng: random.Random) -> None:
        service.kill_all()
        service.start()

    return {"worker": worker, "scribe": scribe, "keeper": keeper, "parent": parent, "server": server}


def of_postgres(keeper: PostgresKeeper, service: Service) -> dict[str, Strike]:
    """The processes of PostgreSQL, and both sides at once."""

    def postmaster(rng: random.Random) -> None:
        os.kill(keeper.postmaster(), signal.SIGKILL)
        time.sleep(rng.uniform(0, PAUSE_S_MAX))
        keeper.restart()

    def backend(rng: random.Random) -> None:
        # PostgreSQL takes this for a crash: it ends all other backends and recovers.
        rng.choice(_backends(keeper.postmaster())).kill()

    def both(rng: random.Random) -> None:
        os.kill(keeper.postmaster(), signal.SIGKILL)
        service.kill_worker(rng)
        time.sleep(rng.uniform(0, PAUSE_S_MAX))
        keeper.restart()

    return {"postmaster": postmaster, "backend": backend, "postmaster and worker": both}


def _backends(postmaster: int) -> list[psutil.Process]:
    """The processes that serve connections; waits for some where there are none."""
    deadline = time.monotonic() + BACKEND_WAIT_S
    while time.monotonic() < deadline:
        found = []
        for child in psutil.Process(postmaster).children():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                if "[local]" in " ".join(child.cmdline()):
                    found.append(child)
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("the server keeps no connection to PostgreSQL")


def schedule(strikes: dict[str, Strike], kills: int, rng: random.Random) -> Iterator[tuple[float, str]]:
    """So many kills: the pause before each, in seconds, and what is killed. All get their turn."""
    names: list[str] = []
    for _ in range(kills):
        if not names:
            names = rng.sample(sorted(strikes), len(strikes))
        yield rng.uniform(PAUSE_S_MIN, PAUSE_S_MAX), names.pop()
