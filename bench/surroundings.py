"""Where a benchmark ran: what would have to be the same to see its figures again. Knows no benchmark."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg

ROOT: Final = Path(__file__).resolve().parents[1]
SYNCS: Final = 200
BLOCK: Final = bytes(8192)

DURABLE_SETTINGS: Final = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")
SIZE_SETTINGS: Final = ("shared_buffers", "max_wal_size", "checkpoint_timeout", "wal_compression")


def surroundings(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """The machine, the versions, and the server's settings that say how durable its commits are."""
    settings = {name: _setting(connection, name) for name in (*DURABLE_SETTINGS, *SIZE_SETTINGS)}
    return {
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cpus": len(os.sched_getaffinity(0)),
        "load_before": os.getloadavg()[0],
        "postgresql": _setting(connection, "server_version"),
        "settings": settings,
        "fdatasync_us": _fdatasync_us_of(connection),
    }


def _setting(connection: psycopg.Connection[Any], name: str) -> str | None:
    """A setting of the server; None where we may not see it."""
    row = connection.execute(
        "SELECT current_setting(name) FROM pg_settings WHERE name = %s", [name]
    ).fetchone()
    return None if row is None else str(row[0])


def _fdatasync_us_of(connection: psycopg.Connection[Any]) -> float | None:
    """A server of our own keeps its data where we can write; another machine's disk is not ours to time."""
    folder = _setting(connection, "data_directory")
    return fdatasync_us(Path(folder)) if folder and os.access(folder, os.W_OK) else None


def fdatasync_us(folder: Path) -> float:
    """Microseconds until a block that was overwritten in place is on the disk: what a commit waits for."""
    path = folder / "fdatasync-probe"
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(file, BLOCK, 0)
        os.fsync(file)
        return statistics.median(_timed_sync(file) for _ in range(SYNCS))
    finally:
        os.close(file)
        path.unlink()


def _timed_sync(file: int) -> float:
    start = time.perf_counter()
    os.pwrite(file, BLOCK, 0)
    os.fdatasync(file)
    return (time.perf_counter() - start) * 1e6


def _commit() -> str:
    """The commit that is checked out, marked where files differ from it; empty without git."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()
