"""Moving money from one folio to another: transfers, and what is on cards. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from tallybook.journal.accounts import BONUS, PRINCIPAL, TRANSFERRED, VESTED, LotKey
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot, credit, move_out
from tallybook.members.freeze import Scope, check_not_frozen
from tallybook.members.layers import with_received
from tallybook.members.passbook import Funds, check_room, note_spent, page_of, put_page
from tallybook.programs.program import Program
from tallybook.programs.stored_value import StoredValue

Parts = Sequence[tuple[LotKey, int]]


def move_value(
    giver: Folio, receiver: Folio, rules: StoredValue, parts: Parts, program: Program, today: date
) -> Funds:
    """Move parts of the giver's lots, each with its fund and its expiry; returns what it was of each fund.

    The giver has spent it: what was bonus of a top-up is charged when that is paid back. The receiver can
    spend it, and is not paid it back: the money was not theirs. Raises `MemberFrozen` or
    `BalanceLimitExceeded` for the receiver.
    """
    amount = sum(part for _, part in parts)
    giver_page, page = page_of(giver, rules.unit), page_of(receiver, rules.unit)
    check_not_frozen(receiver, Scope.EARN)
    check_room(receiver, rules, page, amount)
    move_out(giver, parts, TRANSFERRED)
    note_spent(giver, rules.unit, giver_page, amount, today)
    for key, part in parts:
        lot = Lot(key.unit, key.fund, VESTED, key.expires_on)
        credit(receiver, lot, TRANSFERRED, part, program, today)
    principal = sum(part for key, part in parts if key.fund == PRINCIPAL)
    received = with_received(page.layers, principal)
    put_page(receiver, rules.unit, msgspec.structs.replace(page, layers=received))
    return Funds(principal, sum(part for key, part in parts if key.fund == BONUS))
