"""What is kept about a member's tiers: what counts, what is held, what changed. Pure: no clock, no database.

Equal states have equal JSON: what is empty is left out, and everything has one order.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

import msgspec

from tallybook.programs.expiry import NEVER
from tallybook.programs.ladders import NO_TIER, Ladder
from tallybook.programs.local_days import BEGINNING_OF_TIME, LocalDays
from tallybook.programs.rewards import Reward, UnitsReward

HISTORY_MAX: Final = 100

Lots = dict[str, dict[date, int]]
"""Steps by unit, and by the last day on which they count."""


class Counted(NamedTuple):
    """Steps of a unit that count from one local day through another, which is NEVER for always."""

    unit: str
    counts_from: date
    counts_through: date
    steps: int


class Coming(msgspec.Struct, array_like=True, frozen=True, order=True):
    """Steps that begin to count on a day to come."""

    counts_from: date
    unit: str
    counts_through: date
    steps: int


class Basis(msgspec.Struct, array_like=True, frozen=True):
    """What a tier was reached or kept with: the `counts` of a local day, less what was taken back of them.

    `by_review` says that it was kept, or fallen to.
    """

    day: date
    by_review: bool
    counts: dict[str, int]


class Held(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tier that a member has: since local day `anchor`, through `until`, when it is reviewed.

    `grace_until` is set from a review that it did not pass to the end of the grace. `beneath` is what the
    member had before, to have again when a refund takes away what the tier was reached with.
    """

    tier: str = NO_TIER
    anchor: date = date.min
    until: date = NEVER
    grace_until: date | None = None
    basis: Basis | None = None
    beneath: Held | None = None

    @property
    def ends_on(self) -> date:
        """The last day on which it is held, unless it is kept."""
        return self.until if self.grace_until is None else self.grace_until


class Override(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tier that somebody set by hand, through local day `until`: at least it, or `exactly` it."""

    tier: str
    until: date
    reason: str
    exactly: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a member stands on one ladder.

    `tier` is what counts, overrides included, `since` a moment, and `held` what the member has without them.
    `reached` counts how often tiers that give rewards were reached, and `granted` has the first day of the
    period of each periodic grant's last gift, under the tier and the grant's place, as in `gold/0`.
    """

    tier: str = NO_TIER
    since: datetime | None = None
    held: Held = Held()
    override: Override | None = None
    reached: dict[str, int] = {}
    granted: dict[str, date] = {}


class Why(StrEnum):
    """Why a member's tier changed."""

    REACHED = "reached"  # units and tasks sufficed
    NOT_KEPT = "not_kept"  # at a review, or at the end of the grace, they did not
    REFUND = "refund"  # what it was reached or kept with went back
    OVERRIDE = "override"  # somebody set it
    OVERRIDE_ENDED = "override_ended"  # what somebody set is over
    PROGRAM = "program"  # a revision of the program brought or took it
    MERGED = "merged"  # another member turned out to be the same, and had it
    SPLIT = "split"  # it had come with a merge, and that was a mistake


class Change(msgspec.Struct, array_like=True, frozen=True):
    """A member's tier on a ladder became another. `detail` is somebody's reason, where somebody gave one."""

    ladder: str
    at: datetime
    before: str
    after: str
    why: Why
    detail: str = ""


class TierState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is kept about a member's tiers. A new member's is `TierState(at=enrolled_at)`.

    `at` is when something last happened, and `revision` that of the program it happened under. `lots` are
    what counts, `coming` what will, `returned` what refunds took back and ladders count for keeping a tier
    all the same, `tasks` those done, each with its day. `history` has the last changes of tiers, and
    `forgotten` is how many older ones were dropped.
    """

    at: datetime | None = None
    revision: int = 0
    lots: Lots = {}
    coming: tuple[Coming, ...] = ()
    returned: Lots = {}
    tasks: dict[str, date] = {}
    ladders: dict[str, Standing] = {}
    history: tuple[Change, ...] = ()
    forgotten: int = 0


class LadderProgram(Protocol):
    """What tiers need of a program."""

    @property
    def revision(self) -> int: ...
    @property
    def ladders(self) -> Mapping[str, Ladder]: ...
    @property
    def days(self) -> LocalDays: ...


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A revision of a program, with ladders that are in force `since` a moment, those of the revision `first`
    on, by default its own. The first revision is in force since the beginning of time.
    """

    program: LadderProgram
    since: datetime = BEGINNING_OF_TIME
    first: int = 0

    def are_new_to(self, state: TierState) -> bool:
        """Whether a member stands where other ladders have led, or none."""
        return state.revision < (self.first or self.program.revision)

    @property
    def ladders(self) -> Mapping[str, Ladder]:
        """The program's ladders."""
        return self.program.ladders

    @property
    def days(self) -> LocalDays:
        """The days of its time zone."""
        return self.program.days

    @property
    def units(self) -> frozenset[str]:
        """What tiers are reached by."""
        return frozenset().union(*(ladder.units for ladder in self.ladders.values()))


class Due(NamedTuple):
    """Rewards that fell due, once under `id`: for reaching a tier, or as a periodic grant of one."""

    id: str
    at: datetime
    ladder: str
    tier: str
    rewards: tuple[Reward, ...]
    is_grant: bool = False

    def gives(self, units: Set[str]) -> bool:
        """Whether some of these units are among the rewards."""
        return any(isinstance(each, UnitsReward) and each.unit in units for each in self.rewards)


class Outcome(NamedTuple):
    """What became of a member's tiers: the state, what changed on the way, and what is to be given."""

    state: TierState
    changes: tuple[Change, ...] = ()
    due: tuple[Due, ...] = ()
