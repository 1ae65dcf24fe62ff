"""The closed choices that a program makes. Pure: no clock, no database."""

from __future__ import annotations

from enum import StrEnum

HOUSE_FUND = "house"
"""Who pays for the value, unless somebody else is named. Every program has this fund."""


class UnitKind(StrEnum):
    """What a unit is good for."""

    REDEEMABLE = "redeemable"  # can be spent: points
    QUALIFYING = "qualifying"  # moves tiers and cannot be spent: growth
    MONEY = "money"  # stored value in a currency


class ShortfallPolicy(StrEnum):
    """What a reversal does when the units that it takes back are already spent."""

    ONLY_PENDING = "only_pending"  # takes what is still pending; the rest is forgiven
    WITHIN_BALANCE = "within_balance"  # takes what is there; the rest is forgiven
    ARREARS = "arrears"  # takes what is there; the rest is owed


class LapsedPolicy(StrEnum):
    """What becomes of units that are given back after the day they lapsed on."""

    KEEP_EXPIRED = "keep_expired"  # they come back and lapse at once
    GRACE_DAYS = "grace_days"  # they can be spent for so many days more
    REISSUE = "reissue"  # they lapse as if earned on the day they come back
