"""What clients asked and were told, and what is wrong with the book if it says otherwise.

Pure: no clock, no database, no server. A command is acknowledged when any answer to it came back: a reply, or
a refusal, which is kept under its request id as a reply is.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from google.protobuf.message import Message
from tallybook_client import Command, Refused

Key = tuple[str, str]
"""Member and request id: what names one request."""


class Refusal(NamedTuple):
    """A refusal as an answer: its reason and its facts."""

    reason: str
    facts: frozenset[tuple[str, str]]


Answer = Message | Refusal
"""An answer, without the one thing that may differ between two answers to a request: `replayed`."""


def answer_of(outcome: Any) -> Answer:
    """A reply or a `Refused`, as an answer."""
    if isinstance(outcome, Refused):
        facts = frozenset((name, fact) for name, fact in outcome.metadata.items() if name != "replayed")
        return Refusal(outcome.reason, facts)
    answer = type(outcome)()
    answer.CopyFrom(outcome)
    answer.ClearField("replayed")
    return answer


@dataclass(slots=True)
class Asked:
    """One command, with its answers in the order they came."""

    command: Command
    answers: list[Answer] = field(default_factory=list)


class History:
    """Every command that was sent, by member and request id."""

    def __init__(self) -> None:
        self.asked: dict[Key, Asked] = {}
        self.acknowledged = 0

    def ask(self, command: Command) -> None:
        """A command is about to be sent for the first time."""
        self.asked[command.member, command.request_id] = Asked(command)

    def hear(self, command: Command, outcome: Any) -> None:
        """An answer has come, the first one or another."""
        asked = self.asked[command.member, command.request_id]
        self.acknowledged += not asked.answers
        asked.answers.append(answer_of(outcome))

    def answered(self) -> list[Asked]:
        """What was acknowledged."""
        return [asked for asked in self.asked.values() if asked.answers]


class Found(NamedTuple):
    """What stands in the book: versions of entries by request, refusals by request, worth by member."""

    entries: dict[Key, list[int]]
    refusals: Counter[Key]
    worth: Counter[str]


class Fault(NamedTuple):
    """Something that the book owes its callers and did not do; `what` is one word for counting."""

    what: str
    detail: str


def faults(history: History, found: Found) -> Iterator[Fault]:
    """What is wrong, command by command and then member by member."""
    for key, asked in history.asked.items():
        yield from _faults_of(key, asked, found)
    for key in found.entries.keys() - history.asked.keys():
        yield Fault("stray", f"{key} stands in the book, and nobody asked for it")
    expected = worth(history, found)
    for member in sorted(expected.keys() | found.worth.keys()):
        if expected[member] != found.worth[member]:
            yield Fault("worth", f"{member} has {found.worth[member]}, the answers say {expected[member]}")


def _faults_of(key: Key, asked: Asked, found: Found) -> Iterator[Fault]:
    times = len(found.entries.get(key, ()))
    if times > 1:
        yield Fault("doubled", f"{key} stands {times} times in the book")
    if not asked.answers:
        return
    first = asked.answers[0]
    if any(answer != first for answer in asked.answers):
        yield Fault("reply", f"{key} was answered differently: {asked.answers}")
    if isinstance(first, Refusal):
        if times:
            yield Fault("refused", f"{key} was refused ({first.reason}) and stands in the book")
        if not found.refusals[key]:
            yield Fault("lost", f"the refusal of {key} ({first.reason}) is not in the book")
    elif not times:
        yield Fault("lost", f"{key} was acknowledged and is not in the book")
    elif first.entry not in found.entries[key]:
        yield Fault("reply", f"{key} was told entry {first.entry}, it is {found.entries[key]}")


def worth(history: History, found: Found) -> Counter[str]:
    """What members should have, going by the first answer to each command.

    A command without an answer counts when it stands in the book. Those must move what they ask for.
    """
    total: Counter[str] = Counter()
    for key, asked in history.asked.items():
        if asked.answers:
            moved = asked.answers[0]
        elif key in found.entries:
            moved = asked.command
        else:
            continue
        if not isinstance(moved, Refusal):
            total.update(_moved(asked.command, moved))
    return total


def _moved(command: Any, answer: Any) -> dict[str, int]:
    match command.DESCRIPTOR.name:
        case "AwardRequest" | "AdjustRequest":
            return {command.member: answer.amount}
        case "RedeemRequest" | "CaptureRequest":
            return {command.member: -answer.amount}
        case "GiftRequest":
            return {command.member: -answer.amount, command.to_member: answer.amount}
        case _:
            return {}
