"""A payment gateway that fails half of the time. Knows no ledger."""

from __future__ import annotations

from random import Random


class Declined(Exception):
    """The payment was not made."""


class Unanswered(Exception):
    """Nobody knows whether the payment was made: ask later."""


class Gateway:
    """Charges cents for orders, and pays them back. The same order is charged once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._charged: dict[str, int] = {}
        self._paid_back: dict[str, int] = {}

    def charge(self, order: str, cents: int) -> None:
        """Take money; raises `Declined` or `Unanswered`, together half of the time."""
        if order in self._charged:
            return
        luck = self._chance.random()
        if luck < 0.4:
            raise Declined
        if luck < 0.45:
            raise Unanswered  # and it was not made
        self._charged[order] = cents
        if luck < 0.5:
            raise Unanswered  # and it was made

    def is_charged(self, order: str) -> bool:
        """Whether an order was charged: what to ask when there was no answer."""
        return order in self._charged

    def pay_back(self, refund: str, cents: int) -> None:
        """Pay back; the same refund is paid once."""
        self._paid_back.setdefault(refund, cents)

    @property
    def takings(self) -> int:
        """What it has taken, less what it has paid back."""
        return sum(self._charged.values()) - sum(self._paid_back.values())
