"""ClaimCard: what is on a card becomes a member's stored value. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.checks import check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import AVAILABLE
from tallybook.journal.moves import plan_spending
from tallybook.members.bearers import check_card_name, check_member_name
from tallybook.members.cards import ACTIVE, card_in
from tallybook.members.freeze import Scope, check_not_frozen
from tallybook.refusals.money import NotEnoughValue
from tallybook.stored_value.moved import MoneyMoved, rules_of
from tallybook.stored_value.moving import move_value


class CardClaimed(MoneyMoved, frozen=True, kw_only=True):
    """`amount`, of `principal` and `bonus`, came from the card, on which `left` is available still."""

    card: str
    principal: int
    bonus: int
    left: int


class ClaimCard(Command[CardClaimed], frozen=True, kw_only=True, tag="claim_card"):
    """Move what is on a card to a member: all that is available, or `amount`. It keeps its expiry.

    It asks for no code: `PresentCard` has, and has told the card's name. Refused with `UnknownCard`,
    `CardState`, `NotEnoughValue`, `BalanceLimitExceeded`, or `MemberFrozen` for either of the two.
    """

    card: str
    amount: int | None = None
    reply_type = CardClaimed
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_card_name("card", self.card)
        if self.amount is not None:
            check_whole("amount", self.amount)

    def counterpart(self) -> str:
        return self.card

    def decide(self, desk: Desk) -> CardClaimed:
        card = desk.other
        assert card is not None, "a claim is decided on two folios"
        note = card_in(card, ACTIVE)
        check_not_frozen(card, Scope.REDEEM)
        rules, unit = rules_of(desk, note.unit), desk.unit(note.unit)
        available = sum(amount for _, amount in card.lots_of(note.unit, AVAILABLE))
        asked = available if self.amount is None else self.amount
        if not 0 < asked <= available:
            raise NotEnoughValue(unit=note.unit, asked=max(asked, 1), available=available)
        parts, _ = plan_spending(card, note.unit, asked, unit.spend_key)
        funds = move_value(card, desk.folio, rules, parts, desk.program, desk.today)
        return CardClaimed(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=note.unit,
            amount=asked,
            balance=desk.balance(note.unit),
            card=self.card,
            principal=funds.principal,
            bonus=funds.bonus,
            left=available - asked,
        )
