"""Questions about stored value: top-ups, payouts, and what can be paid back. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.query import FolioQuery
from tallybook.errors import UnknownUnit
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.programs.program import Program
from tallybook.refusals.money import NotStoredValue, UnknownPayout, UnknownTopUp
from tallybook.stored_value.notes import (
    PAYOUT,
    TOP_UP,
    PayoutNote,
    TopUpNote,
    find_payout,
    find_top_up,
)
from tallybook.stored_value.payable import Payable, parts_of, payable_in_all, payable_of, total


class Refundable(msgspec.Struct, frozen=True, kw_only=True):
    """What can be paid back now at most, of `unit`.

    With all of it, `bonus` would be forfeited, and `charged`: principal for bonus that was spent already.
    """

    unit: str
    amount: int
    bonus: int
    charged: int


def _refundable(program: Program, unit: str, payable: list[Payable]) -> Refundable:
    rules = program.stored_value.get(unit)
    if rules is None:
        raise NotStoredValue(program=program.code, unit=unit)
    amount = total(payable)
    parts = parts_of(payable, amount, rules)
    return Refundable(
        unit=unit,
        amount=amount,
        bonus=sum(part.bonus for part in parts),
        charged=sum(part.charged for part in parts),
    )


class TopUpView(msgspec.Struct, frozen=True, kw_only=True):
    """A top-up as it is now, and what of it can be paid back."""

    top_up_id: str
    top_up: TopUpNote
    refundable: Refundable


class GetTopUp(FolioQuery[TopUpView], frozen=True, kw_only=True):
    """A top-up of a member. Raises `UnknownMember` or `UnknownTopUp`."""

    top_up_id: str

    def check(self) -> None:
        check_id("top_up_id", self.top_up_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, self.top_up_id)]

    def answer(self, folio: Folio, program: Program, now: datetime) -> TopUpView:
        note = find_top_up(folio, self.top_up_id)
        if note is None:
            raise UnknownTopUp(member=self.member, top_up=self.top_up_id)
        refundable = _refundable(program, note.unit, payable_of(folio, self.top_up_id, note))
        return TopUpView(top_up_id=self.top_up_id, top_up=note, refundable=refundable)


class MaxRefund(FolioQuery[Refundable], frozen=True, kw_only=True):
    """What can be paid back now of a top-up. Raises `UnknownMember` or `UnknownTopUp`."""

    top_up_id: str

    def check(self) -> None:
        check_id("top_up_id", self.top_up_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, self.top_up_id)]

    def answer(self, folio: Folio, program: Program, now: datetime) -> Refundable:
        note = find_top_up(folio, self.top_up_id)
        if note is None:
            raise UnknownTopUp(member=self.member, top_up=self.top_up_id)
        return _refundable(program, note.unit, payable_of(folio, self.top_up_id, note))


class MaxWithdrawal(FolioQuery[Refundable], frozen=True, kw_only=True):
    """What can be paid back now of all top-ups. Raises `UnknownMember`, `UnknownUnit` or `NotStoredValue`."""

    unit: str

    def check(self) -> None:
        check_id("unit", self.unit)

    def answer(self, folio: Folio, program: Program, now: datetime) -> Refundable:
        if self.unit not in program.units:
            raise UnknownUnit(program=program.code, unit=self.unit)
        return _refundable(program, self.unit, payable_in_all(folio, self.unit))


class PayoutView(msgspec.Struct, frozen=True, kw_only=True):
    """A payout as it is now."""

    payout_id: str
    payout: PayoutNote


class GetPayout(FolioQuery[PayoutView], frozen=True, kw_only=True):
    """A payout of a member. Raises `UnknownMember` or `UnknownPayout`."""

    payout_id: str

    def check(self) -> None:
        check_id("payout_id", self.payout_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(PAYOUT, self.payout_id)]

    def answer(self, folio: Folio, program: Program, now: datetime) -> PayoutView:
        note = find_payout(folio, self.payout_id)
        if note is None:
            raise UnknownPayout(member=self.member, payout=self.payout_id)
        return PayoutView(payout_id=self.payout_id, payout=note)
