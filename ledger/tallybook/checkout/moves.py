"""Where a checkout can go from each state: one table. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tallybook.refusals.checkout import CheckoutState


class State(StrEnum):
    """What the checkout of an order is."""

    NEW = "new"  # nothing was held for the order yet
    HELD = "held"  # points, money and coupons are set aside for it
    CAPTURED = "captured"  # it is paid
    REFUNDED = "refunded"  # all of it has gone back
    RELEASED = "released"  # what was held was let go
    TIMED_OUT = "timed_out"  # what was held was held for too long


class Move(StrEnum):
    """What happens to a checkout."""

    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    TIME_OUT = "time_out"
    REFUND_PART = "refund_part"
    REFUND = "refund"  # the rest of it


MOVES: Final[Mapping[tuple[State, Move], State]] = {
    (State.NEW, Move.HOLD): State.HELD,
    (State.HELD, Move.HOLD): State.HELD,
    (State.HELD, Move.CAPTURE): State.CAPTURED,
    (State.HELD, Move.RELEASE): State.RELEASED,
    (State.HELD, Move.TIME_OUT): State.TIMED_OUT,
    (State.RELEASED, Move.HOLD): State.HELD,
    (State.TIMED_OUT, Move.HOLD): State.HELD,
    (State.CAPTURED, Move.REFUND_PART): State.CAPTURED,
    (State.CAPTURED, Move.REFUND): State.REFUNDED,
}
"""Every move there is. What is not here cannot happen."""


def moved(order: str, state: State, move: Move) -> State:
    """The state that a move leads to; raises `CheckoutState` where there is no such move."""
    after = MOVES.get((state, move))
    if after is None:
        raise CheckoutState(order=order, state=state, move=move)
    return after


def diagram() -> str:
    """The table as a state diagram in Mermaid, which the docs show."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.NEW}"]
    lines += [f"    {before} --> {after}: {move}" for (before, move), after in MOVES.items()]
    return "\n".join(lines)
