"""What a member may order, why not, and what it costs. Knows SQL by name only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading, settled
from tallybook.errors import InvalidInput
from tallybook.journal.folio import Folio
from tallybook.journal.queries import stored_pools
from tallybook.mall.notes import COUNTS
from tallybook.mall.offers import (
    Reason,
    Why,
    against,
    chosen_of,
    cost_of,
    frozen,
    limits_left,
    no_room,
    price_for,
)
from tallybook.programs.mall import PIECES_MAX, Cost, Item, OneOf, Price, item_pool, sale_pool
from tallybook.programs.program import Program
from tallybook.refusals.mall import UnknownItem


class ChoiceView(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen of one of several; `left` of it is on hand, None is without bounds."""

    item: str
    display_name: str
    left: int | None


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """An item as a member sees it: what a piece costs this member, and `reasons` why it cannot be ordered.

    `left` is how many pieces there are for all members, None is without bounds. `limits_left` is how many the
    member may have still, by period.
    """

    item: str
    display_name: str
    kind: str
    price: Price | None
    choices: tuple[ChoiceView, ...]
    left: int | None
    limits_left: dict[str, int]
    starts_at: datetime | None
    ends_at: datetime | None
    reasons: tuple[Reason, ...]


class ItemPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of the items of a mall; an empty `next_page_token` is the only sign of the end."""

    items: tuple[ItemView, ...]
    next_page_token: str


class ListItems(PagedQuery[ItemPage], frozen=True, kw_only=True):
    """The items that can be ordered by themselves, by code, as a member sees them: also those that this
    member may not order, with every reason why not.

    By pages: `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownMember` or
    `PageTokenInvalid`.
    """

    member: str

    def check(self) -> None:
        check_id("member", self.member)

    def read(self, reading: Reading) -> ItemPage:
        program = reading.program(self.program)
        page = self.page("mall", self.member)
        codes, more = page.turned(
            sorted(
                code for code, each in program.mall.items() if each.price is not None and code > page.behind
            ),
            lambda code: code,
        )
        seen = _Seen(reading, program, self.member, codes)
        return ItemPage(items=tuple(seen.view(program.mall[code]) for code in codes), next_page_token=more)


class ItemQuote(msgspec.Struct, frozen=True, kw_only=True):
    """What an order would cost a member now: `amount` of `unit` and `money`, and `reasons` against it."""

    item: str
    chosen: str
    pieces: int
    unit: str
    amount: int
    currency: str
    money: int
    reasons: tuple[Reason, ...]


class GetItemQuote(HistoryQuery[ItemQuote], frozen=True, kw_only=True):
    """What `pieces` of an item would cost a member now, and every reason against the order.

    `choice` and `units` are as in `PlaceOrder`. Raises `UnknownMember`, `UnknownItem`, or `InvalidInput` for
    a choice that the item does not have.
    """

    member: str
    item: str
    pieces: int = 1
    choice: str = ""
    units: int | None = None

    def check(self) -> None:
        check_id("member", self.member)
        check_id("item", self.item)
        check_whole("pieces", self.pieces, largest=PIECES_MAX)
        if self.units is not None:
            check_whole("units", self.units, smallest=0)

    def read(self, reading: Reading) -> ItemQuote:
        program = reading.program(self.program)
        item = program.mall.get(self.item)
        if item is None:
            raise UnknownItem(program=self.program, item=self.item)
        chosen = chosen_of(program, item, self.choice)
        if chosen is None:
            raise InvalidInput("choice", f"must name what to have of {self.item}, not {self.choice!r}")
        seen = _Seen(reading, program, self.member, [item.code])
        cost = seen.cost(item, self.pieces, self.units)
        return ItemQuote(
            item=item.code,
            chosen=chosen.code,
            pieces=self.pieces,
            unit=cost.unit if cost.steps else "",
            amount=cost.steps,
            currency=cost.currency if cost.money else "",
            money=cost.money,
            reasons=seen.reasons(item, chosen, self.pieces, self.units),
        )


class _Seen:
    """What a member sees of items: the folio, settled in memory, with what counts towards limits, and what
    is left.
    """

    def __init__(self, reading: Reading, program: Program, member: str, items: Sequence[str]) -> None:
        counts = [(program.code, member, COUNTS, each) for each in items if program.mall[each].limits]
        batch = reading.folios([(program.code, member)], notes=counts)
        self._folio: Folio = settled(batch, program.code, member, reading.kinds.effects)
        self._program = program
        self._now = reading.now
        self._pools = stored_pools(reading.session.connection, program.code)

    def view(self, item: Item) -> ItemView:
        """An item for one piece."""
        choices = tuple(
            ChoiceView(item=each.code, display_name=each.display_name, left=self._left(each))
            for each in self._choices(item)
        )
        return ItemView(
            item=item.code,
            display_name=item.display_name,
            kind=item.kind,
            price=price_for(self._folio, self._program, item),
            choices=choices,
            left=self._left(item),
            limits_left=limits_left(self._folio, self._program, item, self._now),
            starts_at=item.window.starts_at,
            ends_at=item.window.ends_at,
            reasons=self.reasons(item, None if choices else item, 1, None),
        )

    def cost(self, item: Item, pieces: int, units: int | None) -> Cost:
        """What so many pieces cost."""
        price = price_for(self._folio, self._program, item) or Price()
        return cost_of(self._folio, price, pieces, units)

    def reasons(self, item: Item, chosen: Item | None, pieces: int, units: int | None) -> tuple[Reason, ...]:
        """Everything against an order; nothing is chosen yet where it is None."""
        return tuple(self._reasons(item, chosen, pieces, units))

    def _reasons(self, item: Item, chosen: Item | None, pieces: int, units: int | None) -> Iterator[Reason]:
        folio, program, now = self._folio, self._program, self._now
        yield from frozen(folio, chosen)
        yield from against(folio, program, item, pieces, now)
        if chosen is not None:
            yield from no_room(folio, program, chosen, pieces, now)
        for period, left in limits_left(folio, program, item, now).items():
            if pieces > left:
                yield Reason(why=Why.LIMIT_REACHED, asked=pieces, there=left, detail=period)
        there = self._left_of(item, chosen)
        if there is not None and pieces > there:
            yield Reason(why=Why.OUT_OF_STOCK, asked=pieces, there=there)
        cost = self.cost(item, pieces, units)
        available = folio.balance(cost.unit).available if cost.steps else 0
        if cost.steps > available:
            yield Reason(why=Why.NOT_ENOUGH, asked=cost.steps, there=available, detail=cost.unit)

    def _left_of(self, item: Item, chosen: Item | None) -> int | None:
        """What is left of an item, and of what is chosen, or else of that of which most is left."""
        choices = self._choices(item) if chosen is None else [chosen]
        others = [left for each in choices if (left := self._left(each)) is not None]
        own = self._left(item)
        bounds = [] if own is None else [own]
        if others and len(others) == len(choices):
            bounds.append(max(others))
        return min(bounds, default=None)

    def _choices(self, item: Item) -> list[Item]:
        return (
            [self._program.mall[each] for each in item.gives.items] if isinstance(item.gives, OneOf) else []
        )

    def _left(self, item: Item) -> int | None:
        left = []
        if item.stocked:
            left.append(self._pools.get(item_pool(item.code), 0))
        if item.most is not None:
            left.append(max(0, item.most - self._pools.get(sale_pool(item.code), 0)))
        return min(left, default=None)
