"""Tasks as a document says them. Pure: no clock, no database.

What concerns several sections at once is in `task_contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs.goals_document import TIMES_MAX, Count, Goal, check_goal
from tallybook.programs.rewards_document import RewardSections
from tallybook.programs.rules_document import TriggerSection
from tallybook.programs.words import DeclaredTask, DisplayName, declared, mistake, without_repeats

TASKS_MAX: Final = 100
"""What a member has done of them all lies on one page."""
AFTER_MAX: Final = 20
STREAK_MAX: Final = 1_000
CLAIM_DAYS_MAX: Final = 366
COMPLETIONS_KEPT: Final = 12
"""At least so many of a task's completions are in sight, the last ones: an older one cannot be claimed."""

ONCE: Final = "once"
_SHORTEST_DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 28, "year": 365}


class TaskSection(TriggerSection):
    """Something that members are to do, and what they get for it."""

    display_name: DisplayName = ""
    """Name for people."""
    goal: Goal = Count(kind="count")
    """What has to come together. Left out: one event."""
    period: Literal["once", "day", "week", "month", "year"] = ONCE
    """The time in which it has to, in the program's time zone. Weeks begin on Monday."""
    streak: Annotated[int, Field(ge=1, le=STREAK_MAX)] = 1
    """So many periods in a row, the goal reached in each. The period after begins a new one."""
    after: Annotated[
        tuple[DeclaredTask, ...], Field(max_length=AFTER_MAX), AfterValidator(without_repeats)
    ] = ()
    """Tasks that must have been completed before an event counts."""
    most_times: Annotated[int, Field(ge=1, le=TIMES_MAX)] | None = None
    """How often a member can complete it. Left out: once in every period, or streak of them."""
    refunds: Literal["take_back", "keep"] = "take_back"
    """What becomes of an order that counted and is refunded: it counts no more, or it still does."""
    rewards: RewardSections = ()
    """What a member gets each time."""
    claim: Literal["automatic", "by_member"] = "automatic"
    """Whether rewards are given at once, or when the member asks for them."""
    claim_days: Annotated[int, Field(ge=1, le=CLAIM_DAYS_MAX)] | None = None
    """How many days they wait for that. Left out: as long as it is one of the last 12 times."""

    @field_validator("goal")
    @classmethod
    def _can_be_counted(cls, goal: Goal, info: ValidationInfo) -> Goal:
        if "event" in info.data:
            check_goal(goal, info.data["event"], declared(info).events)
        return goal

    @field_validator("streak")
    @classmethod
    def _follow_each_other(cls, streak: int, info: ValidationInfo) -> int:
        if streak > 1 and info.data.get("period") == ONCE:
            raise mistake("needs a period of day, week, month or year")
        return streak

    @field_validator("most_times")
    @classmethod
    def _can_be_so_often(cls, most: int | None, info: ValidationInfo) -> int | None:
        if most is not None and most > 1 and info.data.get("period") == ONCE:
            raise mistake("is more than once, which is the period")
        return most

    @field_validator("claim")
    @classmethod
    def _there_is_something(cls, claim: str, info: ValidationInfo) -> str:
        if claim == "by_member" and info.data.get("rewards") == ():
            raise mistake("needs rewards: there is nothing to claim")
        return claim

    @field_validator("claim_days")
    @classmethod
    def _are_in_sight(cls, days: int | None, info: ValidationInfo) -> int | None:
        if days is None:
            return None
        if info.data.get("claim") == "automatic":
            raise mistake("is for claim by_member: these rewards are given at once")
        period, streak = info.data.get("period"), info.data.get("streak", 1)
        most = COMPLETIONS_KEPT * _SHORTEST_DAYS.get(period or ONCE, CLAIM_DAYS_MAX) * streak
        if days > most:
            raise mistake(f"must be at most {most}: the last {COMPLETIONS_KEPT} times can be claimed")
        return days
