"""SpendValue: pay with stored value. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.checks import check_flag, check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import AVAILABLE, BONUS, PRINCIPAL, VESTED, Posting
from tallybook.members.bearers import check_member_or_card
from tallybook.members.cards import check_active
from tallybook.members.freeze import check_may_redeem
from tallybook.members.passbook import check_spending
from tallybook.members.spending import choose_lots, post_spending
from tallybook.stored_value.moved import MoneyMoved, rules_of


class ValueSpent(MoneyMoved, frozen=True, kw_only=True):
    """`amount` was spent, of `principal` and `bonus`; `asked` may be more where a part was enough."""

    asked: int
    principal: int
    bonus: int


class SpendValue(Command[ValueSpent], frozen=True, kw_only=True, tag="spend_value"):
    """Spend `amount` of `unit`, from principal and bonus as the program says.

    Never silently less: not enough is refused with `NotEnoughValue`, unless `allow_partial` is set, and
    something is there. Refused as well with `NotStoredValue`, `UnknownUnit`, `MemberFrozen`,
    `LimitExceeded`, or `CardState` for a card that is not active.
    """

    unit: str
    amount: int
    allow_partial: bool = False
    reply_type = ValueSpent
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_or_card(self.member)
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        check_flag("allow_partial", self.allow_partial)

    def decide(self, desk: Desk) -> ValueSpent:
        check_active(desk.folio)
        check_may_redeem(desk)
        unit = desk.unit(rules_of(desk, self.unit).unit)
        parts = choose_lots(desk, unit, self.amount, self.allow_partial)
        amount = sum(part for _, part in parts)
        check_spending(desk, unit.code, amount)
        postings = [
            Posting(unit.code, key.fund, VESTED, key.expires_on, AVAILABLE, unit.spent_to, part)
            for key, part in parts
        ]
        post_spending(desk, unit, postings)
        return ValueSpent(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=unit.code,
            asked=self.amount,
            amount=amount,
            balance=desk.balance(unit.code),
            principal=sum(part for key, part in parts if key.fund == PRINCIPAL),
            bonus=sum(part for key, part in parts if key.fund == BONUS),
        )
