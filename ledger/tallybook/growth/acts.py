"""What is done by hand to a member's tiers and tasks, as entries keep it. Pure: no clock, no database.

Like events these are facts of the story: told anew, they stand in their place among the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import msgspec

from tallybook.growth.growing import Growing
from tallybook.growth.growth import Move
from tallybook.growth.task_state import Portion, TasksState
from tallybook.growth.tier_state import Held, Override, TierState
from tallybook.journal.folio import Folio
from tallybook.journal.merged import kept_by
from tallybook.programs.program import Program

CLAIM_TASK: Final = "claim_task"
OVERRIDE_TIER: Final = "override_tier"
END_OVERRIDE: Final = "end_override"
ACT_KINDS: Final = (CLAIM_TASK, OVERRIDE_TIER, END_OVERRIDE)
"""The kinds of entry that keep acts alone."""
MERGE_MEMBERS: Final = "merge_members"
SPLIT_MEMBERS: Final = "split_members"
ASIDE_KINDS: Final = (*ACT_KINDS, MERGE_MEMBERS, SPLIT_MEMBERS)
"""The kinds of entry that may keep one."""


class ClaimTask(msgspec.Struct, frozen=True, tag="claim_task"):
    """A member claims what a task gives that was completed in the period that began on `since`."""

    task: str
    since: date


class OverrideTier(msgspec.Struct, frozen=True, tag="override_tier"):
    """Somebody sets a member's tier."""

    ladder: str
    override: Override


class EndOverride(msgspec.Struct, frozen=True, tag="end_override"):
    """Somebody ends what was set before its time."""

    ladder: str
    reason: str


class JoinGrowth(msgspec.Struct, frozen=True, omit_defaults=True, tag="join_growth"):
    """Another member turns out to be the same, with tiers and tasks as they stood on the other page.

    `given` is what these had given there, by what for.
    """

    tiers: TierState
    tasks: TasksState = TasksState()
    given: dict[str, tuple[Portion, ...]] = {}


class PartGrowth(msgspec.Struct, frozen=True, tag="part_growth"):
    """That was a mistake: on these ladders the member holds again what was held before, and no more."""

    held: dict[str, Held]


Act = ClaimTask | OverrideTier | EndOverride | JoinGrowth | PartGrowth


class ToldAct(msgspec.Struct, frozen=True):
    """An act as an entry keeps it: when it has its place in the story, and by which revision it was done."""

    act: Act
    at: datetime
    revision: int


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ToldAct).decode


def told_act(content: str) -> ToldAct:
    """What an entry of one of these kinds keeps."""
    return _decode(content)


def acts_of(folio: Folio) -> list[ToldAct]:
    """The acts in a member's story, where all its entries are here. Those that went along with a merge which
    was undone are in what the member's page was given back with.
    """
    entries = [entry for kind in ASIDE_KINDS for entry in folio.recorded_of(kind)]
    return [
        told_act(entry.content) for entry in entries if entry.content and not kept_by(folio, entry.version)
    ]


def written_act(told: ToldAct) -> str:
    """The same as the entry's content."""
    return _encode(told).decode()


@dataclass(frozen=True, slots=True)
class Aside:
    """What is told between events: an act, or units that came or went without one."""

    at: datetime
    program: Program
    what: Act | Move

    def tell(self, growing: Growing) -> None:
        """Go on with it."""
        growing.advance(self.program, self.at)
        match self.what:
            case ClaimTask(task, since):
                growing.claim(self.program, self.at, task, since)
            case OverrideTier(ladder, override):
                growing.override(self.program, self.at, ladder, override)
            case EndOverride(ladder, reason):
                growing.end_override(self.program, self.at, ladder, reason)
            case JoinGrowth():
                growing.join(self.program, self.at, self.what.tiers, self.what.tasks)
                growing.give_before(self.what.given)
            case PartGrowth(held):
                growing.part(self.program, self.at, held)
            case Move():
                growing.move(self.program, self.what)
