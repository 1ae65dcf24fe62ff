"""award_growth: what an award costs in a large book, against a small one, both filled by the library."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from statistics import median
from typing import Any, Final, LiteralString

import psycopg
import tallybook as tb

from bench.awards import Crowd, Wishes, admit, give
from bench.figures import Figure, in_turn, side
from bench.stage import Length, Stage
from bench.writers import Writers

UNIT: Final = "microseconds_per_award"
FILL_WRITERS: Final = 2
FILL_BATCH: Final = 200
FILL_TURN: Final = 25
"""Batches that each writer gives between two steps of the progress bar."""
WARM_TURNS: Final = 3
SINGLES: Final = 5


@dataclass(frozen=True, slots=True)
class Size:
    """How large the books are, and how much is measured. Members have equally many entries in both books.

    Rounds are short and many, because the small book must not grow while it is measured.
    """

    small: int
    large: int
    entries_per_member: int
    batch: int
    batches: int
    rounds: int
    verified: int = 1_000


SIZES: Final = {
    Length.QUICK: Size(
        small=500, large=2_000, entries_per_member=10, batch=50, batches=1, rounds=2, verified=20
    ),
    Length.DEFAULT: Size(
        small=10_000, large=1_000_000, entries_per_member=20, batch=100, batches=2, rounds=41
    ),
    Length.LONG: Size(
        small=100_000,
        large=10_000_000,
        entries_per_member=20,
        batch=100,
        batches=5,
        rounds=101,
        verified=1_000,
    ),
}


class FilledBook:
    """A book with so many entries, open, and what it is given next."""

    def __init__(self, book: tb.Book, crowd: Crowd, connection: psycopg.Connection[Any]) -> None:
        self._book = book
        self._wishes = Wishes(crowd, "measured")
        self._connection = connection
        self._wal_bytes = 0
        self._measured = 0

    def cost(self, batch: int, batches: int) -> float:
        """Microseconds an award, over some batches."""
        taken = [self._wishes.take(batch) for _ in range(batches)]
        before = self._wal_position()
        start = time.perf_counter()
        for each in taken:
            give(self._book, each)
        seconds = time.perf_counter() - start
        self._wal_bytes += self._wal_position() - before
        self._measured += batch * batches
        return seconds / (batch * batches) * 1e6

    def verify(self, members: int) -> None:
        """Replay the first members' histories: the book must be one that the library stands by."""
        for checked in islice(self._book.verify("shop0"), members):
            if checked.disagreement is not None:
                raise AssertionError(f"the book does not verify: {checked.disagreement!r}")

    def beside(self) -> dict[str, Any]:
        """How large it has become, and what an award writes to the log, whole pages included."""
        return {
            "entries": self._asked("SELECT count(*) FROM entry"),
            "database_mb": self._asked("SELECT pg_database_size(current_database()) / 1000000"),
            "wal_bytes_per_award": self._wal_bytes / self._measured,
        }

    def _wal_position(self) -> int:
        return self._asked("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")

    def _asked(self, query: LiteralString) -> int:
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])


def run(stage: Stage) -> Figure:
    """Fill both books, check a sample of the large one, measure in turn."""
    size = SIZES[stage.length]
    with _filled(stage, size, size.large) as large, _filled(stage, size, size.small) as small:
        large.verify(size.verified)
        with stage.bar("award_growth", size.rounds * 2) as bar:

            def cost(filled: FilledBook) -> float:
                bar.advance()
                return filled.cost(size.batch, size.batches)

            for _ in range(WARM_TURNS):
                large.cost(size.batch, size.batches)
                small.cost(size.batch, size.batches)
            turns = in_turn(size.rounds, lambda: cost(large), lambda: cost(small))
        beside = {"large": large.beside(), "small": small.beside(), "ratios": turns.ratios}
        singly = in_turn(size.rounds, lambda: large.cost(1, SINGLES), lambda: small.cost(1, SINGLES))
    return Figure(
        ratio=turns.ratio,
        sides={"large": side(turns.first, UNIT), "small": side(turns.second, UNIT)},
        parameters=asdict(size),
        beside=beside | {"singly_ratio": singly.ratio, "singly_us": median(singly.first)},
    )


@contextmanager
def _filled(stage: Stage, size: Size, entries: int) -> Iterator[FilledBook]:
    """A book that the library has filled with so many entries, in the order in which they would come in."""
    crowd = Crowd(entries // size.entries_per_member)
    with stage.database() as url, tb.Book.open(url) as book:
        admit(book, crowd)
        _fill(stage, url, crowd, entries - 2 * crowd.members)
        with stage.connect(url) as connection:
            connection.execute("VACUUM ANALYZE")
            yield FilledBook(book, crowd, connection)


def _fill(stage: Stage, url: str, crowd: Crowd, awards: int) -> None:
    batch = min(FILL_BATCH, crowd.members)
    batches = -(-awards // (FILL_WRITERS * batch))
    turns = -(-batches // FILL_TURN)
    with (
        stage.bar(f"award_growth: fill {awards:,}", turns) as bar,
        Writers(url, crowd, "fill", FILL_WRITERS) as writers,
    ):
        for done in range(0, batches, FILL_TURN):
            writers.give(min(FILL_TURN, batches - done), batch)
            bar.advance()
