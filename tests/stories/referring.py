"""The commands and questions of stories about newcomers. Knows the book's public queries only.

referral-code M [CODE]        bind M to M        bind M by CODE

referral M        brought M: the newcomers of a member, and how far they have come
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

Teller = Callable[["Memory", Words], tb.Command[Any]]


def _referral_code(memory: Memory, words: Words) -> tb.Command[Any]:
    member, code = words.next(), "".join(words.rest())
    request_id = memory.fresh(member, "referral-code")
    return tb.IssueReferralCode(program=memory.program, member=member, request_id=request_id, code=code)


def _bind(memory: Memory, words: Words) -> tb.Command[Any]:
    member, referrer, code = words.next(), words.after("to") or "", words.after("by") or ""
    return tb.BindReferral(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, "bind"),
        referrer=referrer,
        code=code,
    )


def _referral(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetReferral(program=program, member=words.next())).referred


def _brought(book: tb.Book, program: str, words: Words) -> Any:
    page = book.ask(tb.ListNewcomers(program=program, member=words.next()))
    return " ".join(f"{each.member}:{each.state}" for each in page.newcomers)


REFERRING: Final[dict[str, Teller]] = {"referral-code": _referral_code, "bind": _bind}
REFERRING_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "referral": _referral,
    "brought": _brought,
}
