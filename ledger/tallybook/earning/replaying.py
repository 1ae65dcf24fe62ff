"""Runs a backtest on a book, as of one moment. Knows SQL by name only, and writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import date, datetime
from heapq import nsmallest
from typing import Final

from tallybook.db.database import Session
from tallybook.earning.backtest import Backtesting, Row
from tallybook.earning.compared import Backtest
from tallybook.earning.queries import ToldEvents, member_names
from tallybook.engine.checks import check_day, check_whole
from tallybook.errors import InvalidInput
from tallybook.growth.growth import GivenNote, given_note, grows
from tallybook.programs import compiled
from tallybook.programs.queries import applicable

SAMPLE_MAX: Final = 10_000
"""The largest sample: its names travel with a statement."""
EVENTS_A_STEP: Final = 100
"""After so many events, progress is told."""

Progress = Callable[[int, int], None]
"""Told how many more events have been told again, and how many there are in all."""


def backtest(
    session: Session,
    text: str,
    from_: date,
    to: date,
    now: datetime,
    sample: int | None,
    progress: Progress,
) -> Backtest:
    """Tell the events of a program's members, or of a sample of them, again under another document.

    Raises `ProgramInvalid` for one that could not be applied, `UnknownProgram`, or `InvalidInput`.
    """
    _check(from_, to, sample)
    connection = session.connection
    document, revision = applicable(connection, text)
    program = compiled(document, revision)
    members = None if sample is None else _sample(member_names(connection, program.code), sample)
    # What a refund leaves of a task or a tier depends on what else was bought until then.
    before = None if grows(program) else program.days.end_of(to)
    told = ToldEvents(program.code, before, members)
    has_budgets = any(rule.budget for rule in program.rules.rules)
    refunds = told.refunds(connection) if has_budgets else None
    parted = told.parted(connection)
    deprived = told.deprived(connection) if program.ladders else frozenset()

    def withheld(member: str) -> Mapping[str, GivenNote]:
        bodies = told.withheld(connection, member) if member in deprived else {}
        notes = {key: given_note(body) for key, body in bodies.items()}
        return {key: note for key, note in notes.items() if note.entry > parted.get(member, 0)}

    replay = Backtesting(document, program, from_, to, now, refunds, withheld)
    total, done = told.count(connection), 0
    with closing(told.rows(connection, in_order_of_time=has_budgets)) as rows:
        for done, row in enumerate(rows, 1):
            replay.tell(Row(*row))
            if done % EVENTS_A_STEP == 0:
                progress(EVENTS_A_STEP, total)
    if done % EVENTS_A_STEP:
        progress(done % EVENTS_A_STEP, total)
    with closing(told.gifts(connection)) as gifts:
        for member, key, body in gifts:
            given = given_note(body)
            if given.entry > parted.get(member, 0):
                replay.given_then(key, given)
    return replay.result()


def _check(from_: date, to: date, sample: int | None) -> None:
    check_day("from_", from_)
    check_day("to", to)
    if to < from_:
        raise InvalidInput("to", f"must not be before {from_}, not {to}")
    if sample is not None:
        check_whole("members", sample, largest=SAMPLE_MAX)


def _sample(names: Iterable[str], size: int) -> list[str]:
    """Some of the members, as if drawn by lot, and always the same ones."""
    return sorted(nsmallest(size, names, key=lambda name: hashlib.blake2b(name.encode()).digest()))
