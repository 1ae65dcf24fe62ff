"""What the lanes do with a batch: carry out commands, answer queries, try out trials. Knows no gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import tallybook as tb

from tallybook_server.incidents import tellable
from tallybook_server.lanes import Lane, Outcomes, Pieces, Run

AnyCommand = tb.Command[Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """Commands of one request that are only tried: they see each other's effect, and nobody else's."""

    commands: list[AnyCommand]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The ways to the book: a thread that writes, one that reads what is, one that reads what was, and a few
    for what takes long.
    """

    book: tb.Book
    write: Lane
    read: Lane
    history: Lane
    slow: ThreadPoolExecutor
    streams: set[asyncio.Task[None]] = field(default_factory=set)
    """What takes in messages of streams: cancelled, it takes no more, and the stream ends with what it has.
    """


def writing(book: tb.Book) -> Run:
    """Carries out commands, one transaction a batch. The outcome of each is its reply or its error."""

    def run(commands: Pieces) -> Outcomes:
        return _outcomes(lambda: book.do(commands), len(commands), "write")

    return run


def reading(book: tb.Book) -> Run:
    """Answers queries, all as of one moment, and tries out trials; the outcome of a trial is a list.

    No trial sees what another tries: members share stocks, budgets and pages.
    """

    def run(pieces: Pieces) -> Outcomes:
        queries = [piece for piece in pieces if not isinstance(piece, Trial)]
        trials = [piece.commands for piece in pieces if isinstance(piece, Trial)]
        answers = iter(_outcomes(lambda: book.ask(queries), len(queries), "read") if queries else ())
        tried = _tried(book, trials) if trials else iter(())
        return [next(tried if isinstance(piece, Trial) else answers) for piece in pieces]

    return run


def _tried(book: tb.Book, trials: Sequence[Sequence[AnyCommand]]) -> Iterator[Outcomes]:
    """The outcomes of each trial."""
    count = sum(map(len, trials))
    outcomes = iter(_outcomes(lambda: list(chain(*book.simulate_apart(trials))), count, "try"))
    return ([next(outcomes) for _ in trial] for trial in trials)


def _outcomes(act: Callable[[], Outcomes], count: int, lane: str) -> Outcomes:
    """The outcomes of a batch, where the library's own mistakes have the number of an incident.

    What goes wrong with a batch as a whole is the outcome of every piece.
    """
    try:
        outcomes = act()
    except Exception as error:  # noqa: BLE001 - told as an incident, unless it may be told as it is
        return [tellable(error, lane=lane, size=count)] * count
    if any(outcome.__class__ is tb.InternalError for outcome in outcomes):
        return [
            tellable(outcome, lane=lane) if isinstance(outcome, tb.InternalError) else outcome
            for outcome in outcomes
        ]
    return outcomes
