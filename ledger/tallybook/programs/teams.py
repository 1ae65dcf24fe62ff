"""The rules of teams as the ledger runs on them: compiled, immutable. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.programs.conditions import Condition
from tallybook.programs.rewards import Reward
from tallybook.programs.rules import LineFilter, Window


@dataclass(frozen=True, slots=True)
class TeamRules:
    """`size` members, who starts it included, within `hours` of its start: then there is a reward for each.

    Who starts and who joins does so with an event of this kind. `most_times` is how many such teams a member
    may be in, None is without bounds. With `take_back`, who gives an order back has no place in the team any
    more; and once it is complete, none of the rewards.
    """

    code: str
    display_name: str
    event: str
    size: int
    hours: int
    window: Window
    condition: Condition | None = None
    lines: LineFilter | None = None
    most_times: int | None = None
    take_back: bool = True
    starter: tuple[Reward, ...] = ()
    joiner: tuple[Reward, ...] = ()
