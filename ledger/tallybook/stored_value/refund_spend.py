"""RefundSpend: give back what was spent, to the funds it came from. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tallybook.engine.checks import check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import NotReversible, ReversalExceedsEntry
from tallybook.journal.moves import crossings, reversible
from tallybook.journal.originals import Original
from tallybook.members.spending import give_back
from tallybook.programs.program import Unit
from tallybook.stored_value.moved import MoneyMoved

SPENDINGS: Final = frozenset({"spend_value", "capture"})
"""The kinds of entry that have spent money."""


class SpendRefunded(MoneyMoved, frozen=True, kw_only=True):
    """`amount` of the entry `refunded_entry` was given back, of `principal` and `bonus`.

    `lapsed` of it is gone again, because it is past its day.
    """

    refunded_entry: int
    principal: int
    bonus: int
    lapsed: int = 0


class RefundSpend(Command[SpendRefunded], frozen=True, kw_only=True, tag="refund_spend"):
    """Give back the money that the entry numbered `entry` spent: all that is left of it, or `amount`.

    What was used last comes back first, with its own expiry. Parts add up: however a spending is given back
    in parts, the sum is what giving it back at once comes to.

    Refused with `UnknownEntry`, `NotReversible` or `ReversalExceedsEntry`.
    """

    entry: int
    amount: int | None = None
    reply_type = SpendRefunded

    def check(self) -> None:
        check_whole("entry", self.entry)
        if self.amount is not None:
            check_whole("amount", self.amount)

    def named_entries(self) -> Sequence[int]:
        return (self.entry,)

    def decide(self, desk: Desk) -> SpendRefunded:
        original = desk.original(self.entry)
        unit = self._unit(desk, original)
        left = reversible(original)
        if not left:
            problem = "all of it was given back before"
            raise NotReversible(entry=self.entry, kind=original.kind, problem=problem)
        amount = left if self.amount is None else self.amount
        if amount > left:
            raise ReversalExceedsEntry(entry=self.entry, asked=amount, left=left)
        back = give_back(desk, unit, original, amount)
        desk.reverses = self.entry
        return SpendRefunded(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=unit.code,
            amount=amount,
            balance=desk.balance(unit.code),
            refunded_entry=self.entry,
            principal=back.funds.principal,
            bonus=back.funds.bonus,
            lapsed=back.credited.lapsed,
        )

    def _unit(self, desk: Desk, original: Original) -> Unit:
        """The unit that was spent; raises `NotReversible` for an entry that has spent no money."""
        if original.kind in SPENDINGS:
            _, outward = crossings(original.postings)
            unit = desk.unit(outward[0].unit)
            if unit.is_money:
                return unit
        raise NotReversible(entry=self.entry, kind=original.kind, problem="it has spent no money")
