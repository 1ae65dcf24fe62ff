"""What tasks and teams say against each other, and against units and rules. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from tallybook.programs.contradictions import Contradiction, way_round
from tallybook.programs.document import UnitSection
from tallybook.programs.formulas import currency_of
from tallybook.programs.goals_document import Spent
from tallybook.programs.reward_contradictions import reward_contradictions
from tallybook.programs.rules_document import RuleSection
from tallybook.programs.tasks_document import TaskSection
from tallybook.programs.teams_document import TeamSection


def task_contradictions(
    tasks: Mapping[str, TaskSection],
    teams: Mapping[str, TeamSection],
    rules: Mapping[str, RuleSection],
    units: Mapping[str, UnitSection],
) -> Iterator[Contradiction]:
    """Everything that these, each sound in itself, say against each other."""
    yield from _circles(tasks)
    yield from _currencies(tasks, rules)
    for code, task in tasks.items():
        yield from reward_contradictions(("tasks", code, "rewards"), task.rewards, units)
    for code, team in teams.items():
        yield from reward_contradictions(("teams", code, "starter"), team.starter, units)
        yield from reward_contradictions(("teams", code, "joiner"), team.joiner, units)


def _circles(tasks: Mapping[str, TaskSection]) -> Iterator[Contradiction]:
    """Tasks that would have to be completed before themselves."""
    before = {code: set(task.after) & tasks.keys() for code, task in tasks.items()}
    while True:
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][:-1]
            first = next(code for code in tasks if code in circle)
            yield ("tasks", first, "after"), f"goes in circles: {way_round(circle, first)}"
            for code in circle:
                del before[code]
            for others in before.values():
                others.difference_update(circle)
        else:
            return


def _currencies(
    tasks: Mapping[str, TaskSection], rules: Mapping[str, RuleSection]
) -> Iterator[Contradiction]:
    """Money that no rule earns with, while others do: purchases in it are refused."""
    earning = {currency for rule in rules.values() if (currency := currency_of(rule.formula)) is not None}
    for code, task in tasks.items():
        if isinstance(task.goal, Spent) and earning and task.goal.currency not in earning:
            sentence = (
                f"is {task.goal.currency}, and only purchases in {', '.join(sorted(earning))} are taken"
            )
            yield ("tasks", code, "goal", task.goal.kind, "currency"), sentence
