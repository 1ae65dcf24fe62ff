"""The commands and questions of stories about teams. Knows the book's public queries only.

start-team M T KIND ORDER        join M T ORDER        leave M T

Places are taken with an order of the member's, or with `event/NAME/ID`.

`team T`: where it stands, and who has a place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory


def _event(words: Words) -> str:
    word = words.next()
    return word if "/" in word else f"purchase/{word}"


def _start(memory: Memory, words: Words) -> tb.Command[Any]:
    member, team, kind = words.next(), words.next(), words.next()
    return tb.StartTeam(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"start-{team}"),
        team=team,
        team_kind=kind,
        event_key=_event(words),
    )


def _join(memory: Memory, words: Words) -> tb.Command[Any]:
    member, team = words.next(), words.next()
    return tb.JoinTeam(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"join-{team}"),
        team=team,
        event_key=_event(words),
    )


def _leave(memory: Memory, words: Words) -> tb.Command[Any]:
    member, team = words.next(), words.next()
    request_id = memory.fresh(member, f"leave-{team}")
    return tb.LeaveTeam(program=memory.program, member=member, request_id=request_id, team=team)


def _team(book: tb.Book, program: str, words: Words) -> Any:
    team = book.ask(tb.GetTeam(program=program, team=words.next()))
    return " ".join([str(team.status), *(place.member for place in team.places)])


TEAMING: Final[dict[str, Callable[[Memory, Words], tb.Command[Any]]]] = {
    "start-team": _start,
    "join": _join,
    "leave": _leave,
}
TEAMING_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "team": _team,
}
