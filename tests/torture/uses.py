"""Everything that a book does with its database, one small example each. Knows no server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import tallybook as tb
from tallybook.engine.attempts import TRIES

PROGRAM, MEMBER, UNIT = "demo", "m1", "points"

POOL_SIZE = TRIES + 1
"""More connections than there are tries, so that it does not help to try them one after the other."""


def award(request_id: str) -> tb.Award:
    """Ten points."""
    return tb.Award(program=PROGRAM, member=MEMBER, request_id=request_id, unit=UNIT, amount=10)


BALANCES = tb.Balances(program=PROGRAM, member=MEMBER)
STATEMENT = tb.Statement(program=PROGRAM, member=MEMBER)

USES: dict[str, Callable[[tb.Book, str], Any]] = {
    "do": lambda book, name: book.do(award(name)),
    "do many": lambda book, name: book.do([award(name)]),
    "simulate": lambda book, name: book.simulate([award(name)]),
    "ask": lambda book, _: book.ask(BALANCES),
    "ask history": lambda book, _: book.ask(STATEMENT),
    "program": lambda book, _: book.program(PROGRAM),
    "programs": lambda book, _: book.programs(),
    "apply": lambda book, _: book.apply(tb.DEMO_PROGRAM),
    "verify": lambda book, _: list(book.verify(PROGRAM)),
    "sweep": lambda book, _: book.sweep(),
    "roll up": lambda book, _: book.roll_up(),
    "forget refusals": lambda book, _: book.forget_refusals(),
}


def told(book: tb.Book, name: str) -> list[type[Any]]:
    """What comes of a use: the types of the outcomes, or of the error that is raised."""
    try:
        outcome = USES[name](book, name)
    except tb.TallybookError as error:
        outcome = error
    return [type(each) for each in outcome] if isinstance(outcome, list) else [type(outcome)]


def open_every_connection(book: tb.Book) -> None:
    """Use all connections of a book at the same time, and leave them idle."""
    together = Barrier(POOL_SIZE)

    def hold_a_connection(_: int) -> None:
        with book._database.transaction():
            together.wait()
        with book._database.snapshot():
            together.wait()

    with ThreadPoolExecutor(POOL_SIZE) as threads:
        list(threads.map(hold_a_connection, range(POOL_SIZE)))
