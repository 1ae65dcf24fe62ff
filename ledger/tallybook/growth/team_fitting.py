"""Which kinds of teams an event is good for a place in. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.growth.goals import has_lines
from tallybook.growth.happenings import Happening, Holds
from tallybook.programs.teams import TeamRules
from tallybook.programs.windows import is_open


def teams_for(teams: Iterable[TeamRules], happening: Happening, holds: Holds) -> tuple[str, ...]:
    """The kinds of teams that an event is good for, by code: asked once, when it is told."""
    return tuple(rules.code for rules in teams if _is_good(rules, happening, holds))


def _is_good(rules: TeamRules, happening: Happening, holds: Holds) -> bool:
    if rules.event != happening.event or not is_open(rules.window, happening.at, happening.local):
        return False
    if not has_lines(rules.lines, happening):
        return False
    return rules.condition is None or holds(rules.condition)
