"""A hold: value set aside, then captured or released, once. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from tallybook.journal.accounts import HELD, VESTED, LotKey, lot_key

OPEN: Final = "open"
CAPTURED: Final = "captured"
RELEASED: Final = "released"
TIMED_OUT: Final = "timed_out"

MOVES: Final[dict[str, frozenset[str]]] = {
    OPEN: frozenset({CAPTURED, RELEASED, TIMED_OUT}),
    CAPTURED: frozenset(),
    RELEASED: frozenset(),
    TIMED_OUT: frozenset(),
}
"""Where a hold can go from each state. Resolved once, it stays as it is."""


class HeldLot(msgspec.Struct, frozen=True, array_like=True):
    """Part of a hold, with the fund and the expiry that it keeps."""

    fund: str
    expires_on: date
    amount: int

    def key(self, unit: str) -> LotKey:
        """The member's held lot that this part lies in."""
        return lot_key(unit, HELD, self.fund, VESTED, self.expires_on)


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` of `unit` set aside until `deadline`; `captured` of it was spent when it was resolved.

    `opened` and `resolved` are entry versions. `lots` are in the order they were taken, which is the order
    they are captured in.
    """

    hold_id: str
    unit: str
    amount: int
    deadline: datetime
    opened: int
    lots: tuple[HeldLot, ...]
    state: str = OPEN
    captured: int = 0
    resolved: int | None = None

    def resolve(self, state: str, entry: int, captured: int = 0) -> Hold:
        """The hold after its one and only move."""
        assert state in MOVES[self.state], f"a hold cannot go from {self.state} to {state}"
        return msgspec.structs.replace(self, state=state, resolved=entry, captured=captured)


def split(lots: Sequence[HeldLot], amount: int) -> tuple[list[HeldLot], list[HeldLot]]:
    """The first `amount` of a hold's lots, and the rest."""
    first: list[HeldLot] = []
    rest: list[HeldLot] = []
    for lot in lots:
        part = min(amount, lot.amount)
        amount -= part
        if part:
            first.append(HeldLot(lot.fund, lot.expires_on, part))
        if part < lot.amount:
            rest.append(HeldLot(lot.fund, lot.expires_on, lot.amount - part))
    return first, rest
