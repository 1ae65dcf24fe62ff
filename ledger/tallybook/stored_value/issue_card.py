"""IssueCard: a card is there, and worth nothing yet. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from tallybook.engine.checks import check_flag, check_id, check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_card_name, check_hash
from tallybook.members.cards import ISSUED, CardNote, card_of, put_card
from tallybook.programs.program import Program
from tallybook.refusals.money import CardExists
from tallybook.stored_value.cards import CARD_HANDLE, put_code
from tallybook.stored_value.moved import rules_of


class CardIssued(Reply, frozen=True, kw_only=True):
    """The card is there under the name `card`."""

    card: str


class IssueCard(Command[CardIssued], frozen=True, kw_only=True, tag="issue_card"):
    """Make a card of a batch for money of `unit`, found by a code's hash, and sold for `amount` if given.

    It is worth nothing before `ActivateCard`. `renews` gives another code to a card that was issued before
    and never activated, because nobody was told the first: see `Book.cards`, which makes them.

    Refused with `CardExists`, `NotStoredValue` or `UnknownUnit`.
    """

    batch: str
    unit: str
    code_hash: str
    pin_hash: str = ""
    amount: int | None = None
    renews: bool = False
    reply_type = CardIssued
    enrolls: ClassVar[bool] = True

    def check(self) -> None:
        check_card_name("member", self.member)
        check_id("batch", self.batch)
        check_id("unit", self.unit)
        check_hash("code_hash", self.code_hash)
        if self.pin_hash != "":
            check_hash("pin_hash", self.pin_hash)
        if self.amount is not None:
            check_whole("amount", self.amount)
        check_flag("renews", self.renews)

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return ((CARD_HANDLE, self.code_hash),)

    def decide(self, desk: Desk) -> CardIssued:
        folio, old = desk.folio, ""
        rules_of(desk, self.unit)
        if desk.holder(CARD_HANDLE, self.code_hash) is not None:
            raise CardExists(card=self.member)
        if folio.exists:
            note = card_of(folio)
            if not self.renews or note.state != ISSUED:
                raise CardExists(card=self.member)
            old = note.code
        else:
            folio.begin(desk.now)
        put_code(folio, old, self.code_hash)
        note = CardNote(
            batch=self.batch, unit=self.unit, code=self.code_hash, pin=self.pin_hash, amount=self.amount
        )
        put_card(folio, note)
        return CardIssued(entry=desk.entry, recorded_at=desk.now, card=self.member)
