"""What events lead to besides units, as it is kept. Pure: no clock, no database.

Growth is a resident note. What tasks and tiers gave is filed, one note for each completion, each tier
reached and each periodic grant, so that a story that is told anew knows what to compare with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import msgspec

from tallybook.growth.task_state import Portion, TasksState, trimmed
from tallybook.growth.tier_state import Counted, TierState
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.programs.program import Program

GROWTH: Final = "growth"
GIVEN: Final = "given"
TEAM_SOURCE: Final = "team/"
"""How what teams gave is filed: behind it stands the team's name."""
MOVES_KEPT: Final = 200


class Move(msgspec.Struct, array_like=True, frozen=True):
    """Units that came or went by something else than events, such as a correction by hand."""

    at: datetime
    revision: int
    gained: tuple[Counted, ...]
    lost: tuple[Counted, ...]


class Growth(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a member stands in tiers and tasks.

    `told_at` is when the last event was, and `acted_at` when something was last done by hand, such as a
    claim: an event from before then is late.
    `moves` are kept because no entry tells of them as the story needs it; of too many, the two oldest become
    one.
    """

    tiers: TierState
    tasks: TasksState = TasksState()
    moves: tuple[Move, ...] = ()
    told_at: datetime | None = None
    acted_at: datetime | None = None

    def end(self, now: datetime) -> datetime:
        """The end of the story, where something has its place that is done by hand now."""
        return max(each for each in (now, self.tiers.at, self.told_at, self.acted_at) if each is not None)

    def is_late(self, at: datetime) -> bool:
        """Whether something has happened behind a moment that does not wait for what came before it."""
        if self.tiers.at is not None and at < self.tiers.at:
            return True
        return self.acted_at is not None and at <= self.acted_at


class GivenNote(msgspec.Struct, array_like=True, frozen=True):
    """What was given, by which entry, and the names of the coupons among it; `on` is its local day. Without
    portions, a periodic grant fell due to who got nothing.
    """

    entry: int
    portions: tuple[Portion, ...]
    coupons: tuple[str, ...] = ()
    on: date | None = None


_encode = msgspec.json.Encoder().encode  # equal states have equal JSON: everything has one order


given_note = msgspec.json.Decoder(GivenNote).decode
"""What was given, from the body of its note."""


def grows(program: Program) -> bool:
    """Whether a program has anything that members' events lead to besides units."""
    return bool(program.ladders or program.tasks.by_code)


@lru_cache(maxsize=64)
def ladder_units(program: Program) -> frozenset[str]:
    """The units that tiers are reached by."""
    return frozenset(unit for ladder in program.ladders.values() for unit in ladder.units)


@lru_cache(maxsize=64)
def gives_to_everybody(program: Program) -> bool:
    """Whether a tier that everybody has gives something in every period."""
    return any(
        ladder.tiers[0].asks_nothing and ladder.tiers[0].benefits.grants
        for ladder in program.ladders.values()
    )


def begun(folio: Folio, first: datetime, moves: tuple[Move, ...] = ()) -> Growth:
    """Growth before anything was told: from the member's enrolment on, or from an event before it."""
    enrolled_at = folio.standing.enrolled_at
    assert enrolled_at is not None, "who is there was enrolled"
    return Growth(tiers=TierState(at=min(enrolled_at, first)), moves=moves)


def growth_of(folio: Folio) -> Growth | None:
    """A member's growth; None before there was any."""
    note = folio.note(GROWTH)
    return None if note is None else _read(note.body)


_read = lru_cache(maxsize=1024)(msgspec.json.Decoder(Growth).decode)
"""Asked for several times a command, and twice for whatever time does."""


def put_growth(folio: Folio, growth: Growth) -> None:
    """Write growth down, trimmed, where it has changed."""
    moves = growth.moves
    while len(moves) > MOVES_KEPT:
        one, two, *others = moves
        together = Move(two.at, two.revision, one.gained + two.gained, one.lost + two.lost)
        moves = (together, *others)
    kept = msgspec.structs.replace(growth, tasks=trimmed(growth.tasks), moves=moves)
    note = Note(_encode(kept).decode())
    if folio.note(GROWTH) != note:
        folio.put_note(GROWTH, note)


def given_notes(folio: Folio, *, by_teams: bool = False) -> Mapping[str, GivenNote]:
    """What tasks and tiers gave, by what for, where all notes of that kind are here.

    What teams gave is no part of the member's story: that, or else the other.
    """
    found = {}
    for (kind, key), note in folio.notes.items():
        is_asked = kind == GIVEN and key.startswith(TEAM_SOURCE) == by_teams
        given = decoded(GivenNote, note) if is_asked else None
        if given is not None:
            found[key] = given
    return found


def put_given(folio: Folio, key: str, given: GivenNote | None) -> None:
    """File what was given for something, or that it was taken back."""
    folio.notes.setdefault((GIVEN, key), None)
    folio.put_note(GIVEN, None if given is None else Note(_encode(given).decode()), key)
