"""What callers know of tasks, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.growth.task_progress import TaskProgress
from tallybook.growth.task_state import Completion
from tallybook.growth.team_notes import Mine as TeamOfMember
from tallybook.growth.teams import Place as TeamPlace
from tallybook.growth.teams import TeamStatus
from tallybook.refusals.growth import NothingToClaim, UnknownTask
from tallybook.refusals.teams import (
    CannotLeaveTeam,
    NoPlaceInTeam,
    NotForTeam,
    TeamExists,
    TooManyTeams,
    UnknownTeamKind,
)
from tallybook.tasks.claim_task import ClaimTask, TaskClaimed
from tallybook.tasks.join_team import JoinTeam, TeamJoined
from tallybook.tasks.leave_team import LeaveTeam, TeamLeft
from tallybook.tasks.queries import GetTasks
from tallybook.tasks.start_team import StartTeam, TeamStarted
from tallybook.tasks.team_queries import GetTeam, MyTeams, TeamView

__all__ = [
    "CannotLeaveTeam",
    "ClaimTask",
    "Completion",
    "GetTasks",
    "GetTeam",
    "JoinTeam",
    "LeaveTeam",
    "MyTeams",
    "NoPlaceInTeam",
    "NotForTeam",
    "NothingToClaim",
    "StartTeam",
    "TaskClaimed",
    "TaskProgress",
    "TeamExists",
    "TeamJoined",
    "TeamLeft",
    "TeamOfMember",
    "TeamPlace",
    "TeamStarted",
    "TeamStatus",
    "TeamView",
    "TooManyTeams",
    "UnknownTask",
    "UnknownTeamKind",
]
