"""The refusals about tiers, tasks and benefits, one class a reason. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class UnknownTask(NotDeclared):
    """Program {program!r} has no task {task!r}."""

    code: ClassVar[str] = "UNKNOWN_TASK"
    program: str
    task: str


@refusal
@dataclass(eq=False)
class NothingToClaim(Refusal):
    """Member {member!r} has nothing to claim of task {task!r}: {problem}."""

    code: ClassVar[str] = "NOTHING_TO_CLAIM"
    member: str
    task: str
    problem: str


@refusal
@dataclass(eq=False)
class UnknownLadder(NotDeclared):
    """Program {program!r} has no ladder {ladder!r}."""

    code: ClassVar[str] = "UNKNOWN_LADDER"
    program: str
    ladder: str


@refusal
@dataclass(eq=False)
class UnknownTier(NotDeclared):
    """Ladder {ladder!r} has no tier {tier!r}."""

    code: ClassVar[str] = "UNKNOWN_TIER"
    ladder: str
    tier: str


@refusal
@dataclass(eq=False)
class OverrideEndsTooSoon(Refusal):
    """What is set by hand through {until} would be over already: today is {today}."""

    code: ClassVar[str] = "OVERRIDE_ENDS_TOO_SOON"
    until: str
    today: str


@refusal
@dataclass(eq=False)
class NoOverride(Refusal):
    """Nobody has set the tier of member {member!r} on ladder {ladder!r}."""

    code: ClassVar[str] = "NO_OVERRIDE"
    member: str
    ladder: str


@refusal
@dataclass(eq=False)
class NoBenefit(Refusal):
    """Member {member!r} does not have benefit {quota!r} now."""

    code: ClassVar[str] = "NO_BENEFIT"
    member: str
    quota: str


@refusal
@dataclass(eq=False)
class BenefitUsedUp(Refusal):
    """Member {member!r} has {left} of {most} uses of benefit {quota!r} left in this period, not {asked}."""

    code: ClassVar[str] = "BENEFIT_USED_UP"
    member: str
    quota: str
    asked: int
    left: int
    most: int


@refusal
@dataclass(eq=False)
class UnknownUse(Refusal):
    """Member {member!r} has used no benefit by request {use!r}."""

    code: ClassVar[str] = "UNKNOWN_USE"
    member: str
    use: str


@refusal
@dataclass(eq=False)
class ReturnExceedsUse(Refusal):
    """Of request {use!r}, {left} uses are left to return, not {asked}."""

    code: ClassVar[str] = "RETURN_EXCEEDS_USE"
    use: str
    asked: int
    left: int
