"""The questions of stories. UNIT is points where it is left out. Knows the book's public queries only.

balance M [UNIT]      lots M [UNIT]      look M HOLD      member M      statement M [in UNIT]
past M [UNIT] as of MOMENT               sweep            trial ACCOUNT [UNIT]
max-refund M T1       the-top-up M T1    the-payout M P1
waiting: the refunds whose orders are not known, or could not take them
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import tallybook as tb

from tests.stories.calendar import CALENDAR_QUESTIONS
from tests.stories.checking_out import CHECKING_OUT_QUESTIONS
from tests.stories.couponing import COUPONING_QUESTIONS
from tests.stories.drawing import DRAWING_QUESTIONS
from tests.stories.growing import GROWING_QUESTIONS
from tests.stories.outcomes import told_lots
from tests.stories.people import PEOPLE_QUESTIONS
from tests.stories.referring import REFERRING_QUESTIONS
from tests.stories.shopping import SHOPPING_QUESTIONS
from tests.stories.teaming import TEAMING_QUESTIONS
from tests.stories.words import Words


def _balance(book: tb.Book, program: str, words: Words) -> Any:
    sheet = book.ask(tb.Balances(program=program, member=words.next()))
    return sheet.of(words.unit())


def _lots(book: tb.Book, program: str, words: Words) -> Any:
    sheet = book.ask(tb.Balances(program=program, member=words.next()))
    unit = words.unit()
    return told_lots(next(each.lots for each in sheet.units if each.unit == unit))


def _past(book: tb.Book, program: str, words: Words) -> Any:
    member = words.next()
    words.flag("as")
    as_of = words.moment_after("of")
    assert as_of is not None, "say `as of` a moment"
    return book.ask(tb.PastBalances(program=program, member=member, as_of=as_of)).of(words.unit())


def _look(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetHold(program=program, member=words.next(), hold_id=words.next())).hold


def _member(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetMember(program=program, member=words.next()))


def _statement(book: tb.Book, program: str, words: Words) -> Any:
    member = words.next()
    unit = words.next() if words.flag("in") else ""
    page = book.ask(tb.Statement(program=program, member=member, unit=unit))
    return " ".join(entry.kind for entry in page.entries)


def _sweep(book: tb.Book, program: str, words: Words) -> Any:
    return str(book.sweep())


def _trial(book: tb.Book, program: str, words: Words) -> Any:
    account, unit = words.next(), words.unit()
    sheet = book.ask(tb.TrialBalance(program=program, unit=unit))
    return str(sum(each.amount for each in sheet.accounts if each.account == account))


def _max_refund(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.MaxRefund(program=program, member=words.next(), top_up_id=words.next()))


def _top_up(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetTopUp(program=program, member=words.next(), top_up_id=words.next())).top_up


def _payout(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetPayout(program=program, member=words.next(), payout_id=words.next())).payout


def _waiting(book: tb.Book, program: str, words: Words) -> Any:
    page = book.ask(tb.WaitingRefunds(program=program))
    told = (f"{each.member} {each.order} {each.problem}".strip() for each in page.refunds)
    return ", ".join(told) or "none"


QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "balance": _balance,
    "lots": _lots,
    "past": _past,
    "look": _look,
    "member": _member,
    "statement": _statement,
    "sweep": _sweep,
    "trial": _trial,
    "waiting": _waiting,
    "max-refund": _max_refund,
    "the-top-up": _top_up,
    "the-payout": _payout,
    **CALENDAR_QUESTIONS,
    **PEOPLE_QUESTIONS,
    **REFERRING_QUESTIONS,
    **COUPONING_QUESTIONS,
    **GROWING_QUESTIONS,
    **TEAMING_QUESTIONS,
    **DRAWING_QUESTIONS,
    **SHOPPING_QUESTIONS,
    **CHECKING_OUT_QUESTIONS,
}
"""What a story can ask; `sweep` is one of them, because no answer may depend on it."""
