"""What the replay asks of a ledger, whichever way it is reached. Knows no Tallybook.

`service.py` asks a server, `library.py` opens the book itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from examples.grocer.baskets import Basket
from examples.grocer.expected import Holding
from examples.grocer.grown import Standing
from examples.grocer.refunds import Refund

UNIT, GROWTH = "points", "growth"
LADDER = "status"
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A household becomes a member."""

    household: str


@dataclass(frozen=True, slots=True)
class Redemption:
    """A household spends points. The name of the request is made of the event that led to it."""

    household: str
    request: str
    points: int
    occurred_at: datetime


Request = Enrollment | Basket | Refund | Redemption


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: units by rule, given or taken back, and the points that the household has then.

    `gifts` are points that tasks gave, below zero where they took them back, by what for.
    `replayed` where it had been carried out before, and this is what was answered then.
    """

    replayed: bool
    available: int = 0
    rewards: Mapping[str, int] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    gifts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verified:
    """What the ledger's own replay of its book came to."""

    members: int
    entries: int
    disagreements: list[str]


class Ledger(Protocol):
    """A book with the grocer's program in force, and the hand on its clock."""

    def set_clock(self, moment: datetime) -> None:
        """Let it be this moment."""

    def do(self, requests: Sequence[Request]) -> list[Answer]:
        """Carry out requests, in their order; raises what one was refused with."""

    def holding(self, household: str) -> tuple[Holding, int]:
        """What a household holds now, and the version of its latest entry."""

    def standing(self, household: str) -> Standing:
        """Where a household stands now."""

    def tier_at(self, household: str, moment: datetime) -> str | None:
        """The tier that a household had at a moment, empty for none; None where that is forgotten."""

    def accounts(self, unit: str) -> dict[str, int]:
        """The sum of every account of a unit that is not at zero, over all funds, as recorded."""

    def sweep(self) -> None:
        """Record what time has done."""

    def verify(self) -> Verified:
        """Replay the book and compare everything that follows from its entries."""


def summed(gifts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What was given less what was taken back, by what for."""
    sums: Counter[str] = Counter()
    for source, points in gifts:
        sums[source] += points
    return dict(sums)
