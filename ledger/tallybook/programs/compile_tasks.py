"""From the sections about tasks and teams to what the ledger runs on. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from tallybook.programs.calendars import calendar_of, window_of
from tallybook.programs.conditions import Condition, compile_condition
from tallybook.programs.document import Document
from tallybook.programs.goals_document import goal_of
from tallybook.programs.local_days import local_days
from tallybook.programs.rewards_document import rewards_of
from tallybook.programs.rules import Calendar, LineFilter, Period, Window
from tallybook.programs.rules_document import TriggerSection, attributes_of, line_filter_of
from tallybook.programs.tasks import Task, Tasks
from tallybook.programs.tasks_document import TaskSection
from tallybook.programs.teams import TeamRules
from tallybook.programs.teams_document import TeamSection

_PERIODS: Final[Mapping[str, Period]] = {
    "once": Period.LIFE,
    "day": Period.DAY,
    "week": Period.WEEK,
    "month": Period.MONTH,
    "year": Period.YEAR,
}


def compiled_tasks(document: Document) -> Tasks:
    """The tasks of a document, ready to run, in the order of their codes."""
    scales = _scales(document)
    calendars = {code: calendar_of(calendar) for code, calendar in document.calendars.items()}
    tasks = {
        code: _task(code, section, scales, _trigger(section, document, calendars))
        for code, section in sorted(document.tasks.items())
    }
    return Tasks(MappingProxyType(tasks))


def compiled_teams(document: Document) -> Mapping[str, TeamRules]:
    """The rules of the teams of a document, by code."""
    scales = _scales(document)
    calendars = {code: calendar_of(calendar) for code, calendar in document.calendars.items()}
    teams = {
        code: _team(code, section, scales, _trigger(section, document, calendars))
        for code, section in document.teams.items()
    }
    return MappingProxyType(teams)


class _Trigger(NamedTuple):
    window: Window
    condition: Condition | None
    lines: LineFilter | None


def _trigger(section: TriggerSection, document: Document, calendars: Mapping[str, Calendar]) -> _Trigger:
    events = {name: event.attributes for name, event in document.events.items()}
    return _Trigger(
        window_of(section.when, calendars, local_days(document.timezone)),
        None
        if section.condition is None
        else compile_condition(section.condition, attributes_of(section.event, events)),
        line_filter_of(section.lines),
    )


def _scales(document: Document) -> dict[str, int]:
    return {code: unit.scale for code, unit in document.units.items()}


def _task(code: str, section: TaskSection, scales: Mapping[str, int], trigger: _Trigger) -> Task:
    return Task(
        code=code,
        display_name=section.display_name or code,
        event=section.event,
        goal=goal_of(section.goal),
        period=_PERIODS[section.period],
        streak=section.streak,
        window=trigger.window,
        condition=trigger.condition,
        lines=trigger.lines,
        after=tuple(sorted(section.after)),
        most_times=section.most_times,
        take_back=section.refunds == "take_back",
        rewards=rewards_of(section.rewards, scales),
        by_member=section.claim == "by_member",
        claim_days=section.claim_days,
    )


def _team(code: str, section: TeamSection, scales: Mapping[str, int], trigger: _Trigger) -> TeamRules:
    return TeamRules(
        code=code,
        display_name=section.display_name or code,
        event=section.event,
        size=section.size,
        hours=section.hours,
        window=trigger.window,
        condition=trigger.condition,
        lines=trigger.lines,
        most_times=section.most_times,
        take_back=section.refunds == "take_back",
        starter=rewards_of(section.starter, scales),
        joiner=rewards_of(section.joiner, scales),
    )
