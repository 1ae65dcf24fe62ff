"""TransferValue: move money between two accounts or cards of one holder. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.members.bearers import check_member_or_card
from tallybook.members.cards import check_active
from tallybook.members.freeze import check_may_redeem
from tallybook.members.passbook import check_spending
from tallybook.members.spending import choose_lots
from tallybook.stored_value.moved import MoneyMoved, rules_of
from tallybook.stored_value.moving import move_value


class ValueTransferred(MoneyMoved, frozen=True, kw_only=True):
    """`amount`, of `principal` and `bonus`, went to `to_member`, whose own entry for it is `to_entry`."""

    to_member: str
    to_entry: int
    principal: int
    bonus: int


class TransferValue(Command[ValueTransferred], frozen=True, kw_only=True, tag="transfer_value"):
    """Move `amount` of `unit` to `to_member`, another account or card of the same holder.

    It is taken as if it were spent, and comes with its funds and its expiry. It counts towards the limits of
    spending, and where it arrives it can be spent, but is not paid back. It can leave a card that is void, to
    which money has come back since.

    Refused with `NotEnoughValue`, `NotStoredValue`, `UnknownUnit`, `LimitExceeded`, `BalanceLimitExceeded`,
    `CardState` for a receiving card that is not active, or `MemberFrozen` for either of the two.
    """

    to_member: str
    unit: str
    amount: int
    reply_type = ValueTransferred
    is_activity: ClassVar[bool] = True
    is_activity_of_other: ClassVar[bool] = True

    def check(self) -> None:
        check_member_or_card(self.member)
        check_id("to_member", self.to_member)
        check_member_or_card(self.to_member, "to_member")
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        if self.to_member == self.member:
            raise InvalidInput("to_member", "must be another one")

    def counterpart(self) -> str:
        return self.to_member

    def decide(self, desk: Desk) -> ValueTransferred:
        receiver = desk.other
        assert receiver is not None, "a transfer is decided on two folios"
        check_active(receiver)
        check_may_redeem(desk)
        rules = rules_of(desk, self.unit)
        check_spending(desk, self.unit, self.amount)
        parts = choose_lots(desk, desk.unit(self.unit), self.amount)
        funds = move_value(desk.folio, receiver, rules, parts, desk.program, desk.today)
        return ValueTransferred(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=self.amount,
            balance=desk.balance(self.unit),
            to_member=self.to_member,
            to_entry=receiver.next_version,
            principal=funds.principal,
            bonus=funds.bonus,
        )
