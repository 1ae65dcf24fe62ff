"""What the replies about money share, and the rules they go by. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.command import Reply
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import Balance
from tallybook.programs.stored_value import StoredValue
from tallybook.refusals.money import NotStoredValue


class MoneyMoved(Reply, frozen=True, kw_only=True):
    """`amount` of `unit` was moved, or will be; `balance` is the member's balance in it afterwards.

    All amounts are in the smallest step of the unit: the minor unit of its currency.
    """

    unit: str
    amount: int
    balance: Balance


def rules_of(desk: Desk, unit: str) -> StoredValue:
    """The rules of a unit of money; raises `UnknownUnit` or `NotStoredValue`."""
    rules = desk.program.stored_value.get(desk.unit(unit).code)
    if rules is None:
        raise NotStoredValue(program=desk.program.code, unit=unit)
    return rules
