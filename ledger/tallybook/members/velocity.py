"""Velocity: what a member does in a short time, counted as it is done. Pure: no clock, no database.

Counts are a resident note, so they are exact, and entries tell of them. What goes beyond a limit is refused,
or filed for somebody to look at; and a member may be frozen meanwhile. What is undone later counts all the
same: it was tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from tallybook.engine.desk import Desk
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded, mention
from tallybook.members.reviews import Review, put_review
from tallybook.programs.velocity import Then, VelocityLimit, What
from tallybook.refusals.members import VelocityExceeded

VELOCITY: Final = "velocity"
_MENTIONED: Final = mention(VELOCITY)
"""How the note begins in the text of a folio's resident notes."""

_encode = msgspec.json.Encoder(order="deterministic").encode


class Count(msgspec.Struct, frozen=True, array_like=True):
    """How much there was in the period that began at `since`, and whether somebody is to look at it."""

    since: datetime
    amount: int
    is_raised: bool = False


class VelocityNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Resident: counts by limit, and what the member cannot do since `frozen_by`, the last limit that froze
    it.
    """

    counts: Mapping[str, Count] = {}
    frozen: str = ""
    frozen_by: str = ""


def velocity_note(folio: Folio) -> VelocityNote:
    """What is counted of a member. Costs nothing where nothing is."""
    if _MENTIONED not in folio.standing.notes:
        return VelocityNote()
    return decoded(VelocityNote, folio.note(VELOCITY)) or VelocityNote()


def put_velocity(folio: Folio, note: VelocityNote) -> None:
    """Write what is counted, where it has changed."""
    if note != velocity_note(folio):
        blank = note == VelocityNote()
        folio.put_note(VELOCITY, None if blank else Note(_encode(note).decode()))


def count(desk: Desk, what: What, amount: int, unit: str = "") -> None:
    """Count what is being done. Raises `VelocityExceeded` for what a limit refuses."""
    for limit in desk.program.velocity.get((what, unit), ()):
        _count(desk, limit, amount)


def velocity_left(desk: Desk, what: What, unit: str = "") -> int | None:
    """How much can be done before a limit refuses more; None is without bounds."""
    limits = [each for each in desk.program.velocity.get((what, unit), ()) if each.then is Then.REFUSE]
    note = velocity_note(desk.folio)
    return min((max(0, each.most - _before(desk, note, each).amount) for each in limits), default=None)


def count_event(desk: Desk, given: Mapping[str, int]) -> None:
    """Count an event, and the units that it earned, by unit."""
    count(desk, What.EVENTS, 1)
    for unit, amount in given.items():
        if amount > 0:
            count(desk, What.UNITS_EARNED, amount, unit)


def _count(desk: Desk, limit: VelocityLimit, amount: int) -> None:
    folio = desk.folio
    note = velocity_note(folio)
    before = _before(desk, note, limit)
    total = before.amount + amount
    is_more = total > limit.most
    if is_more and limit.then is Then.REFUSE:
        left = max(0, limit.most - before.amount)
        raise VelocityExceeded(limit=limit.code, unit=limit.unit, asked=amount, left=left)
    after = Count(before.since, total, before.is_raised or is_more)
    note = msgspec.structs.replace(note, counts={**_current(desk, note.counts), limit.code: after})
    if is_more and not before.is_raised:
        put_review(folio, _raised(desk, limit, after))
        if limit.then is Then.FREEZE:
            scope = joined(note.frozen, limit.scope)
            note = msgspec.structs.replace(note, frozen=scope, frozen_by=limit.code)
    put_velocity(folio, note)


def _before(desk: Desk, note: VelocityNote, limit: VelocityLimit) -> Count:
    """What was counted in the period that it is now."""
    since = limit.since(desk.program.days, desk.now)
    before = note.counts.get(limit.code)
    return Count(since, 0) if before is None or before.since != since else before


def _current(desk: Desk, counts: Mapping[str, Count]) -> dict[str, Count]:
    """The counts of periods that are not over, of limits that are still in force."""
    limits = {each.code: each for several in desk.program.velocity.values() for each in several}
    return {
        code: each
        for code, each in counts.items()
        if code in limits and each.since == limits[code].since(desk.program.days, desk.now)
    }


def _raised(desk: Desk, limit: VelocityLimit, counted: Count) -> Review:
    return Review(
        limit=limit.code,
        what=str(limit.what),
        unit=limit.unit,
        most=limit.most,
        counted=counted.amount,
        since=counted.since,
        raised_at=desk.now,
    )


def joined(one: str, other: str) -> str:
    """What a member cannot do who is frozen in two ways."""
    return one or other if not (one and other) or one == other else "all"
