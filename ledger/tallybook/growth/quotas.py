"""Counting the uses of a benefit that may be used so many times in a period. Pure: no clock, no database.

A count belongs to the name of the benefit, not to the tier that gives it: who comes to have more in the
middle of a period has used what was used before.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from tallybook.programs.benefits import Quota
from tallybook.programs.windows import EVER, starts_of


class Uses(msgspec.Struct, array_like=True, frozen=True):
    """So many uses in the period that began on local day `since`."""

    since: date
    used: int


UNUSED: Final = Uses(EVER, 0)


def used_in(uses: Uses, quota: Quota, day: date) -> int:
    """How often it was used in the period that a local day lies in."""
    return uses.used if uses.since == starts_of(day)[quota.period] else 0


def left(uses: Uses, quota: Quota, day: date) -> int:
    """How often it can be used in that period, besides: 0 where a quota of before let more be used."""
    return max(0, quota.most - used_in(uses, quota, day))


def use(uses: Uses, quota: Quota, day: date, times: int = 1) -> Uses:
    """The count after more uses on a local day. That so many are left is for the caller to have checked."""
    assert 0 < times <= left(uses, quota, day), "no more is used than is left"
    return Uses(starts_of(day)[quota.period], used_in(uses, quota, day) + times)


def give_back(uses: Uses, quota: Quota, used_on: date, times: int = 1) -> Uses:
    """The count after uses of a local day are given back. In a period that is over there is none to lower."""
    if uses.since != starts_of(used_on)[quota.period]:
        return uses
    return Uses(uses.since, max(0, uses.used - times))
