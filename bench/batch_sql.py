"""award_batch_sql: batches of 100 awards through the library, against hand-written PL/pgSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

import tallybook as tb

from bench.awards import Crowd, Wish, Wishes, admit, give
from bench.baseline import Baseline
from bench.figures import Figure, in_turn, side
from bench.stage import Bar, Length, Stage, libpq_url

UNIT: Final = "awards_per_second"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: in each round, each side gives `batches` batches of `batch` awards."""

    members: int
    batch: int
    batches: int
    rounds: int
    warm_batches: int


SIZES: Final = {
    Length.QUICK: Size(members=500, batch=100, batches=2, rounds=2, warm_batches=1),
    Length.DEFAULT: Size(members=20_000, batch=100, batches=30, rounds=21, warm_batches=200),
    Length.LONG: Size(members=20_000, batch=100, batches=100, rounds=41, warm_batches=1_000),
}

Give = Callable[[Sequence[Wish]], None]


def run(stage: Stage) -> Figure:
    """Measure the library against the baseline, and beside it the library singly and on SQLite."""
    size = SIZES[stage.length]
    crowd = Crowd(size.members)
    with stage.bar("award_batch_sql", size.rounds * 2) as bar, both(stage, crowd) as (ours, theirs):
        our_wishes, their_wishes = Wishes(crowd, "ours"), Wishes(crowd, "theirs")
        for _ in range(size.warm_batches):
            ours(our_wishes.take(size.batch))
            theirs(their_wishes.take(size.batch))
        turns = in_turn(
            size.rounds,
            lambda: _rate(ours, our_wishes, size.batch, size.batches, bar),
            lambda: _rate(theirs, their_wishes, size.batch, size.batches, bar),
        )
        singly = _rate(ours, our_wishes, 1, size.batches * 10)
        theirs_singly = _rate(theirs, their_wishes, 1, size.batches * 10)
    return Figure(
        ratio=turns.ratio,
        sides={"library": side(turns.first, UNIT), "plpgsql": side(turns.second, UNIT)},
        parameters=asdict(size),
        beside={
            "ratios": turns.ratios,
            "library_singly": singly,
            "plpgsql_singly": theirs_singly,
            **_on_sqlite(stage, crowd, size),
        },
    )


@contextmanager
def both(stage: Stage, crowd: Crowd) -> Iterator[tuple[Give, Give]]:
    """Both sides, each with the crowd enrolled in a database of its own."""
    with (
        stage.database() as ours,
        stage.database() as theirs,
        tb.Book.open(ours) as book,
        closing(Baseline(libpq_url(theirs))) as baseline,
    ):
        admit(book, crowd)
        baseline.lay(crowd)
        for url in (ours, theirs):
            with stage.connect(url) as connection:
                connection.execute("VACUUM ANALYZE")
        yield lambda wishes: give(book, wishes), baseline.give


def _rate(give_batch: Give, wishes: Wishes, batch: int, batches: int, bar: Bar | None = None) -> float:
    """Awards a second over some batches; from plain values to checked replies."""
    taken = [wishes.take(batch) for _ in range(batches)]
    start = time.perf_counter()
    for each in taken:
        give_batch(each)
    rate = batch * batches / (time.perf_counter() - start)
    if bar is not None:
        bar.advance()
    return rate


def _on_sqlite(stage: Stage, crowd: Crowd, size: Size) -> dict[str, Any]:
    """The library alone on a file in WAL mode with synchronous = FULL: what it does by default."""
    with tb.Book.open(f"sqlite:///{stage.folder}/batches.db") as book:
        admit(book, crowd)
        wishes = Wishes(crowd, "sqlite")

        def one_batch(batch: Sequence[Wish]) -> None:
            give(book, batch)

        for _ in range(size.warm_batches):
            one_batch(wishes.take(size.batch))
        return {
            "sqlite_batches": _rate(one_batch, wishes, size.batch, size.batches * 3),
            "sqlite_singly": _rate(one_batch, wishes, 1, size.batches * 10),
        }
