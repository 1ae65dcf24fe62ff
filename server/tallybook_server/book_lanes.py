"""What the lanes do with a batch: carry out commands, answer queries, try out trials. Knows no gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
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

    Each trial is tried on its own: members share stocks, budgets and pages that no command names beforehand,
    and what one trial takes of them must not show in another.
    """

    def run(pieces: Pieces) -> Outcomes:
        queries = [piece for piece in pieces if not isinstance(piece, Trial)]
        answers = iter(_outcomes(lambda: book.ask(queries), len(queries), "read") if queries else ())
        tried = _tried(book, (piece for piece in pieces if isinstance(piece, Trial)))
        return [next(tried if isinstance(piece, Trial) else answers) for piece in pieces]

    return run


def _tried(book: tb.Book, trials: Iterable[Trial]) -> Iterator[Outcomes]:
    """The outcomes of each. Once one has waited for the database in vain, those behind it do not wait too."""
    is_away = False
    for commands in (trial.commands for trial in trials):
        if is_away:
            yield [tb.DatabaseUnavailable() for _ in commands]
            continue
        outcomes = _outcomes(partial(book.simulate, commands), len(commands), "try")
        is_away = isinstance(outcomes[0], tb.DatabaseUnavailable)
        yield outcomes


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
