"""Late, doubled and shuffled events come to what they come to in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import msgspec
import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from tallybook.journal.tables import folio, note

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.earning.histories import GROWING, PROGRAM, START, histories

EXAMPLES = {"sqlite": 60, "postgresql": 25}
STORY = {"earning", "growth"}
"""The resident notes that follow from the story alone."""
NOW = START.replace(month=4)
END = START.replace(month=6)


class Shops:
    """A book, and what stands behind it."""

    def __init__(self, book: tb.Book, engine: Engine, clock: SetClock) -> None:
        self.book = book
        self.clock = clock
        self.engine = engine

    def tell(
        self, member: str, events: list[tb.RecordEvent], sizes: list[int], hours: list[int]
    ) -> dict[str, Any]:
        """What a new member has after these events, told in batches of these sizes, with so long between."""
        self.clock.now = NOW
        self.book.do(tb.Enroll(program="shop", member=member, request_id="e"))
        mine = [msgspec.structs.replace(event, member=member) for event in events]
        waits = cycle(hours)
        for size in cycle(sizes):
            outcomes = self.book.do(mine[:size])
            assert all(isinstance(outcome, tb.EventRecorded) for outcome in outcomes), outcomes
            mine = mine[size:]
            if not mine:
                break
            self.clock.forward(seconds=3600 * next(waits))
            if size % 2:
                self.book.sweep()
        self.clock.now = END
        while self.book.sweep():
            pass
        sheet = self.book.ask(tb.Balances(program="shop", member=member))
        units = {unit.unit: (unit.balance, unit.lots) for unit in sheet.units}
        return {
            **units,
            "noted": self._noted(member),
            "coupons": self._coupons(member),
            "days": self._days(member),
        }

    def _days(self, member: str) -> dict[str, Any]:
        view = self.book.ask(tb.GetMemberships(program="shop", member=member))
        return {each.plan: each.until for each in view.held}

    def _coupons(self, member: str) -> list[Any]:
        """The coupons that can be used, whatever they are called."""
        open_ = select(note.c.body).where(note.c.member == member, note.c.kind == "coupon")
        with self.engine.connect() as connection:
            found = [msgspec.json.decode(body) for (body,) in connection.execute(open_)]
        return sorted((each["template"], each["starts_at"], each["ends_at"]) for each in found)

    def _noted(self, member: str) -> Any:
        """Where the story stands, and what waits, as it is in the database."""
        resident = select(folio.c.notes).where(folio.c.member == member)
        waiting = select(note.c.key, note.c.body).where(
            note.c.member == member, note.c.kind == "waiting_refund"
        )
        given = select(note.c.key, note.c.body).where(note.c.member == member, note.c.kind == "given")
        with self.engine.connect() as connection:
            lying = connection.execute(resident).scalar() or "[]"
            found = connection.execute(given.order_by(note.c.key)).all()
            return (
                [each for each in msgspec.json.decode(lying) if each[0] in STORY],
                connection.execute(waiting).all(),
                [(key, *_given(msgspec.json.decode(body))) for key, body in found],
            )


def _given(note: list[Any]) -> tuple[Any, Any]:
    """What was given for something, and on which local day."""
    _, portions, _, on = note
    return portions, on


@pytest.fixture(params=[PROGRAM, GROWING], ids=["earning", "growing"])
def shops(database_url: str, clock: SetClock, request: pytest.FixtureRequest) -> Iterator[Shops]:
    clock.now = NOW
    engine = create_engine(database_url)
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(request.param)
        yield Shops(book, engine, clock)
    engine.dispose()


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_events_in_any_order_come_to_the_same(shops: Shops, request: pytest.FixtureRequest) -> None:
    kind = request.node.callspec.params["databases"]
    count = iter(range(10**6))

    @settings(
        max_examples=EXAMPLES[kind] * TIMES_LONGER,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        events = data.draw(histories())
        number = next(count)
        in_order = sorted(events, key=lambda each: (each.occurred_at, each.request_id))
        expected = shops.tell(f"a{number}", in_order, [1], [0])
        shuffled = data.draw(st.permutations(events))
        doubled = data.draw(st.lists(st.sampled_from(events), max_size=3))
        sizes = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
        hours = data.draw(st.just([0]) | st.lists(st.integers(0, 80), min_size=1, max_size=3))
        found = shops.tell(f"b{number}", [*shuffled, *doubled], sizes, hours)
        if any(hours):  # days begin when they are given, and those that were used stay
            del found["days"], expected["days"]
        assert found == expected

    holds()
    assert [checked.disagreement for checked in shops.book.verify("shop") if checked.disagreement] == []
