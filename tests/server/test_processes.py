"""The server as processes: starting, sharing a port, dying, draining, and what it says."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tallybook_client import TallybookClient, errors
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest
from tallybook_client.status import error_of_call
from tallybook_server.keeper import NICENESS

from tests.server.blocking import writes_blocked
from tests.server.serving import Served, serving

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


def workers(served: Served) -> list[int]:
    """The children that serve."""
    return [pid for pid in children_of(served.process.pid) if niceness(pid) != NICENESS]


def keepers(served: Served) -> list[int]:
    """The children that look after the book: they are nice."""
    return [pid for pid in children_of(served.process.pid) if niceness(pid) == NICENESS]


def niceness(pid: int) -> int:
    """That of a process; 0 of one that is gone."""
    with suppress(ProcessLookupError):
        return os.getpriority(os.PRIO_PROCESS, pid)
    return 0


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def await_end(pid: int) -> None:
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_several_workers_share_a_port(postgresql_url: str) -> None:
    with serving(postgresql_url, "--workers", "3") as served:
        pids = workers(served)
        assert len(pids) == 3
        clients = [served.client() for _ in range(12)]
        for number, client in enumerate(clients):
            client.enroll_member(f"m{number}")
        connected = {pid: _connections(pid, served.address) for pid in pids}
        assert sum(bool(count) for count in connected.values()) >= 2, connected
        for number, client in enumerate(reversed(clients)):
            assert client.get_member(f"m{number}").member.version == 1
            client.close()
        assert served.stop() == 0


def _connections(pid: int, address: str) -> int:
    import psutil  # noqa: PLC0415

    port = int(address.rpartition(":")[2])
    found = psutil.Process(pid).net_connections("tcp")
    return sum(each.laddr.port == port and each.status == "ESTABLISHED" for each in found)


def award_cut_off(served: Served, url: str, process: int) -> Any:
    """Kill a process while it carries out award a1 of 5 points to m; returns what the call ended with."""
    with writes_blocked(url), served.channel() as channel:
        award = AwardRequest(program="shop", member="m", request_id="a1", unit="points", amount=5)
        path = "/tallybook.v1.PointsService/Award"
        under_way = channel.unary_unary(path).future(award.SerializeToString(), timeout=20)
        time.sleep(0.5)
        os.kill(process, signal.SIGKILL)
        return under_way.exception()


def test_a_worker_that_dies_is_replaced(database_url: str) -> None:
    with serving(database_url, "--workers", "1") as served:
        with served.client() as client:
            client.enroll_member("m")
            client.award("m", amount=5, unit="points", request_id="a1")
            (first,) = workers(served)
            (scribe,) = children_of(first)
            os.kill(first, signal.SIGKILL)
            assert client.award("m", amount=5, unit="points", request_id="a1").replayed
            assert client.award("m", amount=5, unit="points").balance.available == 10
        assert served.await_event("worker_died")["exit_code"] == -signal.SIGKILL
        assert workers(served) != [first]
        await_end(scribe)
        assert served.stop() == 0


def test_a_scribe_whose_worker_is_killed_while_it_writes_ends_quietly(database_url: str) -> None:
    with serving(database_url, "--workers", "1") as served, served.client() as client:
        client.enroll_member("m")
        (worker,) = workers(served)
        (scribe,) = children_of(worker)
        assert award_cut_off(served, database_url, worker) is not None
        await_end(scribe)
        assert client.award("m", amount=5, unit="points", request_id="a1").replayed
        assert served.stop() == 0
        assert [line for line in served.lines if "level" not in line] == []


def test_a_worker_whose_scribe_dies_is_replaced(database_url: str) -> None:
    with serving(database_url, "--workers", "1") as served, served.client() as client:
        client.enroll_member("m")
        (worker,) = workers(served)
        (scribe,) = children_of(worker)
        error = error_of_call(award_cut_off(served, database_url, scribe))
        assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "OUTCOME_UNKNOWN")
        assert client.award("m", amount=5, unit="points", request_id="a1").entry == 2
        assert served.await_event("scribe_died")["pid"] == scribe
        assert served.await_event("worker_died")["pid"] == worker
        await_end(worker)
        assert served.stop() == 0


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="this system schedules all alike")
def test_a_worker_gives_way_and_its_scribe_does_not(sqlite_url: str) -> None:
    with serving(sqlite_url, "--workers", "1") as served:
        (worker,) = workers(served)
        (scribe,) = children_of(worker)
        threads = [int(each.name) for each in Path(f"/proc/{worker}/task").iterdir()]
        assert len(threads) > 3
        assert {os.sched_getscheduler(thread) for thread in threads} == {os.SCHED_BATCH}
        assert os.sched_getscheduler(scribe) == os.SCHED_OTHER


def test_workers_end_when_their_parent_is_killed(sqlite_url: str) -> None:
    with serving(sqlite_url) as served:
        (worker,) = workers(served)
        (scribe,) = children_of(worker)
        served.process.kill()
        served.process.wait()
        await_end(worker)
        await_end(scribe)


def test_a_keeper_that_dies_is_replaced_and_the_book_is_kept_on(database_url: str, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-01-01T12:00:00Z")
    flags = ("--workers", "1", "--sweep-seconds", "1", "--clock-file", str(clock))
    with serving(database_url, *flags) as served, served.client() as client:
        client.enroll_member("m")
        client.award("m", amount=5, unit="points")
        (worker,) = workers(served)
        for count in (1, 2):
            (keeper,) = await_keepers(served, 1)
            os.kill(keeper, signal.SIGKILL)
            told = served.await_event("keeper_died", count)
            assert (told["pid"], told["exit_code"]) == (keeper, -signal.SIGKILL)
        clock.write_text("2029-01-01T12:00:00Z")
        deadline = time.monotonic() + 20
        while "expired" not in {row.account for row in client.get_trial_balance(unit="points").rows}:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        (keeper,) = await_keepers(served, 1)
        assert workers(served) == [worker]
        assert served.stop() == 0
        await_end(keeper)


def await_keepers(served: Served, count: int) -> list[int]:
    """The keepers, when there are so many."""
    deadline = time.monotonic() + 20
    while len(found := keepers(served)) != count and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def test_a_keeper_ends_when_its_parent_is_killed(database_url: str) -> None:
    with serving(database_url, "--workers", "1") as served:
        (keeper,) = keepers(served)
        served.process.kill()
        served.process.wait()
        await_end(keeper)


def test_with_zero_seconds_between_sweeps_nobody_keeps_the_book(sqlite_url: str) -> None:
    with serving(sqlite_url, "--sweep-seconds", "0") as served:
        assert len(workers(served)) == len(children_of(served.process.pid)) == 1
        assert children_of(workers(served)[0])


def test_calls_under_way_end_well_and_new_ones_are_refused(database_url: str) -> None:
    with serving(database_url, "--workers", "1") as served:
        address = served.address
        with served.client() as client, served.channel() as channel:
            client.enroll_member("m")
            watched = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())
            assert next(watched).status == SERVING
            with writes_blocked(database_url):
                path = "/tallybook.v1.PointsService/Award"
                award = AwardRequest(program="shop", member="m", request_id="a1", unit="points", amount=5)
                under_way = channel.unary_unary(path).future(award.SerializeToString(), timeout=20)
                time.sleep(0.5)
                served.process.send_signal(signal.SIGTERM)
                assert next(watched).status == NOT_SERVING
                late = TallybookClient(address, program="shop", timeout=1)
                with late, pytest.raises(errors.ServerUnreachable):
                    late.get_member("m")
            assert under_way.exception() is None
            watched.cancel()
        assert served.process.wait(20) == 0
        assert served.await_event("ended")["exit_code"] == 0
    with serving(database_url, "--workers", "1") as again, again.client() as client:
        assert client.get_balances("m", units=["points"]).balances[0].balance.available == 5


def test_calls_that_outlast_the_grace_are_cut(database_url: str) -> None:
    with (
        serving(database_url, "--workers", "1", "--grace-seconds", "1") as served,
        served.channel() as channel,
    ):
        watched = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())
        assert next(watched).status == SERVING
        begun = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - begun < 5


def test_a_port_that_is_taken_is_said_clearly(sqlite_url: str) -> None:
    with serving(sqlite_url) as served, Served(sqlite_url, "--address", served.address) as second:
        assert second.process.wait(30) == 2
        assert f"cannot listen on {served.address}: Address already in use" in second.lines[-1]["event"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "could not be reached"),
        ("mysql://host/shop", "PostgreSQL or SQLite"),
        ("sqlite:////nowhere/at/all/shop.db", "tallybook-server:"),
        ("postgresql://[::1", "url: does not close the bracket around its host"),
        ("postgresql://host:5432x/shop", "url: has a port that is no number"),
        ("postgresql://me:p@ss:hush@host/shop", "url: cannot be read"),
        ("sqlite:///shop.db?timeout=soon", "url: has an option that cannot be read"),
    ],
)
def test_a_book_that_cannot_be_opened_is_said_clearly(url: str, said: str) -> None:
    with Served(url, "--workers", "1") as served:
        assert served.process.wait(30) == 2
        text = served.lines[-1]["event"]
        assert said in text
        assert text.startswith("tallybook-server: ")
        assert "hush" not in text


def test_a_file_that_is_no_database_is_said_clearly(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but long enough to look for a header in " * 20)
    with Served(f"sqlite:///{file}") as served:
        assert served.process.wait(30) == 2
        assert [line["event"] for line in served.lines] == ["tallybook-server: file is not a database"]


def test_the_demo_says_what_to_try_and_it_works(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    for expected in (254, 324):
        with Served(url, "--demo", "--address", address) as served:
            served.await_event("serving")
            while "statement" not in served.said:
                time.sleep(0.02)
            commands = re.findall(r"^  (\S*tallybook-client .*?) +#", served.said, re.MULTILINE)
            assert [shlex.split(command)[1] for command in commands] == [
                "purchase", "explain", "award", "redeem", "balances", "statement"
            ]  # fmt: skip
            printed = [_run(command) for command in commands]
            assert served.stop() == 0
        assert "first_order: 100 Points" in printed[1]
        assert f"available {expected}" in printed[4]


def _run(command: str) -> str:
    _, *arguments = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", "tallybook_client.cli", *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout
