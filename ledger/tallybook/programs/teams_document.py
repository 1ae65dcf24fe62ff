"""Teams as a document says them: members who do something together. Pure: no clock, no database."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from tallybook.programs.goals_document import TIMES_MAX
from tallybook.programs.rewards_document import RewardSections
from tallybook.programs.rules_document import TriggerSection
from tallybook.programs.words import DisplayName, mistake

TEAMS_MAX: Final = 100
SIZE_MAX: Final = 100
HOURS_MAX: Final = 366 * 24


class TeamSection(TriggerSection):
    """A number of members who each do the same within a time, and what they get for it together."""

    display_name: DisplayName = ""
    """Name for people."""
    size: Annotated[int, Field(ge=2, le=SIZE_MAX)]
    """How many members make a team, who starts it included."""
    hours: Annotated[int, Field(ge=1, le=HOURS_MAX)]
    """How long after its start a team must be complete."""
    most_times: Annotated[int, Field(ge=1, le=TIMES_MAX)] | None = None
    """How many of these teams a member may be in. Left out: any number."""
    refunds: Literal["take_back", "keep"] = "take_back"
    """What becomes of who joined with an order and gives it back: no place, and no reward, or as it was."""
    starter: RewardSections = ()
    """What the member who started it gets when it is complete."""
    joiner: RewardSections = ()
    """What each of the others gets."""

    @model_validator(mode="after")
    def _gives_something(self) -> Self:
        if not self.starter and not self.joiner:
            raise mistake("must say what it gives: to the starter, to each joiner, or to both")
        return self
