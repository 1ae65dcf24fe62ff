"""Questions about coupons: a member's own, what they are worth for a basket, and stocks. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select

from tallybook.coupons.basket import Basket, check_basket
from tallybook.coupons.evaluation import COUPONS_MAX, Evaluation, evaluate
from tallybook.coupons.facts import Coupon, Reason, Unusable, Why
from tallybook.coupons.holder import facts_of
from tallybook.coupons.moves import OPEN, State
from tallybook.coupons.notes import (
    BASKET,
    CLOSED,
    COUPON,
    BasketNote,
    CouponNote,
    coupon_keys,
    find_basket,
    find_coupon,
)
from tallybook.db.statements import Row
from tallybook.engine.checks import check_id
from tallybook.engine.gather import place_notes
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading, settled
from tallybook.errors import InvalidInput, shown
from tallybook.journal import tables
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, NoteKey, decoded
from tallybook.journal.queries import notes_behind, stored_pools
from tallybook.programs.coupons import CodeForm, stock_pool
from tallybook.programs.program import Program
from tallybook.refusals.coupons import UnknownCoupon, UnknownCouponOrder


class CouponView(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon as it is now; it can be used from `starts_at` on until before `ends_at`.

    `order` is the one that has it reserved or used it. It came back `returns` times.
    """

    coupon: str
    template: str
    display_name: str
    state: State
    since: datetime
    issued_at: datetime
    starts_at: datetime
    ends_at: datetime
    order: str
    has_code: bool
    returns: int


def _view(coupon: str, note: CouponNote, program: Program) -> CouponView:
    return CouponView(
        coupon=coupon,
        template=note.template,
        display_name=program.coupons[note.template].display_name,
        state=note.state,
        since=note.since,
        issued_at=note.issued_at,
        starts_at=note.starts_at,
        ends_at=note.ends_at,
        order=note.order,
        has_code=bool(note.code),
        returns=note.returns,
    )


class GetCoupon(FolioQuery[CouponView], frozen=True, kw_only=True):
    """A coupon of a member. Raises `UnknownMember` or `UnknownCoupon`."""

    coupon: str

    def check(self) -> None:
        check_id("coupon", self.coupon)

    def named_notes(self) -> Sequence[NoteKey]:
        return coupon_keys(self.coupon)

    def answer(self, folio: Folio, program: Program, now: datetime) -> CouponView:
        note = find_coupon(folio, self.coupon)
        if note is None:
            raise UnknownCoupon(member=self.member, coupon=self.coupon)
        return _view(self.coupon, note, program)


class GetCouponOrder(FolioQuery[BasketNote], frozen=True, kw_only=True):
    """The coupons that an order has reserved or used. Raises `UnknownMember` or `UnknownCouponOrder`."""

    order_id: str

    def check(self) -> None:
        check_id("order_id", self.order_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(BASKET, self.order_id)]

    def answer(self, folio: Folio, program: Program, now: datetime) -> BasketNote:
        note = find_basket(folio, self.order_id)
        if note is None:
            raise UnknownCouponOrder(member=self.member, order=self.order_id)
        return note


# --- a member's coupons -----------------------------------------------------------------------------------


class CouponPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a member's coupons; an empty `next_page_token` is the only sign of the end."""

    coupons: tuple[CouponView, ...]
    next_page_token: str


class MyCoupons(PagedQuery[CouponPage], frozen=True, kw_only=True):
    """The coupons of a member in one state, or all that are open, by name.

    By pages: `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownMember` or
    `PageTokenInvalid`.
    """

    member: str
    state: State | None = None

    def check(self) -> None:
        check_id("member", self.member)
        if self.state is not None and self.state not in list(State):
            raise InvalidInput("state", f"must be one of {', '.join(State)}, not {shown(self.state)}")

    def read(self, reading: Reading) -> CouponPage:
        program = reading.program(self.program)
        page = self.page("my_coupons", self.member, self.state or "")
        behind = page.behind
        folio = reading.settled_folio(self.program, self.member)
        found: list[CouponView] = []
        is_end = False
        while len(found) < page.limit and not is_end:
            coupons, is_end = self._next(reading, folio, behind, page.limit)
            found += [_view(name, note, program) for name, note in coupons if self._fits(note)]
            behind = coupons[-1][0] if coupons else behind
        coupons_shown, more = page.turned(found, lambda each: each.coupon)
        return CouponPage(coupons=tuple(coupons_shown), next_page_token=more)

    def _fits(self, note: CouponNote) -> bool:
        return note.state in OPEN if self.state is None else note.state == self.state

    def _next(
        self, reading: Reading, folio: Folio, behind: str, limit: int
    ) -> tuple[list[tuple[str, CouponNote]], bool]:
        """The next coupons that are open or closed, as is asked for, and whether there are no more.

        What time has done since, and nobody has recorded, is on the folio.
        """
        kind = COUPON if self.state is None or self.state in OPEN else CLOSED
        rows = notes_behind(reading.session.connection, self.program, self.member, kind, behind, limit)
        is_end = len(rows) < limit
        last = "" if is_end else rows[-1][0]
        notes: dict[str, Note | None] = dict(rows)
        for (each, name), due in folio.notes.items():
            if each == kind and name > behind and (is_end or name <= last):
                notes[name] = due
        read = ((name, decoded(CouponNote, each)) for name, each in sorted(notes.items()))
        return [(name, each) for name, each in read if each is not None], is_end


