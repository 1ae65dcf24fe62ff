"""What counts towards limits of two members who were one and are two again. Pure: no clock, no database.

The other page has stood still since the merge, so it tells what came: that goes back, and counts there alone.
Who is merged again adds it once.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tallybook.coupons import notes as coupons
from tallybook.draws.notes import FREE, TIMES
from tallybook.growth.benefits import put_uses, uses_of
from tallybook.growth.quotas import Uses
from tallybook.journal.folio import Folio
from tallybook.mall import notes as mall
from tallybook.members.counts import part_counts
from tallybook.members.velocity import Count, put_velocity, velocity_note

COUNTED: Final = (coupons.COUNTS, mall.COUNTS, TIMES, FREE)
"""The kinds of filed notes that count, which must have been asked for on both pages."""


def part_limits(kept: Folio, gone: Folio) -> None:
    """Count no more with the member what came with the other, in periods that have gone on since."""
    for kind in COUNTED:
        part_counts(kept, gone, kind)
    _part_velocity(kept, gone)
    _part_uses(kept, gone)


def _part_velocity(kept: Folio, gone: Folio) -> None:
    note, came = velocity_note(kept), velocity_note(gone).counts
    counts = {
        limit: Count(there.since, max(0, there.amount - came[limit].amount), there.is_raised)
        if limit in came and came[limit].since == there.since
        else there
        for limit, there in note.counts.items()
    }
    put_velocity(kept, replace(note, counts=counts))


def _part_uses(kept: Folio, gone: Folio) -> None:
    mine = uses_of(kept)
    for quota, came in uses_of(gone).items():
        there = mine.get(quota)
        if there is not None and there.since == came.since:
            put_uses(kept, quota, Uses(there.since, max(0, there.used - came.used)))
