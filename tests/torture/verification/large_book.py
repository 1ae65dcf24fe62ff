"""Builds a large book through the library: many members with some entries each, and one with very many.

Knows no pytest.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import tallybook as tb

PROGRAM: Final = "demo"
UNIT: Final = "points"
WHALE: Final = "m00000-whale"
BATCH: Final = 1000
ENTRIES_A_MEMBER: Final = 100
BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)


class _Clock:
    """Goes on by a minute whenever it is looked at, so that points of many days come together."""

    def __init__(self) -> None:
        self._now = BEGIN

    def __call__(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now


def build(url: str, entries: int, rng: random.Random) -> dict[str, int]:
    """Fill the empty book at `url` with at least so many entries; returns how many each member has.

    A tenth of them are one member's.
    """
    counts = {WHALE: entries // 10}
    members = -(-(entries - counts[WHALE]) // ENTRIES_A_MEMBER)
    counts |= {f"m{number:06}": ENTRIES_A_MEMBER for number in range(1, members + 1)}
    with tb.Book.open(url, clock=_Clock()) as book:
        book.apply(tb.DEMO_PROGRAM)
        batch: list[tb.Command[Any]] = []
        for command in _commands(counts, rng):
            batch.append(command)
            if len(batch) == BATCH:
                _do(book, batch)
                batch = []
        _do(book, batch)
    return counts


def _commands(counts: dict[str, int], rng: random.Random) -> Iterator[tb.Command[Any]]:
    """Each member's commands, one entry each, in turns: all members' first, then all members' second."""
    for name in counts:
        yield tb.Enroll(program=PROGRAM, member=name, request_id="enroll")
    for number in range(2, max(counts.values()) + 1):
        for name, count in counts.items():
            if number <= count:
                yield _command(name, number, rng)


def _command(member: str, number: int, rng: random.Random) -> tb.Command[Any]:
    """An award, now and then a redemption, and of every ten entries a hold and its capture."""
    own = {"program": PROGRAM, "member": member, "request_id": f"r{number}"}
    match number % 10:
        case 5:
            return tb.Hold(**own, unit=UNIT, amount=rng.randint(1, 9), hold_id=f"h{number}", seconds=604_800)
        case 6:
            return tb.Capture(**own, hold_id=f"h{number - 1}")
        case 9:
            return tb.Redeem(**own, unit=UNIT, amount=rng.randint(1, 30))
        case _:
            return tb.Award(**own, unit=UNIT, amount=rng.randint(20, 100))


def _do(book: tb.Book, commands: list[tb.Command[Any]]) -> None:
    refused = [each for each in book.do(commands) if isinstance(each, tb.TallybookError)]
    assert not refused, refused[:3]
