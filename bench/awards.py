"""The awards that benchmarks give: to whom, in which programs, paid by which funds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import tallybook as tb

UNIT: Final = "points"
HOUSE: Final = "house"
TIMEZONE: Final = "America/New_York"
LARGE_BATCH: Final = 1000

_PROGRAM: Final = """
program: {code}
timezone: {timezone}
funds: [{funds}]
units:
  points:
    kind: redeemable
    expiry:
      kind: end_of_month
      plus_months: 12
"""


class Wish(NamedTuple):
    """One award in plain values, as both sides of a comparison are given it."""

    program: str
    member: str
    request_id: str
    fund: str
    amount: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """Members in programs, and the funds that pay for what they are given."""

    members: int
    programs: int = 1
    funds: int = 0

    def place(self, number: int) -> tuple[str, str]:
        """The program and name of a member by number."""
        return f"shop{number % self.programs}", f"m{number}"

    def fund(self, number: int) -> str:
        """Who pays for a member's awards: always the same, so that nobody has more lots than others."""
        return f"fund{number // self.programs % self.funds}" if self.funds else HOUSE

    def documents(self) -> Iterator[str]:
        """Every program's document."""
        funds = ", ".join(f"fund{number}" for number in range(self.funds))
        for number in range(self.programs):
            yield _PROGRAM.format(code=f"shop{number}", timezone=TIMEZONE, funds=funds)


class Wishes:
    """An endless supply of awards to a crowd, never two with the same request id. `name` sets it apart."""

    def __init__(self, crowd: Crowd, name: str) -> None:
        self._crowd = crowd
        self._name = name
        self._draw = random.Random(name)
        self._made = 0

    def take(self, count: int) -> list[Wish]:
        """So many awards, to members drawn at random, all different where there are enough of them."""
        crowd, draw = self._crowd, self._draw
        numbers = draw.sample(range(crowd.members), min(count, crowd.members))
        numbers += draw.choices(range(crowd.members), k=count - len(numbers))
        return [self._wish(number) for number in numbers]

    def one_each(self, count: int) -> Iterator[list[Wish]]:
        """An award to every member, `count` together."""
        for start in range(0, self._crowd.members, count):
            yield [self._wish(number) for number in range(start, min(start + count, self._crowd.members))]

    def _wish(self, number: int) -> Wish:
        self._made += 1
        program, member = self._crowd.place(number)
        request_id = f"{self._name}-{self._made:010d}"
        return Wish(program, member, request_id, self._crowd.fund(number), self._draw.randint(1, 500))


def command(wish: Wish) -> tb.Award:
    """An award as the library takes it."""
    program, member, request_id, fund, amount = wish
    return tb.Award(
        program=program, member=member, request_id=request_id, unit=UNIT, amount=amount, fund=fund
    )


def give(book: tb.Book, wishes: Sequence[Wish]) -> None:
    """Carry out awards in one batch. Every one must have been carried out, and for the first time."""
    for outcome in book.do([command(wish) for wish in wishes]):
        if not isinstance(outcome, tb.Awarded) or outcome.replayed:
            raise AssertionError(f"an award was not carried out: {outcome!r}")


def admit(book: tb.Book, crowd: Crowd) -> None:
    """Apply the crowd's programs, enroll its members, and give each a first award, so that all have lots."""
    for document in crowd.documents():
        book.apply(document)
    for start in range(0, crowd.members, LARGE_BATCH):
        numbers = range(start, min(start + LARGE_BATCH, crowd.members))
        for outcome in book.do([_enroll(*crowd.place(number)) for number in numbers]):
            if not isinstance(outcome, tb.Enrolled):
                raise AssertionError(f"a member was not enrolled: {outcome!r}")
    for wishes in Wishes(crowd, "first").one_each(LARGE_BATCH):
        give(book, wishes)


def _enroll(program: str, member: str) -> tb.Enroll:
    return tb.Enroll(program=program, member=member, request_id="enroll")
