"""award_hot: writers who all give awards in one program and fund, against writers who give them all over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final

import tallybook as tb

from bench.awards import Crowd, admit
from bench.figures import Figure, in_turn, side
from bench.stage import Length, Stage
from bench.writers import Writers

UNIT: Final = "awards_per_second"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: in each round, each of the writers gives `batches` batches of `batch` awards.

    Few awards a batch, because contention shows where there are many transactions.
    """

    members: int
    programs: int
    funds: int
    writers: int
    batch: int
    batches: int
    rounds: int


SIZES: Final = {
    Length.QUICK: Size(members=500, programs=5, funds=5, writers=2, batch=5, batches=3, rounds=2),
    Length.DEFAULT: Size(members=20_000, programs=100, funds=20, writers=4, batch=10, batches=50, rounds=15),
    Length.LONG: Size(members=20_000, programs=100, funds=20, writers=8, batch=10, batches=200, rounds=31),
}


def run(stage: Stage) -> Figure:
    """Measure the hot side against the spread one. Both have as many members, with one lot each."""
    size = SIZES[stage.length]
    hot = Crowd(size.members, programs=1, funds=1)
    spread = Crowd(size.members, size.programs, size.funds)
    with (
        stage.bar("award_hot", size.rounds * 2) as bar,
        writers(stage, hot, "hot", size.writers) as on_one,
        writers(stage, spread, "spread", size.writers) as on_many,
    ):

        def rate(side_writers: Writers) -> float:
            bar.advance()
            return side_writers.give(size.batches, size.batch)

        in_turn(1, lambda: rate(on_one), lambda: rate(on_many))
        turns = in_turn(size.rounds, lambda: rate(on_one), lambda: rate(on_many))
    return Figure(
        ratio=turns.ratio,
        sides={"hot": side(turns.first, UNIT), "spread": side(turns.second, UNIT)},
        parameters=asdict(size),
        beside={"ratios": turns.ratios},
    )


@contextmanager
def writers(stage: Stage, crowd: Crowd, name: str, count: int) -> Iterator[Writers]:
    """Writers on a book of their own in which the crowd is enrolled."""
    with stage.database() as url:
        with tb.Book.open(url) as book:
            admit(book, crowd)
        with stage.connect(url) as connection:
            connection.execute("VACUUM ANALYZE")
        with Writers(url, crowd, name, count) as all_writers:
            yield all_writers
