"""The server that tests start is durable, and it never outlives its owner."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.databases import PostgresDatabases
from tools.postgres import STOP_LIMIT_S, PostgresKeeper, await_url, postgres_server

ROOT = Path(__file__).resolve().parents[2]

OWNER = """
import time
from tools.postgres import PostgresKeeper, await_url
keeper = PostgresKeeper()
print(keeper.folder, await_url(keeper.folder), flush=True)
time.sleep(600)
"""


def test_the_server_keeps_its_durable_defaults() -> None:
    with postgres_server() as url:
        engine = create_engine(url)
        with engine.connect() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                assert connection.execute(text(f"SHOW {setting}")).scalar_one() == "on"
        engine.dispose()


def test_a_killed_server_is_started_again_on_its_data() -> None:
    keeper = PostgresKeeper()
    try:
        url = await_url(keeper.folder)
        first = keeper.postmaster()
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE kept AS SELECT 7 AS number"))
        engine.dispose()
        os.kill(first, signal.SIGKILL)
        keeper.restart()
        assert await_url(keeper.folder) == url
        assert keeper.postmaster() != first
        with engine.connect() as connection:
            assert connection.execute(text("SELECT number FROM kept")).scalar_one() == 7
        engine.dispose()
    finally:
        keeper.stop()
    assert not keeper.folder.exists()


def test_a_killed_owner_leaves_no_server_and_no_folder() -> None:
    folder, url = _killed_owner()
    deadline = time.monotonic() + STOP_LIMIT_S
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
    with pytest.raises(OperationalError):
        create_engine(url).connect()


def _killed_owner() -> tuple[Path, str]:
    command = [sys.executable, "-c", OWNER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as owner:
        assert owner.stdout is not None
        folder, url = owner.stdout.readline().split()
        owner.kill()
    return Path(folder), url


def test_the_end_of_a_run_removes_its_databases_and_no_others(postgres_databases: PostgresDatabases) -> None:
    url = postgres_databases.create()
    try:
        ending = PostgresDatabases(url, "ending_run", process="x")
        ending.create()
        ending.drop_all()
        engine = create_engine(url)
        with engine.connect() as connection:
            names = connection.execute(text("SELECT datname FROM pg_database")).scalars().all()
        engine.dispose()
        assert not [name for name in names if name.startswith("ending_run")]
        assert engine.url.database in names
    finally:
        postgres_databases.drop(url)
