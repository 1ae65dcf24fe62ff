"""Questions about orders: one, those of a member, and those that a warehouse waits for. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import select, tuple_

from tallybook.engine.checks import check_id
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import PagedQuery, Reading
from tallybook.errors import InvalidInput
from tallybook.journal import tables
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.mall.moves import OPEN, State
from tallybook.mall.notes import CLOSED, ORDER, OrderNote, order_keys, order_of
from tallybook.programs.program import Program

SCANNED_MAX: Final = 2_000
"""How many orders one page looks at, however few of them are in the state."""

Place = tuple[str, str, str]
"""Where an order is filed: kind, member and id."""


class OrderView(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it is now: see `OrderMoved`. `since` it is in its state."""

    member: str
    order_id: str
    state: State
    item: str
    chosen: str
    pieces: int
    unit: str
    amount: int
    currency: str
    money: int
    placed_at: datetime
    since: datetime
    deadline: datetime | None
    payment: str
    pay_back: int
    coupons: tuple[str, ...]
    carrier: str
    tracking: str


def _view(member: str, order_id: str, note: OrderNote, now: datetime) -> OrderView:
    """An order; one whose time is over has timed out, recorded or not."""
    state, since = note.state, note.since
    if state is State.PLACED and note.deadline is not None and note.deadline <= now:
        state, since = State.TIMED_OUT, note.deadline
    return OrderView(
        member=member,
        order_id=order_id,
        state=state,
        item=note.item,
        chosen=note.chosen,
        pieces=note.pieces,
        unit=note.unit,
        amount=note.steps,
        currency=note.currency,
        money=note.money,
        placed_at=note.placed_at,
        since=since,
        deadline=note.deadline if state is State.PLACED else None,
        payment=note.payment,
        pay_back=note.paid_back,
        coupons=() if note.gave is None else note.gave.coupons,
        carrier=note.carrier,
        tracking=note.tracking,
    )


class GetOrder(FolioQuery[OrderView], frozen=True, kw_only=True):
    """An order of a member. Raises `UnknownMember` or `UnknownOrder`."""

    order_id: str

    def check(self) -> None:
        check_id("order_id", self.order_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_keys(self.order_id)

    def answer(self, folio: Folio, program: Program, now: datetime) -> OrderView:
        return _view(self.member, self.order_id, order_of(folio, self.order_id), now)


class OrderPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of the orders that were asked for. A page may have few or none, and more may follow: an empty
    `next_page_token` is the only sign of the end.
    """

    orders: tuple[OrderView, ...]
    next_page_token: str


class ListOrders(PagedQuery[OrderPage], frozen=True, kw_only=True):
    """The orders of one `member`, or of all, in one `state`, or all that are open: by member and by id.

    A warehouse lists those that are paid. By pages: `page_size` 0 asks for 50; more than 1,000 gets 1,000.
    Raises `UnknownProgram`, `UnknownMember` or `PageTokenInvalid`.
    """

    member: str = ""
    state: State | None = None

    def check(self) -> None:
        if self.member != "":
            check_id("member", self.member)
        if self.state is not None and self.state not in list(State):
            raise InvalidInput("state", f"must be one of {', '.join(State)}, not {self.state!r}")

    def read(self, reading: Reading) -> OrderPage:
        reading.program(self.program)
        if self.member:
            reading.settled_folio(self.program, self.member)
        page, found = self.page("mall_orders", self.member, self.state or ""), list[OrderView]()
        behind = _place(page.behind) if page.behind else ("", "", "")
        for scanned, (place, note) in enumerate(self._rows(reading, behind)):
            if len(found) == page.size or scanned == SCANNED_MAX:
                return OrderPage(orders=tuple(found), next_page_token=page.token("\n".join(behind)))
            behind, view = place, _view(place[1], place[2], note, reading.now)
            if view.state in (OPEN if self.state is None else (self.state,)):
                found.append(view)
        return OrderPage(orders=tuple(found), next_page_token="")

    def _rows(self, reading: Reading, behind: Place) -> Iterator[tuple[Place, OrderNote]]:
        """The orders behind a place: kind, member and id. Who has timed out may be filed as open still."""
        note = tables.note.c
        kinds = [ORDER] if self.state is None or self.state in OPEN else [CLOSED]
        if self.state == State.TIMED_OUT:
            kinds = [CLOSED, ORDER]
        place = tuple_(note.kind, note.member, note.key)
        query = select(note.kind, note.member, note.key, note.body).where(
            note.program == self.program, note.kind.in_(kinds), place > tuple_(*behind)
        )
        if self.member:
            query = query.where(note.member == self.member)
        query = query.order_by(note.kind, note.member, note.key).limit(SCANNED_MAX + 1)
        for kind, member, key, body in reading.session.connection.execute(query):
            yield (kind, member, key), msgspec.json.decode(body, type=OrderNote)


def _place(position: str) -> Place:
    kind, member, key = position.split("\n")
    return kind, member, key
