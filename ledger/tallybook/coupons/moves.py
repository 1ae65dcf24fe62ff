"""Where a coupon can go from each state, and what moves count: one table. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tallybook.journal.accounts import (
    COUPONS_EXPIRED,
    COUPONS_OPEN,
    COUPONS_RETURNED,
    COUPONS_USED,
    COUPONS_VOIDED,
)


class State(StrEnum):
    """What a coupon is: open in the first two states, closed in the others."""

    ISSUED = "issued"  # its member has it
    RESERVED = "reserved"  # an order that is not paid yet has it
    USED = "used"  # an order took something off with it
    EXPIRED = "expired"
    VOIDED = "voided"
    TRANSFERRED = "transferred"  # another member has it


class Move(StrEnum):
    """What happens to a coupon."""

    RESERVE = "reserve"
    RELEASE = "release"  # the order has been left, or has taken too long
    USE = "use"
    RETURN = "return"  # the order was cancelled or refunded, or a store took its redemption back
    EXPIRE = "expire"
    VOID = "void"
    TRANSFER = "transfer"


OPEN: Final = frozenset({State.ISSUED, State.RESERVED})

MOVES: Final[Mapping[tuple[State, Move], State]] = {
    (State.ISSUED, Move.RESERVE): State.RESERVED,
    (State.ISSUED, Move.USE): State.USED,
    (State.ISSUED, Move.EXPIRE): State.EXPIRED,
    (State.ISSUED, Move.VOID): State.VOIDED,
    (State.ISSUED, Move.TRANSFER): State.TRANSFERRED,
    (State.RESERVED, Move.RELEASE): State.ISSUED,
    (State.RESERVED, Move.USE): State.USED,
    (State.RESERVED, Move.VOID): State.VOIDED,
    (State.USED, Move.RETURN): State.ISSUED,
}
"""Every move there is. What is not here cannot happen."""

COUNTED: Final[Mapping[Move, tuple[str, str]]] = {
    Move.USE: (COUPONS_OPEN, COUPONS_USED),
    Move.RETURN: (COUPONS_RETURNED, COUPONS_OPEN),
    Move.EXPIRE: (COUPONS_OPEN, COUPONS_EXPIRED),
    Move.VOID: (COUPONS_OPEN, COUPONS_VOIDED),
}
"""The accounts between which a move posts one coupon. The others change nothing that the house counts."""


def diagram() -> str:
    """The table as a state diagram in Mermaid, which the docs show."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.ISSUED}"]
    lines += [f"    {before} --> {after}: {move}" for (before, move), after in MOVES.items()]
    ends = {state for state in State if not any(before == state for before, _ in MOVES)}
    lines += [f"    {state} --> [*]" for state in State if state in ends]
    return "\n".join(lines)
