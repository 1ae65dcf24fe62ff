"""ActivateCard: a card was paid for, and is worth that. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_card_name
from tallybook.members.cards import ACTIVE, ISSUED, card_in, moved_to, put_card
from tallybook.members.freeze import check_may_earn
from tallybook.members.passbook import check_limit, check_room, moved_today, page_of
from tallybook.refusals.money import PaymentDiffers, TopUpExists
from tallybook.stored_value.cards import ACTIVATION
from tallybook.stored_value.moved import MoneyMoved, rules_of
from tallybook.stored_value.notes import CONFIRMED, TOP_UP, TopUpNote, find_top_up, put_top_up
from tallybook.stored_value.paying_in import pay_in


class CardActivated(MoneyMoved, frozen=True, kw_only=True):
    """`amount` is on the card, until the day given."""

    card: str
    expires_on: date
    payment: str = ""


class ActivateCard(Command[CardActivated], frozen=True, kw_only=True, tag="activate_card"):
    """Put `amount` on a card that was issued, now that it was paid by a payment called `payment` elsewhere.

    A card that is sold with one amount takes no other. From now on its code is good. The activation is a
    top-up of the name `activation`, and can be refunded like any other, as long as nothing was spent of it.

    Refused with `UnknownCard`, `CardState`, `PaymentDiffers`, `MemberFrozen`, `LimitExceeded` or
    `BalanceLimitExceeded`.
    """

    amount: int
    payment: str = ""
    reply_type = CardActivated
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_card_name("member", self.member)
        check_whole("amount", self.amount)
        if self.payment != "":
            check_id("payment", self.payment)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, ACTIVATION)]

    def decide(self, desk: Desk) -> CardActivated:
        folio = desk.folio
        note = card_in(folio, ISSUED)
        check_may_earn(desk)
        if note.amount not in (None, self.amount):
            raise PaymentDiffers(
                top_up=ACTIVATION, unit=note.unit, paid=self.amount, expected=note.amount or 0
            )
        if find_top_up(folio, ACTIVATION) is not None:
            raise TopUpExists(member=folio.member, top_up=ACTIVATION)
        rules, page = rules_of(desk, note.unit), page_of(folio, note.unit)
        check_limit(rules.top_up, note.unit, "top_up", self.amount, page.on(desk.today).top_up)
        check_room(folio, rules, page, self.amount)
        page = moved_today(page, desk.today, top_up=self.amount)
        paid = pay_in(desk, note.unit, page, ACTIVATION, self.amount)
        put_card(folio, moved_to(note, ACTIVE))
        top_up = TopUpNote(
            unit=note.unit, amount=self.amount, day=desk.today, state=CONFIRMED, payment=self.payment
        )
        put_top_up(folio, ACTIVATION, top_up)
        desk.subject = ACTIVATION
        return CardActivated(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=note.unit,
            amount=self.amount,
            balance=desk.balance(note.unit),
            card=self.member,
            expires_on=paid.principal_until,
            payment=self.payment,
        )
