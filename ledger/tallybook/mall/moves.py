"""Where an order can go from each state, and where its pieces are: one table. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tallybook.journal.accounts import ON_HAND, RESERVED, SOLD


class State(StrEnum):
    """What an order is: under way in the first two states, closed in the others."""

    PLACED = "placed"  # waits for its money; what it costs in units is held
    PAID = "paid"  # waits to be fulfilled
    FULFILLED = "fulfilled"  # the member has what was ordered
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"  # its money did not come in time
    RETURNED = "returned"  # what was ordered came back


class Move(StrEnum):
    """What happens to an order."""

    PAY = "pay"
    FULFIL = "fulfil"
    CANCEL = "cancel"
    TIME_OUT = "time_out"
    RETURN = "return"


OPEN: Final = frozenset({State.PLACED, State.PAID})
FIRST: Final = (State.PLACED, State.PAID)
"""An order begins in the first of them, or in the other where no money is waited for."""

MOVES: Final[Mapping[tuple[State, Move], State]] = {
    (State.PLACED, Move.PAY): State.PAID,
    (State.PLACED, Move.CANCEL): State.CANCELLED,
    (State.PLACED, Move.TIME_OUT): State.TIMED_OUT,
    (State.PAID, Move.FULFIL): State.FULFILLED,
    (State.PAID, Move.CANCEL): State.CANCELLED,
    (State.FULFILLED, Move.RETURN): State.RETURNED,
}
"""Every move there is. What is not here cannot happen."""

PIECES_IN: Final[Mapping[State, str]] = {
    State.PLACED: RESERVED,
    State.PAID: SOLD,
    State.FULFILLED: SOLD,
    State.CANCELLED: ON_HAND,
    State.TIMED_OUT: ON_HAND,
    State.RETURNED: ON_HAND,
}
"""The account that the pieces of an order are in. Before it is placed they are on hand."""


def diagram() -> str:
    """The table as a state diagram in Mermaid, which the docs show."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in FIRST)]
    lines += [f"    {before} --> {after}: {move}" for (before, move), after in MOVES.items()]
    ends = {state for state in State if not any(before == state for before, _ in MOVES)}
    lines += [f"    {state} --> [*]" for state in State if state in ends]
    return "\n".join(lines)
