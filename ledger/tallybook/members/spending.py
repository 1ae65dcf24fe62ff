"""Spending and giving back what was spent, of points and of money alike. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tallybook.engine.desk import Desk
from tallybook.errors import NotEnoughPoints, NotRedeemable
from tallybook.journal.accounts import BONUS, NEVER, PRINCIPAL, LotKey, Posting
from tallybook.journal.calendar import last_day, spare
from tallybook.journal.moves import (
    Credited,
    backwards,
    crossings,
    plan_in_proportion,
    plan_spending,
    restore,
)
from tallybook.journal.originals import Original
from tallybook.members.passbook import Funds, note_given_back, note_spent, page_of, spending_left
from tallybook.members.velocity import count, velocity_left
from tallybook.programs.program import Unit
from tallybook.programs.velocity import What
from tallybook.refusals.money import MoneyUnit, NotEnoughValue


def points_unit(desk: Desk, code: str) -> Unit:
    """A unit that points commands move; raises `UnknownUnit`, or `MoneyUnit` for money."""
    unit = desk.unit(code)
    if unit.is_money:
        raise MoneyUnit(unit=code)
    return unit


def choose_lots(desk: Desk, unit: Unit, amount: int, allow_partial: bool = False) -> list[tuple[LotKey, int]]:
    """The lots that `amount` is spent from, which counts as spent from now on.

    Raises `NotRedeemable`, `NotEnoughPoints`, `NotEnoughValue` or `VelocityExceeded`.
    """
    if not unit.redeemable:
        raise NotRedeemable(unit=unit.code, kind=unit.kind)
    plan = plan_in_proportion if unit.in_proportion else plan_spending
    parts, missing = plan(desk.folio, unit.code, amount, unit.spend_key)
    if missing and not (allow_partial and parts):
        refused = NotEnoughValue if unit.is_money else NotEnoughPoints
        raise refused(unit=unit.code, asked=amount, available=amount - missing)
    count(desk, _counted_as(unit), amount - missing, unit.code)
    return parts


def spendable(desk: Desk, unit: Unit, before: int = 0) -> int:
    """The most that a member can spend at once, behind `before` that is spent first: what is available, as
    far as limits of spending and velocity let go of it.
    """
    most = desk.balance(unit.code).available - before
    by_velocity = velocity_left(desk, _counted_as(unit), unit.code)
    if by_velocity is not None:
        most = min(most, by_velocity - before)
    by_limit = spending_left(desk, unit.code, before) if unit.is_money else None
    return max(0, most if by_limit is None else min(most, by_limit))


def _counted_as(unit: Unit) -> What:
    return What.MONEY_SPENT if unit.is_money else What.UNITS_REDEEMED


def post_spending(desk: Desk, unit: Unit, postings: Sequence[Posting]) -> None:
    """Post what is spent for good; of money, the passbook tells which top-ups it was of."""
    page = page_of(desk.folio, unit.code) if unit.is_money else None
    for posting in postings:
        desk.folio.post(posting)
    if page is not None:
        note_spent(desk.folio, unit.code, page, sum(posting.amount for posting in postings), desk.today)


class GivenBack(NamedTuple):
    """Where what was given back went, and, of money, what it is of each fund."""

    credited: Credited
    funds: Funds


def give_back(desk: Desk, unit: Unit, original: Original, amount: int) -> GivenBack:
    """Give back `amount` of what an entry spent: to the lots it came from, the last used first.

    Where a lot has lapsed meanwhile, of itself or because the member did nothing, the program says how long
    what goes back there can be spent.
    """
    page = page_of(desk.folio, unit.code) if unit.is_money else None

    def renewed(fund: str, expires_on: date) -> date:
        return desk.program.renewed(unit, expires_on, desk.today, fund)

    if last_day(desk.folio, desk.program, unit.code, NEVER) < desk.today:
        spared_until = desk.program.spared_until(unit, desk.now)
        if spared_until is not None:
            spare(desk.folio, spared_until)
    fresh = unit.expires_on(desk.today)
    credited = restore(desk.folio, original, amount, renewed, fresh, desk.program, desk.today)
    _, outward = crossings(original.postings)
    back = _of_funds(backwards(outward, original.reversed, amount))
    if page is not None:
        left = sum(posting.amount for posting in outward) - original.reversed - amount
        owed = _of_funds(backwards(outward, original.reversed + amount, left)).bonus
        note_given_back(desk, unit.code, page, back, owed)
    return GivenBack(credited, back)


def _of_funds(parts: Iterable[tuple[Posting, int]]) -> Funds:
    sums = {PRINCIPAL: 0, BONUS: 0}
    for posting, part in parts:
        sums[posting.fund] = sums.get(posting.fund, 0) + part
    return Funds(sums[PRINCIPAL], sums[BONUS])