# --- what they are worth ----------------------------------------------------------------------------------


class BasketEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What a member's coupons are worth for a basket. So many coupons as are `left_out` were too many to look
    at: those that end last.
    """

    evaluation: Evaluation
    left_out: int


class EvaluateBasket(HistoryQuery[BasketEvaluation], frozen=True, kw_only=True):
    """What the coupons that a member can use are worth for a basket: each, why not, and the best together.

    Those that the basket's own order has reserved can be used, those of other orders cannot. Raises
    `UnknownMember`, or `InvalidInput` for a basket that makes no sense.
    """

    member: str
    basket: Basket

    def check(self) -> None:
        check_id("member", self.member)
        check_basket(self.basket)

    def read(self, reading: Reading) -> BasketEvaluation:
        program = reading.program(self.program)
        note = tables.note.c
        query = select(*(note[name] for name in ("program", "member", *tables.NOTE_COLUMNS))).where(
            note.program == self.program, note.member == self.member, note.kind == COUPON
        )
        rows: list[Row] = [tuple(row) for row in reading.session.connection.execute(query)]
        batch = reading.folios([(self.program, self.member)])
        place_notes(batch.folios, rows)
        folio = settled(batch, self.program, self.member, reading.kinds.effects)
        usable, reserved = self._split(folio)
        usable.sort(key=lambda each: (each.ends_at, each.coupon))
        chosen = usable[:COUPONS_MAX]
        found = evaluate(self.basket, chosen, reading.now, program, facts_of(folio, program))
        found = msgspec.structs.replace(
            found,
            unusable=tuple(sorted((*found.unusable, *reserved), key=lambda each: each.coupon)),
            is_proven=found.is_proven and len(chosen) == len(usable),
        )
        return BasketEvaluation(evaluation=found, left_out=len(usable) - len(chosen))

    def _split(self, folio: Folio) -> tuple[list[Coupon], list[Unusable]]:
        """The coupons that the order can have, and those that others have reserved."""
        free, reserved = [], []
        for (kind, coupon), body in folio.notes.items():
            note = decoded(CouponNote, body) if kind == COUPON else None
            if note is None:
                continue
            if note.state is State.RESERVED and note.order != self.basket.order_id:
                why = (Reason(why=Why.RESERVED, detail=note.order),)
                reserved.append(Unusable(coupon=coupon, template=note.template, reasons=why))
            else:
                free.append(note.facts(coupon))
        return free, reserved


# --- templates --------------------------------------------------------------------------------------------


class TemplateView(msgspec.Struct, frozen=True, kw_only=True):
    """A template of the program in force. `left` is what its stock has still, None without a stock.

    `is_claimable` says whether members can take its coupons themselves now.
    """

    template: str
    display_name: str
    currency: str
    code_form: CodeForm
    fund: str
    stock: int | None
    left: int | None
    is_claimable: bool


class ListCouponTemplates(HistoryQuery[tuple[TemplateView, ...]], frozen=True, kw_only=True):
    """The coupon templates of a program, by name, with what is left of them. Raises `UnknownProgram`."""

    def read(self, reading: Reading) -> tuple[TemplateView, ...]:
        program = reading.program(self.program)
        pools = stored_pools(reading.session.connection, self.program)
        return tuple(
            TemplateView(
                template=code,
                display_name=each.display_name,
                currency=each.currency,
                code_form=each.code_form,
                fund=each.fund,
                stock=each.stock,
                left=None if each.stock is None else max(0, each.stock - pools.get(stock_pool(code), 0)),
                is_claimable=each.claims is not None and each.claims.is_open(reading.now),
            )
            for code, each in sorted(program.coupons.items())
        )
