"""Draws and red packets as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Amounts are in the smallest step of their unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tallybook.programs.rewards import Reward
from tallybook.programs.rules import Period, Window


@dataclass(frozen=True, slots=True)
class Times:
    """At most `most` times in a period."""

    period: Period
    most: int


@dataclass(frozen=True, slots=True)
class Prize:
    """What can be won: `rewards`, `bonus` steps of `bonus_unit`, and `goods` by their name, empty for none.

    Of `stock` and `most_per_member`, the most that one member wins in one round, None is without bounds.
    """

    code: str
    display_name: str
    weight: int
    stock: int | None = None
    most_per_member: int | None = None
    rewards: tuple[Reward, ...] = ()
    bonus_unit: str = ""
    bonus: int = 0
    goods: str = ""


@dataclass(frozen=True, slots=True)
class DrawRules:
    """A draw of a program: `cost` steps of `cost_unit`, 0 for nothing, unless it is one of the free ones.

    Nothing is won with a weight of `blank_weight`. Who has drawn `guarantee_after` times since a prize among
    `guaranteed` gets one of these next; 0 is never. `fallback` is the prize where nothing else is left, empty
    for none.
    """

    code: str
    display_name: str
    window: Window
    prizes: Mapping[str, Prize]
    cost_unit: str = ""
    cost: int = 0
    free: Times | None = None
    limits: tuple[Times, ...] = ()
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    blank_weight: int = 0
    guarantee_after: int = 0
    guaranteed: frozenset[str] = frozenset()
    fallback: str = ""


class FundedBy(StrEnum):
    """Whose a red packet is."""

    MEMBER = "member"  # a member's, out of what they have
    HOUSE = "house"  # the house's, out of a budget


@dataclass(frozen=True, slots=True)
class RedPacketRules:
    """A kind of red packet: `budget` steps in all are for those of the house, None is without bounds.

    `fund` pays for those of the house. One has at most `most` steps in `shares_most` shares, and lasts
    `lasts_seconds`.
    """

    code: str
    display_name: str
    unit: str
    funded_by: FundedBy
    fund: str
    budget: int | None
    most: int
    shares_most: int
    lasts_seconds: int


def packet_pool(kind: str) -> str:
    """The pool that the budget of a kind of red packets is."""
    return f"red_packet/{kind}"
