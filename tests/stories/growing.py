"""The commands and questions of stories about tiers, benefits and tasks. Pure: no clock, no database.

override M LADDER TIER|none through DAY [exactly] because ...       use M USE QUOTA [2]
end-override M LADDER                                               return M USE [2]
claim M TASK

Questions: `tier M [as of MOMENT]`: on every ladder; `standing M LADDER`; `tasks M`: what has come together,
how many periods in a row, how often it is completed; `quota M QUOTA`; `tier-history M`; `drop M LADDER`:
when a tier would be lost, and what is missing to keep it. `move-to ZONE`: the program has another time zone
from now on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory


def _override(memory: Memory, words: Words) -> tb.Command[Any]:
    reason = words.all_after("because")
    until, exactly = words.after("through"), words.flag("exactly")
    member, ladder, tier = words.next(), words.next(), words.next()
    return tb.OverrideTier(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"override-{ladder}"),
        ladder=ladder,
        tier="" if tier == "none" else tier,
        until=date.fromisoformat(until or ""),
        exactly=exactly,
        reason=reason,
    )


def _end_override(memory: Memory, words: Words) -> tb.Command[Any]:
    member, ladder = words.next(), words.next()
    request_id = memory.fresh(member, f"end-{ladder}")
    return tb.EndOverride(program=memory.program, member=member, request_id=request_id, ladder=ladder)


def _use(memory: Memory, words: Words) -> tb.Command[Any]:
    member, request_id, quota = words.next(), words.next(), words.next()
    return tb.UseBenefit(
        program=memory.program, member=member, request_id=request_id, quota=quota, times=words.number() or 1
    )


def _return(memory: Memory, words: Words) -> tb.Command[Any]:
    member, use = words.next(), words.next()
    request_id = memory.fresh(member, f"return-{use}")
    return tb.ReturnBenefit(
        program=memory.program, member=member, request_id=request_id, use=use, times=words.number()
    )


def _claim(memory: Memory, words: Words) -> tb.Command[Any]:
    member, task = words.next(), words.next()
    request_id = memory.fresh(member, f"claim-{task}")
    return tb.ClaimTask(program=memory.program, member=member, request_id=request_id, task=task)


GROWING: Final[dict[str, Callable[[Memory, Words], tb.Command[Any]]]] = {
    "override": _override,
    "end-override": _end_override,
    "use": _use,
    "return": _return,
    "claim_task": _claim,
}


def _tier(book: tb.Book, program: str, words: Words) -> Any:
    member, is_past = words.next(), words.flag("as")
    ladders = book.ask(tb.GetTiers(program=program, member=member)).ladders
    if not is_past:
        return " ".join(each.tier or "none" for each in ladders)
    at = words.moment_after("of")
    assert at is not None, "say `as of` a moment"
    then = [
        book.ask(tb.TierAt(program=program, member=member, ladder=each.ladder, at=at)) for each in ladders
    ]
    return " ".join(each.tier or "none" for each in then)


def _standing(book: tb.Book, program: str, words: Words) -> Any:
    member, ladder = words.next(), words.next()
    ladders = book.ask(tb.GetTiers(program=program, member=member)).ladders
    return next(each for each in ladders if each.ladder == ladder)


def _history(book: tb.Book, program: str, words: Words) -> Any:
    history = book.ask(tb.GetTiers(program=program, member=words.next())).history
    return ", ".join(f"{each.after or 'none'} {each.why}" for each in reversed(history)) or "none"


def _tasks(book: tb.Book, program: str, words: Words) -> Any:
    tasks = book.ask(tb.GetTasks(program=program, member=words.next()))
    begun = (each for each in tasks if each.progress or each.streak or each.times)
    return ", ".join(map(_told, begun)) or "none"


def _told(task: tb.TaskProgress) -> str:
    streak = f" streak {task.streak}" if task.streak_reach > 1 else ""
    times = f" times {task.times}" if task.times else ""
    return f"{task.task} {task.progress}{streak}{times}"


def _quota(book: tb.Book, program: str, words: Words) -> Any:
    member, name = words.next(), words.next()
    quotas = book.ask(tb.GetTiers(program=program, member=member)).benefits.quotas
    return next((f"{each.left} of {each.most}" for each in quotas if each.quota == name), "none")


def _drop(book: tb.Book, program: str, words: Words) -> Any:
    standing = _standing(book, program, words)
    missing = ", or ".join(str(dict(way.units)) for way in standing.to_keep)
    return "never" if standing.drop is None else f"{standing.drop.at.date()} missing {missing}"


def _move_to(book: tb.Book, program: str, words: Words) -> Any:
    text = book.program(program).document
    before = re.search(r'"?timezone"?: "?[\w/]+"?', text)
    assert before is not None, "a program has a time zone"
    after = re.sub(r"[\w]+/[\w]+", words.next(), before[0])
    return str(book.apply(text.replace(before[0], after)).revision)


GROWING_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "tier": _tier,
    "standing": _standing,
    "tier-history": _history,
    "tasks": _tasks,
    "quota": _quota,
    "drop": _drop,
    "move-to": _move_to,
}
