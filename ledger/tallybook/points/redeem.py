"""Redeem: spend points. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.checks import check_flag, check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import REDEEMED
from tallybook.journal.moves import move_out
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_redeem
from tallybook.members.spending import choose_lots, points_unit
from tallybook.points.posted import Posted


class Redeemed(Posted, frozen=True, kw_only=True):
    """`amount` was spent; `asked` may be more where a partial redemption was allowed."""

    asked: int


class Redeem(Command[Redeemed], frozen=True, kw_only=True, tag="redeem"):
    """Spend `amount` of `unit`, from the lots and in the order that the program says.

    Never silently less: not enough is refused with `NotEnoughPoints`, unless `allow_partial` is set, and
    something is there. Refused as well with `UnknownUnit`, `MoneyUnit`, `NotRedeemable` or `MemberFrozen`.

    >>> Redeem(program="demo", member="alice", request_id="till-7", unit="points", amount=100).amount
    100
    """

    unit: str
    amount: int
    allow_partial: bool = False
    reply_type = Redeemed
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        check_flag("allow_partial", self.allow_partial)

    def decide(self, desk: Desk) -> Redeemed:
        check_may_redeem(desk)
        parts = choose_lots(desk, points_unit(desk, self.unit), self.amount, self.allow_partial)
        move_out(desk.folio, parts, REDEEMED)
        return Redeemed(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            asked=self.amount,
            amount=sum(part for _, part in parts),
            balance=desk.balance(self.unit),
        )
