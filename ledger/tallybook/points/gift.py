"""Gift: give points to another member, who gets them with their expiry. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import GIFTED, VESTED
from tallybook.journal.moves import Lot, credit, move_out
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import Scope, check_may_redeem, check_not_frozen
from tallybook.members.spending import choose_lots, points_unit
from tallybook.points.posted import Posted


class Gifted(Posted, frozen=True, kw_only=True):
    """`amount` went to `to_member`, whose own entry for it is `to_entry`."""

    to_member: str
    to_entry: int


class Gift(Command[Gifted], frozen=True, kw_only=True, tag="gift"):
    """Give `amount` of `unit` to `to_member`; every lot keeps its fund and its expiry.

    Refused with `NotEnoughPoints`, `NotRedeemable`, `UnknownUnit`, `MoneyUnit`, or `MemberFrozen` for either
    of the two.
    """

    to_member: str
    unit: str
    amount: int
    reply_type = Gifted
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_id("to_member", self.to_member)
        check_member_name(self.to_member, "to_member")
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        if self.to_member == self.member:
            raise InvalidInput("to_member", "must be somebody else")

    def counterpart(self) -> str:
        return self.to_member

    def decide(self, desk: Desk) -> Gifted:
        receiver = desk.other
        assert receiver is not None, "a gift is decided on two folios"
        check_may_redeem(desk)
        check_not_frozen(receiver, Scope.EARN)
        parts = choose_lots(desk, points_unit(desk, self.unit), self.amount)
        move_out(desk.folio, parts, GIFTED)
        for key, part in parts:
            credit(
                receiver,
                Lot(key.unit, key.fund, VESTED, key.expires_on),
                GIFTED,
                part,
                desk.program,
                desk.today,
            )
        return Gifted(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=self.amount,
            balance=desk.balance(self.unit),
            to_member=self.to_member,
            to_entry=receiver.next_version,
        )
