"""A command that is told late is decided by the program as it was then: it names the moment, and gets it."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
import tallybook as tb
from tallybook.db.database import Session

from tests.clocks import SetClock
from tests.slices.shop import PROGRAM, Shop

MORE = PROGRAM.replace("funds: [partner]", "funds: [partner, campaign]")
DEARER = PROGRAM.replace("units: 1,", "units: 2,")


class Named(tb.Command[tb.Reply], frozen=True, kw_only=True, tag="named"):
    """Asks for the program at moments, and tells their revisions as its reason to be refused."""

    reply_type: ClassVar[type[tb.Reply]] = tb.Reply
    moments: tuple[Any, ...]
    asked: tuple[Any, ...] = ()

    def program_moments(self) -> tuple[Any, ...]:
        return self.moments

    def decide(self, desk: Any) -> tb.Reply:
        found = [desk.program_at(moment).revision for moment in self.asked or self.moments]
        raise tb.InvalidInput("revisions", " ".join(map(str, found)))


def revisions_at(shop: Shop, *moments: Any) -> str:
    outcome = shop.book.simulate([shop.make(Named, moments=moments)])[0]
    assert isinstance(outcome, tb.InvalidInput), outcome
    return outcome.problem


def test_a_command_can_look_back_on_the_program(shop: Shop, clock: SetClock, database_url: str) -> None:
    begin, hour = clock.now, timedelta(hours=1)
    clock.forward(days=1)
    shop.book.apply(MORE)
    shop.book.apply(DEARER, at=clock.now + 2 * hour)
    moments = begin - hour, begin, clock.now, clock.now + hour, clock.now + 2 * hour
    assert revisions_at(shop, *moments) == "1 1 2 2 3"
    clock.forward(days=1)
    assert revisions_at(shop, *moments) == "1 1 2 2 3"
    with tb.Book.open(database_url, clock=clock) as other:
        shop.book = other
        assert revisions_at(shop, *reversed(moments)) == "3 2 2 1 1"
        nowhere = Named(program="nowhere", member="m1", request_id="r", moments=moments)
        assert isinstance(other.simulate([nowhere])[0], tb.UnknownProgram)


def test_what_a_command_did_not_name_it_does_not_get(shop: Shop, clock: SetClock) -> None:
    begin = clock.now
    clock.forward(days=1)
    shop.book.apply(MORE)
    (outcome,) = shop.book.simulate([shop.make(Named, moments=(clock.now,), asked=(begin,))])
    assert isinstance(outcome, tb.InternalError)


def test_a_program_is_looked_up_once(shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many moments: documents and timelines are kept."""
    shop.book.apply(MORE)
    moments = tuple(clock.now + timedelta(hours=hours) for hours in range(-3, 3))
    revisions_at(shop, *moments)
    asked: list[str] = []
    fetch = Session.fetch

    def noting(session: Session, fetches: Any) -> Any:
        asked.extend(each.lookup.table.name for each in fetches if each.keys)
        return fetch(session, fetches)

    monkeypatch.setattr(Session, "fetch", noting)
    revisions_at(shop, *moments)
    assert asked.count("program") == 1
    assert "program_revision" not in asked
