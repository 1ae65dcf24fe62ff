"""PlaceOrder: a member orders an item. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import AVAILABLE, HELD, ON_HAND
from tallybook.journal.holds import HeldLot
from tallybook.journal.moves import move_out
from tallybook.journal.notes import NoteKey
from tallybook.mall.kinds import kind_of
from tallybook.mall.moves import PIECES_IN, State
from tallybook.mall.notes import COUNTS, OrderNote, find_order, order_keys, put_order
from tallybook.mall.offers import Reason, against, chosen_of, cost_of, limits_left, no_room, price_for
from tallybook.mall.orders import OrderMoved, can_be_given, fulfil, spent, told
from tallybook.mall.stock import check_stock, draw_sale, move_pieces
from tallybook.members.bearers import check_member_name
from tallybook.members.counts import count
from tallybook.members.freeze import check_may_earn, check_may_redeem
from tallybook.members.passbook import check_spending
from tallybook.members.spending import choose_lots, post_spending
from tallybook.programs.mall import PIECES_MAX, Cost, Item
from tallybook.programs.program import Program
from tallybook.refusals.mall import ItemLimitReached, ItemNotOffered, OrderExists, UnknownItem


class _Wanted(NamedTuple):
    item: Item
    chosen: Item

    @property
    def both(self) -> Sequence[Item]:
        """What is drawn on: the item, and what is chosen where that is another."""
        return [self.item] if self.chosen is self.item else [self.item, self.chosen]


class PlaceOrder(Command[OrderMoved], frozen=True, kw_only=True, tag="place_order"):
    """Order `pieces` of an `item`; where it is one of several, `choice` says which.

    `order_id` names the order, by default the request id. The program says what it costs. Where a part of the
    money can be paid with units, `units` is how many of them, in smallest steps, by default as many as are
    available; never more are taken than the money is worth.

    Without money to be paid, the order is paid at once, and fulfilled too unless somebody has to send it.
    Else its units are held and its pieces reserved until `PayOrder`, or until the time is over. With
    `validate_only` this says what it costs.

    Refused with `UnknownItem`, `ItemNotOffered`, `ItemOutOfStock`, `ItemLimitReached`, `OrderExists`,
    `MemberFrozen`, `NotEnoughPoints`, `NotEnoughValue`, `LimitExceeded` or `VelocityExceeded`.
    """

    item: str
    pieces: int = 1
    choice: str = ""
    units: int | None = None
    order_id: str = ""
    reply_type = OrderMoved
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_id("item", self.item)
        check_whole("pieces", self.pieces, largest=PIECES_MAX)
        if self.choice != "":
            check_id("choice", self.choice)
        if self.units is not None:
            check_whole("units", self.units, smallest=0)
        if self.order_id != "":
            check_id("order_id", self.order_id)

    def name(self) -> str:
        """What the order is called."""
        return self.order_id or self.request_id

    def named_notes(self) -> Sequence[NoteKey]:
        return [*order_keys(self.name()), (COUNTS, self.item)]

    def item_in(self, program: Program) -> Item | None:
        """The item that this is about, in a program; None where it knows none."""
        return program.mall.get(self.item)

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        item = self.item_in(program)
        return () if item is None else item.draws_on(program.mall)

    def decide(self, desk: Desk) -> OrderMoved:
        folio = desk.folio
        check_may_redeem(desk)
        if find_order(folio, self.name()) is not None:
            raise OrderExists(member=self.member, order=self.name())
        wanted = self._wanted(desk)
        if not kind_of(wanted.chosen.gives).is_sent:
            check_may_earn(desk)
        self._check_limits(desk, wanted.item)
        for each in wanted.both:
            check_stock(desk, each, self.pieces)
        cost = self._cost(desk, wanted.item)
        note = self._placed(desk, wanted, cost, self._lots(desk, cost))
        if note.state is State.PAID and can_be_given(desk, note):
            note = fulfil(desk, self.name(), note)
        else:
            put_order(folio, self.name(), note)
        return told(desk, self.name(), note)

    def _wanted(self, desk: Desk) -> _Wanted:
        """What is ordered, if the member may; raises `UnknownItem` or `ItemNotOffered`."""
        item = self.item_in(desk.program)
        if item is None:
            raise UnknownItem(program=self.program, item=self.item)
        chosen = chosen_of(desk.program, item, self.choice)
        if chosen is None:
            raise InvalidInput("choice", f"must name what to have of {self.item}, not {self.choice!r}")
        self._refuse(against(desk.folio, desk.program, item, self.pieces, desk.now))
        self._refuse(no_room(desk.folio, desk.program, chosen, self.pieces, desk.now))
        return _Wanted(item, chosen)

    def _refuse(self, reasons: Iterable[Reason]) -> None:
        for reason in reasons:
            detail = reason.detail or ", ".join(reason.wanted)
            if reason.at is not None:
                detail = reason.at.isoformat(timespec="seconds")
            raise ItemNotOffered(
                item=self.item,
                why=str(reason.why),
                detail=detail,
                asked=reason.asked or 0,
                there=reason.there or 0,
            )

    def _check_limits(self, desk: Desk, item: Item) -> None:
        left = limits_left(desk.folio, desk.program, item, desk.now)
        for limit in item.limits:
            if self.pieces > left[limit.period]:
                raise ItemLimitReached(
                    item=item.code,
                    period=limit.period,
                    most=limit.most,
                    asked=self.pieces,
                    left=left[limit.period],
                )

    def _cost(self, desk: Desk, item: Item) -> Cost:
        price = price_for(desk.folio, desk.program, item)
        assert price is not None, "an item without a price is not offered"
        if self.units is not None and price.worth is None:
            raise InvalidInput("units", f"must be left out: the program says what {item.code} costs")
        return cost_of(desk.folio, price, self.pieces, self.units)

    def _lots(self, desk: Desk, cost: Cost) -> tuple[HeldLot, ...]:
        """Hold what it costs in units, or spend it where no money is waited for."""
        if not cost.steps:
            return ()
        unit = desk.unit(cost.unit)
        if unit.is_money:
            check_spending(desk, unit.code, cost.steps)
        parts = choose_lots(desk, unit, cost.steps)
        lots = tuple(HeldLot(key.fund, key.expires_on, part) for key, part in parts)
        if cost.money:
            move_out(desk.folio, parts, HELD)
        else:
            post_spending(desk, unit, spent(unit, lots, AVAILABLE))
        return lots

    def _placed(self, desk: Desk, wanted: _Wanted, cost: Cost, lots: tuple[HeldLot, ...]) -> OrderNote:
        """The order, with its pieces reserved, or sold where no money is waited for, and counted."""
        item, chosen = wanted
        state = State.PLACED if cost.money else State.PAID
        stocks = sorted(each.code for each in wanted.both if each.stocked)
        for each in stocks:
            move_pieces(desk.folio, each, ON_HAND, PIECES_IN[state], self.pieces)
        sales = sorted(each.code for each in wanted.both if each.most is not None)
        for each in sales:
            draw_sale(desk, each, self.pieces)
        counted = tuple(limit.period for limit in item.limits)
        if counted:
            count(desk.folio, COUNTS, item.code, counted, self.pieces, desk.today)
        return OrderNote(
            item=item.code,
            chosen=chosen.code,
            pieces=self.pieces,
            placed_at=desk.now,
            day=desk.today,
            since=desk.now,
            revision=desk.program.revision,
            state=state,
            unit=cost.unit if cost.steps else "",
            steps=cost.steps,
            lots=lots,
            currency=cost.currency if cost.money else "",
            money=cost.money,
            deadline=desk.now + timedelta(seconds=item.pay_seconds) if cost.money else None,
            stocks=tuple(stocks),
            sales=tuple(sales),
            counted=counted,
        )
