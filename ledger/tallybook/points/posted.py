"""What the replies of all posting commands share. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date

from tallybook.engine.command import Reply
from tallybook.journal.accounts import Balance


class Posted(Reply, frozen=True, kw_only=True):
    """Something was posted in `unit`; `balance` is the member's balance in it afterwards.

    All amounts are in the unit's smallest step.
    """

    unit: str
    amount: int
    balance: Balance


class Dated(Posted, frozen=True, kw_only=True):
    """Points were given: where they went, and the days that bind them."""

    available: int = 0
    pending: int = 0
    repaid: int = 0
    """Went to pay off arrears."""
    lapsed: int = 0
    """Was past its day already."""
    expires_on: date
    vests_on: date | None = None
