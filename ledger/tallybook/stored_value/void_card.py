"""VoidCard: a card is good for nothing any more. Pure: no clock, no database."""

from __future__ import annotations

import msgspec

from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import AVAILABLE, FORFEITED, HELD
from tallybook.journal.moves import move_out
from tallybook.members.bearers import check_card_name
from tallybook.members.cards import ACTIVE, ISSUED, VOID, card_in, moved_to, put_card
from tallybook.members.passbook import page_of, put_page
from tallybook.refusals.money import CardInUse
from tallybook.stored_value.cards import put_code
from tallybook.stored_value.moved import MoneyMoved


class CardVoided(MoneyMoved, frozen=True, kw_only=True):
    """The card is void, and `amount` that was on it is forfeited."""

    card: str


class VoidCard(Command[CardVoided], frozen=True, kw_only=True, tag="void_card"):
    """Make a card void for good: its code opens nothing, and what is on it is forfeited. Needs a reason.

    Who is to have the money back gets it before: refund the activation. What comes back to the card later,
    such as by `RefundSpend`, is not lost: `TransferValue` moves it off, or it is paid back. Refused with
    `UnknownCard`, `CardState`, or `CardInUse` while something of it is set aside.
    """

    reply_type = CardVoided

    def check(self) -> None:
        check_card_name("member", self.member)
        if not self.reason:
            raise InvalidInput("reason", "must say why the card is void")

    def decide(self, desk: Desk) -> CardVoided:
        folio = desk.folio
        note = card_in(folio, ISSUED, ACTIVE)
        held = sum(amount for _, amount in folio.lots_of(note.unit, HELD))
        if held:
            raise CardInUse(card=self.member, unit=note.unit, held=held)
        lots = sorted(folio.lots_of(note.unit, AVAILABLE))
        move_out(folio, lots, FORFEITED)
        put_page(folio, note.unit, page_of(folio, note.unit))
        put_code(folio, note.code, "")
        put_card(folio, msgspec.structs.replace(moved_to(note, VOID), code="", pin=""))
        return CardVoided(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=note.unit,
            amount=sum(amount for _, amount in lots),
            balance=desk.balance(note.unit),
            card=self.member,
        )
