"""The refusals about draws and red packets, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDecided, NotDeclared, Refusal, refusal


@dataclass(eq=False)
class SeedSealed(NotDecided):
    """The seed of draw {draw!r} was sealed with another code key than the one that is there."""

    code: ClassVar[str] = "SEED_SEALED"
    draw: str


@refusal
@dataclass(eq=False)
class UnknownDraw(NotDeclared):
    """Program {program!r} has no draw {draw!r}."""

    code: ClassVar[str] = "UNKNOWN_DRAW"
    program: str
    draw: str


@refusal
@dataclass(eq=False)
class DrawOpen(Refusal):
    """Draw {draw!r} is open: round {round} has to be closed first."""

    code: ClassVar[str] = "DRAW_OPEN"
    draw: str
    round: int


@refusal
@dataclass(eq=False)
class DrawNotOpen(Refusal):
    """Draw {draw!r} is not open."""

    code: ClassVar[str] = "DRAW_NOT_OPEN"
    draw: str


@refusal
@dataclass(eq=False)
class DrawNotAllowed(Refusal):
    """The member cannot draw from {draw!r}: {problem}."""

    code: ClassVar[str] = "DRAW_NOT_ALLOWED"
    draw: str
    problem: str


@refusal
@dataclass(eq=False)
class DrawLimitReached(Refusal):
    """A member draws from {draw!r} {most} times each {period}, and has."""

    code: ClassVar[str] = "DRAW_LIMIT_REACHED"
    draw: str
    period: str
    most: int


@refusal
@dataclass(eq=False)
class NoPrizeLeft(Refusal):
    """Draw {draw!r} has no prize left for the member."""

    code: ClassVar[str] = "NO_PRIZE_LEFT"
    draw: str


@refusal
@dataclass(eq=False)
class UnknownWonPrize(Refusal):
    """Member {member!r} has won nothing that is to be delivered as {won!r}."""

    code: ClassVar[str] = "UNKNOWN_WON_PRIZE"
    member: str
    won: str


@refusal
@dataclass(eq=False)
class PrizeDelivered(Refusal):
    """What was won as {won!r} was delivered before."""

    code: ClassVar[str] = "PRIZE_DELIVERED"
    won: str


@refusal
@dataclass(eq=False)
class UnknownRedPacketKind(NotDeclared):
    """Program {program!r} has no red packets of kind {packet_kind!r} that such a one can make."""

    code: ClassVar[str] = "UNKNOWN_RED_PACKET_KIND"
    program: str
    packet_kind: str


@refusal
@dataclass(eq=False)
class UnknownRedPacket(Refusal):
    """Program {program!r} has no red packet {packet!r}."""

    code: ClassVar[str] = "UNKNOWN_RED_PACKET"
    program: str
    packet: str


@refusal
@dataclass(eq=False)
class RedPacketExists(Refusal):
    """There is a red packet {packet!r} already."""

    code: ClassVar[str] = "RED_PACKET_EXISTS"
    packet: str


@refusal
@dataclass(eq=False)
class RedPacketTooLarge(Refusal):
    """A red packet of kind {packet_kind!r} has at most {most} in {shares_most} shares."""

    code: ClassVar[str] = "RED_PACKET_TOO_LARGE"
    packet_kind: str
    most: int
    shares_most: int


@refusal
@dataclass(eq=False)
class RedPacketBudgetSpent(Refusal):
    """{asked} were asked of the budget for red packets of kind {packet_kind!r}, {left} are left."""

    code: ClassVar[str] = "RED_PACKET_BUDGET_SPENT"
    packet_kind: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class RedPacketOver(Refusal):
    """Red packet {packet!r} is {state}."""

    code: ClassVar[str] = "RED_PACKET_OVER"
    packet: str
    state: str


@refusal
@dataclass(eq=False)
class RedPacketClaimed(Refusal):
    """The member has had {amount} from red packet {packet!r}."""

    code: ClassVar[str] = "RED_PACKET_CLAIMED"
    packet: str
    amount: int


@refusal
@dataclass(eq=False)
class OwnRedPacket(Refusal):
    """Red packet {packet!r} is the member's own."""

    code: ClassVar[str] = "OWN_RED_PACKET"
    packet: str
