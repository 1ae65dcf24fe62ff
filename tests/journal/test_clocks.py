"""Clocks: what time does to a member that neither a lot nor a note says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tallybook.journal.accounts import ISSUED, NEVER, VESTED
from tallybook.journal.due import CLOCK, Due
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot, credit
from tallybook.journal.notes import Note
from tallybook.journal.settle import Clock, Effects, next_due, plan_next_due, settle

from tests.journal.pages import START, Page, program

WEEK = timedelta(days=7)


def _next_gift(folio: Folio, _: Any) -> datetime | None:
    note = folio.note("gifts")
    given = 0 if note is None else int(note.body)
    return None if given == 3 else START + WEEK * (given + 1)


def _give(folio: Folio, shop: Any, at: datetime) -> None:
    note = folio.note("gifts")
    folio.put_note("gifts", Note(str(1 if note is None else int(note.body) + 1)))
    credit(folio, Lot("points", "house", VESTED, NEVER), ISSUED, 5, shop, shop.today(at))


GIFTS = Effects(clocks={"gift": Clock("gift", _next_gift, _give)})


def test_a_clock_says_when_something_falls_due() -> None:
    page = Page(program())
    assert next_due(page.folio, page.program, GIFTS) == Due(START + WEEK, "gift", source=CLOCK)
    plan_next_due(page.folio, page.program, GIFTS)
    assert page.folio.standing.next_due_at == START + WEEK


def test_each_moment_that_was_missed_is_an_entry_of_its_own() -> None:
    page = Page(program())
    told: list[tuple[str, datetime]] = []
    settle(page.folio, page.program, START + WEEK * 9, lambda _, kind, at, __: told.append((kind, at)), GIFTS)
    assert told == [("gift", START + WEEK * weeks) for weeks in (1, 2, 3)]
    assert page.folio.balance("points").available == 15
    assert page.folio.standing.next_due_at is None


def test_a_clock_that_stands_still_is_a_mistake_and_not_an_endless_loop() -> None:
    page = Page(program())
    stuck = Effects(clocks={"gift": Clock("gift", lambda *_: START, lambda *_: None)})
    with pytest.raises(AssertionError, match="goes forward"):
        settle(page.folio, page.program, datetime.max.replace(tzinfo=UTC), lambda *_: None, stuck)
