"""The passbook: what a member's money is, besides lots, as a resident note. Pure: no clock, no database.

Spending changes it, whoever spends: the points slice through holds, stored value at the till, an order whose
goods come back. So it lies below the slices.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

import msgspec

from tallybook.engine.desk import Desk
from tallybook.journal.accounts import AVAILABLE, BONUS, HELD, PRINCIPAL
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.members.layers import Layers, given_back, kept, trimmed
from tallybook.programs.stored_value import UNLIMITED, Limit, StoredValue
from tallybook.refusals.money import BalanceLimitExceeded, LimitExceeded

PASSBOOK: Final = "passbook"


class Today(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was moved on one day: paid in, spent, and asked to be paid back."""

    day: date
    top_up: int = 0
    spend: int = 0
    payout: int = 0


class Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept about one unit of money.

    `reserved` of principal and bonus are held for payouts; the layers leave them out. `promised` is what
    top-ups that wait for their payment will bring; `top_ups` counts those and the confirmed ones, and
    `plan_times` how often a plan was had.
    """

    layers: Layers = ()
    reserved: int = 0
    reserved_bonus: int = 0
    promised: int = 0
    top_ups: int = 0
    plan_times: Mapping[str, int] = {}
    today: Today | None = None

    def on(self, day: date) -> Today:
        """What was moved on a day. Days do not go back, even where the program's time zone does."""
        if self.today is None or self.today.day < day:
            return Today(day)
        return self.today


class Passbook(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The pages by unit, and whether the member is known by name."""

    pages: Mapping[str, Page] = {}
    is_named: bool = False


_encode = msgspec.json.Encoder(order="deterministic").encode


class Funds(NamedTuple):
    """Principal and bonus."""

    principal: int
    bonus: int


def funds_in(folio: Folio, unit: str, *accounts: str) -> Funds:
    """What of a unit of money lies in accounts of a member."""
    sums = {PRINCIPAL: 0, BONUS: 0}
    for key, amount in folio.lots.items():
        if key.unit == unit and key.account in accounts:
            sums[key.fund] = sums.get(key.fund, 0) + amount
    return Funds(sums[PRINCIPAL], sums[BONUS])


def passbook_of(folio: Folio) -> Passbook:
    """A member's passbook, blank before the first top-up."""
    return decoded(Passbook, folio.note(PASSBOOK)) or Passbook()


def put_passbook(folio: Folio, passbook: Passbook) -> None:
    """Write the passbook, where it has changed."""
    if passbook != passbook_of(folio):
        _write(folio, passbook)


def _write(folio: Folio, passbook: Passbook) -> None:
    folio.put_note(PASSBOOK, Note(_encode(passbook).decode()))


def page_of(folio: Folio, unit: str) -> Page:
    """A page as things are: without what has lapsed since it was written."""
    page = passbook_of(folio).pages.get(unit, Page())
    return _cut(folio, unit, page, spent=False)


def put_page(folio: Folio, unit: str, page: Page) -> None:
    """Write a page, where it has changed."""
    book = passbook_of(folio)
    page = msgspec.structs.replace(page, layers=kept(page.layers))
    if page != book.pages.get(unit):
        _write(folio, msgspec.structs.replace(book, pages={**book.pages, unit: page}))


def _cut(folio: Folio, unit: str, page: Page, *, spent: bool) -> Page:
    layers = _layers_left(folio, unit, page, spent=spent)
    return page if layers is page.layers else msgspec.structs.replace(page, layers=layers)


def _layers_left(folio: Folio, unit: str, page: Page, *, spent: bool) -> Layers:
    there = funds_in(folio, unit, AVAILABLE, HELD)
    return trimmed(
        page.layers, there.principal - page.reserved, there.bonus - page.reserved_bonus, spent=spent
    )


def layers_unheld(folio: Folio, unit: str, page: Page) -> Layers:
    """The layers as if all that is held for spending were spent: so it cannot be paid back meanwhile."""
    there = funds_in(folio, unit, AVAILABLE)
    return trimmed(page.layers, there.principal, there.bonus, spent=True)


def check_room(folio: Folio, rules: StoredValue, page: Page, added: int) -> None:
    """Raise `BalanceLimitExceeded` where a member would have more than the law allows, promises included."""
    most = rules.named_most if passbook_of(folio).is_named else rules.unnamed_most
    if most is None:
        return
    left = most - sum(funds_in(folio, rules.unit, AVAILABLE, HELD)) - page.promised
    if added > left:
        raise BalanceLimitExceeded(unit=rules.unit, asked=added, left=max(0, left), most=most)


# --- spending --------------------------------------------------------------------------------------------


def check_spending(desk: Desk, unit: str, amount: int) -> None:
    """Raise `LimitExceeded` where a member would spend too much; what is held counts as spent today."""
    limit = _limit_of_spending(desk, unit)
    if not limit.is_none:
        check_limit(limit, unit, "spend", amount, _spent_today(desk, unit))


def spending_left(desk: Desk, unit: str, before: int = 0) -> int | None:
    """The most that `check_spending` lets a member spend at once, behind `before` that is spent first; None
    is without bounds.
    """
    limit = _limit_of_spending(desk, unit)
    if limit.a_day is None:
        return limit.at_once
    left = max(0, limit.a_day - _spent_today(desk, unit) - before)
    return left if limit.at_once is None else min(left, limit.at_once)


def _limit_of_spending(desk: Desk, unit: str) -> Limit:
    rules = desk.program.stored_value.get(unit)
    return UNLIMITED if rules is None else rules.spend


def _spent_today(desk: Desk, unit: str) -> int:
    page = page_of(desk.folio, unit)
    held = sum(funds_in(desk.folio, unit, HELD)) - page.reserved - page.reserved_bonus
    return page.on(desk.today).spend + held


def check_limit(limit: Limit, unit: str, what: str, asked: int, moved: int) -> None:
    """Raise `LimitExceeded` for more than may be moved at once, or today with what was `moved` before."""
    if limit.at_once is not None and asked > limit.at_once:
        raise LimitExceeded(unit=unit, what=what, period="at_once", asked=asked, left=limit.at_once)
    if limit.a_day is not None and asked > limit.a_day - moved:
        left = max(0, limit.a_day - moved)
        raise LimitExceeded(unit=unit, what=what, period="a_day", asked=asked, left=left)


def moved_today(page: Page, day: date, *, top_up: int = 0, payout: int = 0) -> Page:
    """A page with what is paid in today, or asked to be paid back."""
    was = page.on(day)
    today = Today(was.day, was.top_up + top_up, was.spend, was.payout + payout)
    return msgspec.structs.replace(page, today=today)


def note_spent(folio: Folio, unit: str, page: Page, amount: int, day: date) -> None:
    """Write down what was just posted as spent; `page` is as it was before."""
    layers = kept(_layers_left(folio, unit, page, spent=True))
    was = page.on(day)
    today = Today(was.day, was.top_up, was.spend + amount, was.payout)
    page = msgspec.structs.replace(page, layers=layers, today=today)
    book = passbook_of(folio)
    _write(folio, msgspec.structs.replace(book, pages={**book.pages, unit: page}))


def note_given_back(desk: Desk, unit: str, page: Page, back: Funds, bonus_owed: int) -> None:
    """Write down what was just posted back of a spending; `page` is as it was before.

    It does not make room for more spending on the same day.
    """
    layers = given_back(page.layers, back.principal, back.bonus, bonus_owed)
    put_page(desk.folio, unit, msgspec.structs.replace(page, layers=layers))
