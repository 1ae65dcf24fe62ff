"""Who members are, in stories. Pure: no clock, no database.

link M phone VALUE        erase M           merge M with M            review M ID cleared|confirmed by WHO
unlink M phone VALUE                        split M from M

Questions: `who phone VALUE`, `segments M`, `reviews`: whose, and what for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

KEY: Final = tb.CodeKey("a key for stories")


def _identity(program: str, words: Words) -> tb.Identity:
    kind = words.next()
    return tb.identify(KEY, program, kind, words.next())


def _link(memory: Memory, words: Words) -> tb.Command[Any]:
    member = words.next()
    identity = _identity(memory.program, words)
    request_id = memory.fresh(member, "link")
    return tb.LinkIdentity(program=memory.program, member=member, request_id=request_id, identity=identity)


def _unlink(memory: Memory, words: Words) -> tb.Command[Any]:
    member = words.next()
    identity = _identity(memory.program, words)
    request_id = memory.fresh(member, "unlink")
    return tb.UnlinkIdentity(program=memory.program, member=member, request_id=request_id, identity=identity)


def _erase(memory: Memory, words: Words) -> tb.Command[Any]:
    member = words.next()
    return tb.EraseMember(program=memory.program, member=member, request_id=memory.fresh(member, "erase"))


def _merge(memory: Memory, words: Words) -> tb.Command[Any]:
    member = words.next()
    other = words.after("with") or ""
    request_id = memory.fresh(member, f"merge-{other}")
    return tb.MergeMembers(program=memory.program, member=member, request_id=request_id, other=other)


def _split(memory: Memory, words: Words) -> tb.Command[Any]:
    member = words.next()
    other = words.after("from") or ""
    request_id = memory.fresh(member, f"split-{other}")
    return tb.SplitMembers(program=memory.program, member=member, request_id=request_id, other=other)


def _review(memory: Memory, words: Words) -> tb.Command[Any]:
    member, review_id = words.next(), words.next()
    decision = words.one_of([each.value for each in tb.ReviewDecision]) or ""
    return tb.ResolveReview(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, "review"),
        review_id=review_id,
        decision=tb.ReviewDecision(decision),
        decided_by=words.after("by") or "",
    )


PEOPLE: Final[dict[str, Callable[[Memory, Words], tb.Command[Any]]]] = {
    "link": _link,
    "unlink": _unlink,
    "erase": _erase,
    "merge": _merge,
    "split": _split,
    "review": _review,
}


def _who(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.ResolveMember(program=program, identity=_identity(program, words)))


def _segments(book: tb.Book, program: str, words: Words) -> Any:
    found: tuple[str, ...] = book.ask(tb.SegmentsOf(program=program, member=words.next()))
    return " ".join(found) or "none"


def _reviews(book: tb.Book, program: str, words: Words) -> Any:
    page = book.ask(tb.ListReviews(program=program))
    return " ".join(f"{each.member} {each.review_id}" for each in page.reviews) or "none"


PEOPLE_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "who": _who,
    "segments": _segments,
    "reviews": _reviews,
}
