"""Reverse: undo an earlier entry, whole or in part. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tallybook.engine.checks import check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, NotReversible, ReversalExceedsEntry, shown
from tallybook.journal.moves import Shortfall, claw_back, crossings, reversible
from tallybook.journal.originals import Original
from tallybook.members.spending import give_back, points_unit
from tallybook.points.posted import Posted
from tallybook.programs.program import Unit

REVERSIBLE: Final = frozenset({"award", "redeem", "capture", "adjust"})
"""The kinds of entry that can be undone. A hold is released, a gift is given back."""


class Reversed(Posted, frozen=True, kw_only=True):
    """`amount` of the entry `reversed_entry` was undone, and where it came from or went to.

    Undoing something given takes it from `pending`, from `available`, out of what had `lapsed`, and as
    `arrears`; `forgiven` is what the policy lets go. Undoing something taken gives it back as `available`, as
    `repaid` arrears, or lets it lapse (`lapsed`) when it is past its day.
    """

    reversed_entry: int
    pending: int = 0
    available: int = 0
    lapsed: int = 0
    arrears: int = 0
    forgiven: int = 0
    repaid: int = 0


class _Moved(NamedTuple):
    """Where what was undone came from, or went to."""

    pending: int = 0
    available: int = 0
    lapsed: int = 0
    arrears: int = 0
    forgiven: int = 0
    repaid: int = 0


class Reverse(Command[Reversed], frozen=True, kw_only=True, tag="reverse"):
    """Undo the entry numbered `entry`: all that is left of it, or `amount`.

    Parts add up: however an entry is undone in parts, the sum is what undoing it at once comes to, and never
    more than the entry moved. `shortfall` says what happens when points to be taken back were spent; by
    default the program says.

    Refused with `UnknownEntry`, `NotReversible`, `ReversalExceedsEntry`, or `MoneyUnit` for money that a hold
    has spent: `RefundSpend` gives it back.
    """

    entry: int
    amount: int | None = None
    shortfall: Shortfall | None = None
    reply_type = Reversed

    def check(self) -> None:
        check_whole("entry", self.entry)
        if self.amount is not None:
            check_whole("amount", self.amount)
        if self.shortfall is not None and self.shortfall not in list(Shortfall):
            raise InvalidInput(
                "shortfall", f"must be one of {', '.join(Shortfall)}, not {shown(self.shortfall)}"
            )

    def named_entries(self) -> Sequence[int]:
        return (self.entry,)

    def decide(self, desk: Desk) -> Reversed:
        original = desk.original(self.entry)
        amount = self._amount(original)
        inward, outward = crossings(original.postings)
        unit = points_unit(desk, (inward or outward)[0].unit)
        moved = (
            self._claw_back(desk, original, unit, amount)
            if inward
            else _Moved(**give_back(desk, unit, original, amount).credited._asdict())
        )
        desk.reverses = self.entry
        return Reversed(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=unit.code,
            amount=amount,
            balance=desk.balance(unit.code),
            reversed_entry=self.entry,
            pending=moved.pending,
            available=moved.available,
            lapsed=moved.lapsed,
            arrears=moved.arrears,
            forgiven=moved.forgiven,
            repaid=moved.repaid,
        )

    def _amount(self, original: Original) -> int:
        if original.kind not in REVERSIBLE:
            problem = "only " + ", ".join(sorted(REVERSIBLE)) + " can be reversed"
            raise NotReversible(entry=self.entry, kind=original.kind, problem=problem)
        left = reversible(original)
        if not left:
            raise NotReversible(entry=self.entry, kind=original.kind, problem="all of it was reversed before")
        amount = left if self.amount is None else self.amount
        if amount > left:
            raise ReversalExceedsEntry(entry=self.entry, asked=amount, left=left)
        return amount

    def _claw_back(self, desk: Desk, original: Original, unit: Unit, amount: int) -> _Moved:
        policy = Shortfall(self.shortfall or desk.program.refunds.shortfall)
        taken = claw_back(desk.folio, original, amount, policy, unit.spend_key)
        return _Moved(**taken._asdict())
