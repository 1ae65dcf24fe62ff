"""ReplaceCard: a card that was lost gets another code. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_card_name, check_hash
from tallybook.members.cards import ACTIVE, ISSUED, card_in, put_card
from tallybook.members.tries import forget_failures
from tallybook.programs.program import Program
from tallybook.refusals.money import CardExists
from tallybook.stored_value.cards import CARD_HANDLE, put_code


class CardReplaced(Reply, frozen=True, kw_only=True):
    """The card is known by another code."""

    card: str


class ReplaceCard(Command[CardReplaced], frozen=True, kw_only=True, tag="replace_card"):
    """Let a card be known by another code and PIN, of which these are hashes. Needs a reason.

    The old code is good for nothing. What is on the card stays, and so do its name and history. Refused with
    `UnknownCard` or `CardState`.
    """

    code_hash: str
    pin_hash: str = ""
    reply_type = CardReplaced

    def check(self) -> None:
        check_card_name("member", self.member)
        check_hash("code_hash", self.code_hash)
        if self.pin_hash != "":
            check_hash("pin_hash", self.pin_hash)
        if not self.reason:
            raise InvalidInput("reason", "must say why the card is replaced")

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return ((CARD_HANDLE, self.code_hash),)

    def decide(self, desk: Desk) -> CardReplaced:
        folio = desk.folio
        note = card_in(folio, ISSUED, ACTIVE)
        if desk.holder(CARD_HANDLE, self.code_hash) is not None:
            raise CardExists(card=self.member)
        put_code(folio, note.code, self.code_hash)
        put_card(folio, msgspec.structs.replace(note, code=self.code_hash, pin=self.pin_hash))
        forget_failures(folio)
        return CardReplaced(entry=desk.entry, recorded_at=desk.now, card=self.member)
