"""Money comes in, with what is added to it. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec

from tallybook.engine.desk import Desk
from tallybook.journal.accounts import BONUS, BONUS_COST, CASH_IN, PRINCIPAL, VESTED
from tallybook.journal.moves import Lot, credit
from tallybook.members.layers import Layer
from tallybook.members.passbook import Page, put_page


class PaidIn(NamedTuple):
    """The last days of what came in; there may be no bonus."""

    principal_until: date
    bonus_until: date | None


def pay_in(desk: Desk, unit: str, page: Page, top_up: str, amount: int, bonus: int = 0) -> PaidIn:
    """Post what a top-up brings, and write it on the page, which is as it was before."""
    folio, rules, today = desk.folio, desk.unit(unit), desk.today
    principal_until = rules.expires_on(today, PRINCIPAL)
    bonus_until = rules.expires_on(today, BONUS) if bonus else None
    credit(folio, Lot(unit, PRINCIPAL, VESTED, principal_until), CASH_IN, amount, desk.program, today)
    if bonus_until is not None:
        credit(folio, Lot(unit, BONUS, VESTED, bonus_until), BONUS_COST, bonus, desk.program, today)
    layer = Layer(top_up=top_up, paid=amount, granted=bonus, principal=amount, bonus=bonus)
    put_page(folio, unit, msgspec.structs.replace(page, layers=(*page.layers, layer)))
    return PaidIn(principal_until, bonus_until)
