"""Races of many clients for what only few of them can have, and what is wrong with how one came out. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallybook_client import Refused, requests
from tallybook_client.contract import Contract
from tallybook_client.verbs import Method

from tests.torture.history import answer_of

UNIT = "points"
PRIZE = 100
RECEIVER = "receiver"

Race = Callable[[str, int], tuple[Method[Any], Any]]
"""What client `number` asks of a member."""


def redeem(member: str, number: int) -> tuple[Method[Any], Any]:
    request = requests.redeem(member, amount=PRIZE, unit=UNIT, request_id=f"redeem {number}")
    return Contract.redeem.method, request


def hold(member: str, number: int) -> tuple[Method[Any], Any]:
    request = requests.hold(member, amount=PRIZE, unit=UNIT, request_id=f"hold {number}")
    return Contract.hold.method, request


def gift(member: str, number: int) -> tuple[Method[Any], Any]:
    request = requests.gift(member, RECEIVER, amount=PRIZE, unit=UNIT, request_id=f"gift {number}")
    return Contract.gift.method, request


def adjust(member: str, number: int) -> tuple[Method[Any], Any]:
    request = requests.adjust(member, amount=-PRIZE, unit=UNIT, reason="race", request_id=f"adjust {number}")
    return Contract.adjust.method, request


def any_of_them(member: str, number: int) -> tuple[Method[Any], Any]:
    return (redeem, hold, gift, adjust)[number % 4](member, number)


def capture(member: str, number: int) -> tuple[Method[Any], Any]:
    return Contract.capture.method, requests.capture(member, "the hold", request_id=f"capture {number}")


def release(member: str, number: int) -> tuple[Method[Any], Any]:
    return Contract.release.method, requests.release(member, "the hold", request_id=f"release {number}")


def capture_or_release(member: str, number: int) -> tuple[Method[Any], Any]:
    return (capture, release)[number % 2](member, number)


TOO_LATE = {"unit": UNIT, "asked": str(PRIZE), "available": "0"}


@dataclass(frozen=True)
class Contest:
    """What is raced for: how many can win it, whether it is on hold, and what the others are told."""

    race: Race
    prizes: int = 1
    is_held: bool = False
    reason: str = "NOT_ENOUGH_POINTS"
    facts: dict[str, str] = field(default_factory=lambda: TOO_LATE)


HELD = {"prizes": 1, "is_held": True, "reason": "HOLD_RESOLVED"}
CONTESTS = {
    "redeem": Contest(redeem),
    "redeem the last three": Contest(redeem, prizes=3),
    "hold": Contest(hold),
    "redeem, hold, gift, adjust": Contest(any_of_them),
    "capture": Contest(capture, facts={"hold": "the hold", "state": "captured", "entry": "4"}, **HELD),
    "capture or release": Contest(capture_or_release, facts={"hold": "the hold", "entry": "4"}, **HELD),
}


def faults(contest: Contest, answers: Sequence[Any], again: Sequence[Any]) -> Iterator[str]:
    """What is wrong with the answers to a race, in the order of the clients, and to the same race again."""
    losers = [answer for answer in answers if isinstance(answer, Refused)]
    winners = len(answers) - len(losers)
    if winners != contest.prizes:
        yield f"{winners} have won, there was enough for {contest.prizes}"
    for loser in losers:
        if loser.reason != contest.reason or not contest.facts.items() <= loser.metadata.items():
            yield f"a loser was told {loser.reason} {loser.metadata}"
    for number, (answer, second) in enumerate(zip(answers, again, strict=True)):
        if answer.replayed or not second.replayed:
            yield f"client {number} was answered anew the second time"
        if answer_of(answer) != answer_of(second):
            yield f"client {number} was told {answer!r} and then {second!r}"
