"""What a client did and what it was told: calls, outcomes, and when. Pure: no clock, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

AWARD, REDEEM, HOLD, CAPTURE, RELEASE, READ = "award", "redeem", "hold", "capture", "release", "read"


class Call(NamedTuple):
    """One thing asked of one member. `amount` 0 captures all of a hold; a read has no request id."""

    what: str
    request_id: str = ""
    amount: int = 0
    hold: str = ""

    def __str__(self) -> str:
        words = [self.what, str(self.amount or ""), self.hold, self.request_id and f"({self.request_id})"]
        return " ".join(word for word in words if word)


class Done(NamedTuple):
    """It was done, or read: the member's entries so far, and balances. None is for what was not looked at."""

    entries: int | None = None
    available: int | None = None
    held: int | None = None


class Refused(NamedTuple):
    """It was refused, with what there was: points available, or state and entry of a resolved hold."""

    code: str
    facts: tuple[int | str, ...] | None = None


Outcome = Done | Refused


def agrees(told: Outcome, should: Outcome) -> bool:
    """Whether a client was told what it should have been, as far as it has looked."""
    if type(told) is not type(should):
        return False
    return all(seen is None or seen == value for seen, value in zip(told, should, strict=True))


@dataclass(frozen=True, slots=True)
class Operation:
    """A call with its outcome, and the moments it was sent and answered, by one clock for all clients.

    Without an outcome, nobody knows what became of it: it took effect at any time after it was sent, or never
    will.
    """

    client: int
    member: str
    call: Call
    invoked: int
    returned: int | None = None
    outcome: Outcome | None = None

    def __str__(self) -> str:
        until = "..." if self.returned is None else str(self.returned)
        return f"{self.invoked}-{until} client {self.client}: {self.call} -> {self.outcome or 'unknown'}"


def by_member(history: Iterable[Operation]) -> dict[str, list[Operation]]:
    """A history in parts that can be explained one by one.

    Members are objects of their own, and a history is linearizable if that of each object is: Herlihy & Wing,
    "Linearizability: A Correctness Condition for Concurrent Objects", 1990, theorem 1 (locality).
    """
    parts: dict[str, list[Operation]] = {}
    for operation in history:
        parts.setdefault(operation.member, []).append(operation)
    return parts


def overlapping(history: Sequence[Operation]) -> int:
    """How many operations were sent before one sent earlier, about the same member, was answered."""
    count = 0
    for part in by_member(history).values():
        answered = 0
        for operation in sorted(part, key=lambda each: each.invoked):
            count += operation.invoked < answered
            answered = max(answered, operation.returned or 0)
    return count


def repeated(history: Sequence[Operation]) -> frozenset[str]:
    """The request ids that were sent more than once."""
    seen: set[str] = set()
    again: set[str] = set()
    for operation in history:
        request_id = operation.call.request_id
        (again if request_id in seen else seen).add(request_id)
    return frozenset(again - {""})
