"""sweep: members who are all due at one midnight, settled by the second, and what awards take meanwhile.

Everybody's points lapse, and everybody's tier is reviewed and lost: two entries a member.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Final

import tallybook as tb

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
LAPSED_DAYS: Final = 32
FILL_BATCH: Final = 500
BYSTANDERS: Final = 200
"""Members who are not due, and are given points meanwhile, one after the other."""
PERCENTILES: Final = 100


@dataclass(frozen=True, slots=True)
class Size:
    """So many members due, settled in so many rounds, so many in a transaction as the keeper takes."""

    members: int
    rounds: int
    batch: int


SIZES: Final = {
    Length.QUICK: Size(members=400, rounds=2, batch=200),
    Length.DEFAULT: Size(members=50_000, rounds=5, batch=500),
    Length.LONG: Size(members=1_000_000, rounds=10, batch=500),
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
        with tb.Book.open(url) as book, _awards(url) as line:
            for _ in range(size.rounds):
                line.send("begin")
                start = time.perf_counter()
                settled = 0
                while settled < each:
                    settled += book.sweep(size.batch)
                    bar.advance(size.batch)
                rates.append(settled / (time.perf_counter() - start))
                line.send("end")
                slowest.append(_p99(line.recv()))
            line.send("begin")
            time.sleep(1)
            line.send("end")
            alone = _p99(line.recv())
            assert book.sweep(size.batch) == 0, "everybody is settled"
    return Figure(
        ratio=statistics.median(rates),
        sides={"swept": side(rates, "members_per_second"), "awards": side(slowest, "p99_ms")},
        parameters=asdict(size),
        beside={"awards_alone_p99_ms": alone},
    )


def _fill(url: str, members: int) -> None:
    """Members who had something and a tier, which fell due at the same midnight, and some who are not due."""
    then = datetime.now(UTC) - timedelta(days=LAPSED_DAYS)
    with tb.Book.open(url, clock=lambda: then) as book:
        book.apply(DOCUMENT)
        names = [f"m{number:07}" for number in range(members)]
        for start in range(0, members, FILL_BATCH):
            some = names[start : start + FILL_BATCH]
            book.do([tb.Enroll(program=PROGRAM, member=name, request_id="e") for name in some])
            book.do([_award(name, unit, f"a-{unit}", 150) for name in some for unit in ("points", "growth")])
        while book.sweep():  # the tiers that were reached
            pass
    with tb.Book.open(url) as book:
        enrolled = [tb.Enroll(program=PROGRAM, member=f"b{n}", request_id="e") for n in range(BYSTANDERS)]
        book.do(enrolled)


def _award(member: str, unit: str, request_id: str, amount: int) -> tb.Award:
    return tb.Award(program=PROGRAM, member=member, request_id=request_id, unit=unit, amount=amount)


@contextmanager
def _awards(url: str) -> Iterator[Connection]:
    """A process that gives points one by one between "begin" and "end", and then tells the milliseconds."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_give, args=(theirs, url), daemon=True)
    process.start()
    theirs.close()
    try:
        assert ours.recv() == "ready"
        yield ours
    finally:
        ours.close()
        process.join()


def _give(line: Connection, url: str) -> None:
    given = 0
    with tb.Book.open(url) as book:
        line.send("ready")
        while _heard(line):
            took: list[float] = []
            while not line.poll() or len(took) < PERCENTILES:
                command = _award(f"b{given % BYSTANDERS}", "points", f"a{given}", 1)
                start = time.perf_counter()
                book.do(command)
                took.append((time.perf_counter() - start) * 1e3)
                given += 1
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
