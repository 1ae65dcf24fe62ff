"""The accounts value moves between, and the keys of lots. Pure: no clock, no database.

A member has four accounts for each unit; everything else belongs to the house. A posting moves an amount from
one account to another, so every unit sums to zero over all accounts, whatever happens.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

PENDING: Final = "pending"
"""Given, not usable before its vesting day."""
AVAILABLE: Final = "available"
"""Usable."""
HELD: Final = "held"
"""Set aside for a hold."""
ARREARS: Final = "arrears"
"""What the member owes: the only member account that is below zero, and never above."""

ISSUED: Final = "issued"
REDEEMED: Final = "redeemed"
EXPIRED: Final = "expired"
ADJUSTED: Final = "adjusted"
GIFTED: Final = "gifted"
"""Between two members of one gift: zero over both."""
MERGED: Final = "merged"
"""Between two members who turned out to be one: zero over both."""
TRANSFERRED: Final = "transferred"
"""Of money: between the two sides of one transfer, likewise."""

CASH_IN: Final = "cash_in"
"""Of money: below zero by what members have paid in."""
BONUS_COST: Final = "bonus_cost"
"""Of money: below zero by what was added to what members paid in."""
REVENUE: Final = "revenue"
"""Of money: what members have spent."""
REFUNDED: Final = "refunded"
"""Of money: what was paid back to members."""
FORFEITED: Final = "forfeited"
"""Of money: bonus that went with what was paid back."""

BUDGET: Final = "budget"
"""What pools have to give, below zero by all that was drawn; the posting's fund names the pool."""
DRAWN: Final = "drawn"
"""What was drawn from pools."""

STOCKED: Final = "stocked"
"""Of pieces of an item: below zero by what was put in stock, less what was taken out by hand."""
ON_HAND: Final = "on_hand"
"""Of pieces: what is there to be ordered; the posting's fund names the pool that counts it."""
RESERVED: Final = "reserved"
"""Of pieces: what orders wait for their money with."""
SOLD: Final = "sold"
"""Of pieces: what orders have that are paid."""

COUPONS_ISSUED: Final = "coupons_issued"
"""Of coupons: below zero by what was issued of templates without a stock; with one, it is drawn from it."""
COUPONS_OPEN: Final = "coupons_open"
"""Of coupons: with what was drawn from stocks, what members have, and codes that nobody has claimed."""
COUPONS_USED: Final = "coupons_used"
COUPONS_RETURNED: Final = "coupons_returned"
"""Of coupons: below zero by what came back after its use."""
COUPONS_EXPIRED: Final = "coupons_expired"
COUPONS_VOIDED: Final = "coupons_voided"
DISCOUNT_COST: Final = "discount_cost"
"""Below zero by what coupons have taken off; the posting's fund pays for it."""
DISCOUNTED: Final = "discounted"
"""What orders cost less for coupons."""

MEMBER_ACCOUNTS: Final = frozenset({PENDING, AVAILABLE, HELD, ARREARS})
COUPON_ACCOUNTS: Final = frozenset(
    {COUPONS_ISSUED, COUPONS_OPEN, COUPONS_USED, COUPONS_RETURNED, COUPONS_EXPIRED, COUPONS_VOIDED}
    | {DISCOUNT_COST, DISCOUNTED}
)
"""Between these alone coupons are counted: no member has a balance in them."""
STOCK_ACCOUNTS: Final = frozenset({STOCKED, ON_HAND, RESERVED, SOLD})
"""Between these alone pieces are counted: an item's come to zero."""
POOLED: Final = frozenset({DRAWN, ON_HAND})
"""What pools count: what was drawn, or what is there."""
HOUSE_ACCOUNTS: Final = frozenset(
    {ISSUED, REDEEMED, EXPIRED, ADJUSTED, GIFTED}
    | {CASH_IN, BONUS_COST, REVENUE, REFUNDED, FORFEITED, TRANSFERRED, MERGED}
    | {BUDGET, DRAWN}
    | COUPON_ACCOUNTS
    | STOCK_ACCOUNTS
)

HOUSE_FUND: Final = "house"
"""Who pays, unless somebody else is named."""
PRINCIPAL: Final = "principal"
"""Of money: what the member paid in."""
BONUS: Final = "bonus"
"""Of money: what was added to it."""

NEVER: Final = date(9999, 12, 31)
"""The expiry of what does not expire."""
VESTED: Final = date(1, 1, 1)
"""The vesting day of what is usable already."""

MAX_AMOUNT: Final = 2**63 - 1


class LotKey(NamedTuple):
    """What makes points one lot: they are counted together, usable from one day and lapse after one day."""

    unit: str
    account: str
    fund: str
    vests_on: date
    expires_on: date


def lot_key(unit: str, account: str, fund: str, vests_on: date, expires_on: date) -> LotKey:
    """The lot that an account's side of a posting falls in.

    Only pending points have a vesting day; arrears are owed to the house as a whole, with no fund or date.
    """
    if account == ARREARS:
        return LotKey(unit, ARREARS, HOUSE_FUND, VESTED, NEVER)
    if account == PENDING:
        return LotKey(unit, PENDING, fund, vests_on, expires_on)
    return LotKey(unit, account, fund, VESTED, expires_on)


class Posting(NamedTuple):
    """An amount above zero that moves from one account to another, in one unit and fund.

    The days are those of the lot on the member's side; house accounts have no lots.
    """

    unit: str
    fund: str
    vests_on: date
    expires_on: date
    from_account: str
    to_account: str
    amount: int


class Balance(NamedTuple):
    """A member's balance in one unit, in its smallest steps; `arrears` is what is owed, zero or more."""

    available: int = 0
    pending: int = 0
    held: int = 0
    arrears: int = 0
