"""sweep: members who are all due at one midnight, settled by the second, and what awards take meanwhile.

Everybody's points lapse, and everybody's tier is reviewed and lost: two entries a member. Two processes sweep
like the keepers of two workers. Awards come one by one, so many a second, and each waits for the one before.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Final

import tallybook as tb
from tallybook_server.children import tune
from tallybook_server.keeper import MEMBERS_AT_A_TIME, NICENESS

from bench.figures import Figure, side
from bench.stage import Length, Stage

PROGRAM: Final = "midnight"
DOCUMENT: Final = """
program: midnight
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 30}}
  growth: {kind: qualifying, expiry: {kind: after_days, days: 30}}
ladders:
  status:
    validity: {kind: after_days, days: 30}
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
"""
UNITS: Final = ("points", "growth")
LAPSED_DAYS: Final = 32
FILL_BATCH: Final = 500
BYSTANDERS: Final = 200
"""Members who are not due, and are given points meanwhile, one after the other."""
AWARDS_PER_SECOND: Final = 100
PERCENTILES: Final = 100


@dataclass(frozen=True, slots=True)
class Size:
    """So many members due, settled in so many rounds, so many in a transaction as the keeper takes."""

    members: int
    rounds: int
    sweepers: int = 2
    batch: int = MEMBERS_AT_A_TIME


SIZES: Final = {
    Length.QUICK: Size(members=400, rounds=2, batch=100),
    Length.DEFAULT: Size(members=50_000, rounds=5),
    Length.LONG: Size(members=1_000_000, rounds=10),
}


def run(stage: Stage) -> Figure:
    """Sweep round by round, with awards beside it; then once more without them."""
    size = SIZES[stage.length]
    each = size.members // size.rounds
    rates: list[float] = []
    slowest: list[float] = []
    with stage.database() as url, stage.bar("sweep", size.members) as bar:
        _fill(url, size.members)
        with stage.connect(url) as connection:
            connection.execute("VACUUM ANALYZE")
        with ExitStack() as running:
            giver = running.enter_context(_process(_give, url))
            share = each // size.sweepers
            sweepers = [
                running.enter_context(_process(_sweep, url, size.batch, share)) for _ in range(size.sweepers)
            ]
            for _ in range(size.rounds):
                giver.send("begin")
                start = time.perf_counter()
                for sweeper in sweepers:
                    sweeper.send("begin")
                settled = sum(sweeper.recv() for sweeper in sweepers)
                rates.append(settled / (time.perf_counter() - start))
                bar.advance(settled)
                giver.send("end")
                slowest.append(_p99(giver.recv()))
            giver.send("begin")
            time.sleep(2)
            giver.send("end")
            alone = _p99(giver.recv())
        with tb.Book.open(url) as book:
            assert book.sweep(size.batch) == 0, "everybody is settled"
    return Figure(
        ratio=statistics.median(rates),
        sides={"swept": side(rates, "members_per_second"), "awards": side(slowest, "p99_ms")},
        parameters=asdict(size),
        beside={"awards_alone_p99_ms": alone},
    )


def _fill(url: str, members: int) -> None:
    """Members who had something and a tier, which fell due at the same midnight, and some who are not due.

    No two had the same, so that nothing that is worked out for one serves another.
    """
    then = datetime.now(UTC) - timedelta(days=LAPSED_DAYS)
    with tb.Book.open(url, clock=lambda: then) as book:
        book.apply(DOCUMENT)
        for start in range(0, members, FILL_BATCH):
            numbers = range(start, min(start + FILL_BATCH, members))
            some = {f"m{number:07}": 100 + number for number in numbers}
            book.do([tb.Enroll(program=PROGRAM, member=name, request_id="e") for name in some])
            book.do([_award(name, unit, f"a-{unit}", n) for name, n in some.items() for unit in UNITS])
        while book.sweep():  # the tiers that were reached
            pass
    with tb.Book.open(url) as book:
        enrolled = [tb.Enroll(program=PROGRAM, member=f"b{n}", request_id="e") for n in range(BYSTANDERS)]
        book.do(enrolled)


def _award(member: str, unit: str, request_id: str, amount: int) -> tb.Award:
    return tb.Award(program=PROGRAM, member=member, request_id=request_id, unit=unit, amount=amount)


@contextmanager
def _process(work: Callable[..., None], *args: object) -> Iterator[Connection]:
    """A process that works, and the line to it."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=work, args=(theirs, *args), daemon=True)
    process.start()
    theirs.close()
    try:
        assert ours.recv() == "ready"
        yield ours
    finally:
        ours.close()
        process.join()


def _sweep(line: Connection, url: str, batch: int, share: int) -> None:
    """Settle so many members each time, and tell how many they were."""
    with tb.Book.open(url) as book:
        os.nice(NICENESS)
        tune()
        line.send("ready")
        while _heard(line):
            settled = 0
            while settled < share:
                settled += book.sweep(min(batch, share - settled))
            line.send(settled)


def _give(line: Connection, url: str) -> None:
    """Give points one by one between "begin" and "end", and then tell the milliseconds."""
    given = 0
    with tb.Book.open(url) as book:
        line.send("ready")
        while _heard(line):
            took: list[float] = []
            while not line.poll() or len(took) < PERCENTILES:
                command = _award(f"b{given % BYSTANDERS}", "points", f"a{given}", 1)
                start = time.perf_counter()
                book.do(command)
                spent = time.perf_counter() - start
                took.append(spent * 1e3)
                given += 1
                time.sleep(max(0.0, 1 / AWARDS_PER_SECOND - spent))
            line.recv()
            line.send(took)


def _heard(line: Connection) -> bool:
    """Whether there is more to be done."""
    try:
        line.recv()
    except EOFError:
        return False
    return True


def _p99(milliseconds: list[float]) -> float:
    return statistics.quantiles(milliseconds, n=PERCENTILES)[-1]
