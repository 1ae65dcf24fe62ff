"""What the lanes do with a batch: carry out commands, answer queries, try commands out. Knows the book, no gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import tallybook as tb
from tallybook_server.incidents import incident_of
from tallybook_server.lanes import Lane, Outcomes, Pieces, Run

AnyCommand = tb.Command[Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """Commands of one request that are only tried: they see each other's effect, and nobody else's."""

    commands: list[AnyCommand]

    def members(self) -> set[tuple[str, str]]:
        """Whose folios they are decided on."""
        members = {(command.program, command.member) for command in self.commands}
        for command in self.commands:
            other = command.counterpart()
            if other is not None:
                members.add((command.program, other))
        return members


@dataclass(frozen=True, slots=True)
class Lanes:
    """The ways to the book: a thread that writes, one that reads, and a few for what takes long."""

    book: tb.Book
    write: Lane
    read: Lane
    slow: ThreadPoolExecutor
    streams: set[asyncio.Task[None]] = field(default_factory=set)
    """What takes in messages of streams: cancelled, it takes no more, and the stream ends with what it has."""


def writing(book: tb.Book) -> Run:
    """Carries out commands, one transaction a batch. The outcome of each is its reply or its error."""

    def run(commands: Pieces) -> Outcomes:
        return _foreseen(lambda: list(book.do(commands)), len(commands), "write")

    return run


def reading(book: tb.Book) -> Run:
    """Answers queries, all as of one moment, and tries out trials; the outcome of a trial is a list."""

    def run(pieces: Pieces) -> Outcomes:
        queries = [piece for piece in pieces if not isinstance(piece, Trial)]
        trials = [piece for piece in pieces if isinstance(piece, Trial)]
        answers = iter(_foreseen(lambda: book.ask(queries), len(queries), "read") if queries else ())
        tried = {id(trial): outcomes for trial, outcomes in _tried(book, trials)}
        return [tried[id(piece)] if isinstance(piece, Trial) else next(answers) for piece in pieces]

    return run


def _tried(book: tb.Book, trials: list[Trial]) -> Iterator[tuple[Trial, Outcomes]]:
    for group in _apart(trials):
        commands = [command for trial in group for command in trial.commands]
        outcomes = iter(_foreseen(lambda: list(book.simulate(commands)), len(commands), "simulate"))  # noqa: B023
        for trial in group:
            yield trial, [next(outcomes) for _ in trial.commands]


def _apart(trials: list[Trial]) -> list[list[Trial]]:
    """Groups in which no two trials share a member: what one tries must not show in another."""
    groups: list[tuple[set[tuple[str, str]], list[Trial]]] = []
    for trial in trials:
        members = trial.members()
        for taken, group in groups:
            if taken.isdisjoint(members):
                taken |= members
                group.append(trial)
                break
        else:
            groups.append((members, [trial]))
    return [group for _, group in groups]


def _foreseen(act: Callable[[], Outcomes], count: int, lane: str) -> Outcomes:
    """The outcomes of a batch; what goes wrong with a batch as a whole is the outcome of each of its pieces."""
    try:
        return act()
    except tb.TallybookError as error:
        return [error] * count
    except Exception as error:
        incident = incident_of(error, lane=lane, size=count)
        return [incident] * count
