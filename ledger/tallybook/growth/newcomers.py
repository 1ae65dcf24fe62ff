"""What an order of a newcomer's comes to for those who brought them. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tallybook.engine.desk import Desk
from tallybook.growth.commissions import Brought, bring, take_back_of
from tallybook.growth.referral_notes import AWAITED, COMMISSION, REFEREE, NewcomerNote, newcomer_note
from tallybook.growth.referrals import (
    OrderNow,
    awaits_other,
    is_over,
    reward_newcomer,
    reward_referrer,
    tell_referrer,
)
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.journal.notes import NoteKey
from tallybook.programs.program import Program

REFERRAL: Final = "referral"
"""The entry on two members that tells a referrer of a newcomer's order. Where it brings a commission, it is
of kind `commission`."""


def referrer_handles(program: Program, holders: Mapping[NoteKey, str], member: str) -> list[NoteKey]:
    """The handles by which an order finds those who brought its member, as far as it may concern them.

    Without a commission it does until the first purchase has counted, so whoever brings many newcomers is not
    held up by them for ever.
    """
    terms = program.referrals
    if terms is None:
        return []
    if terms.commission is None and (AWAITED, member) not in holders:
        return [(AWAITED, member)]
    handles = [(AWAITED, member), (REFEREE, member)]
    referrer = holders.get((REFEREE, member))
    if terms.commission is not None and terms.commission.levels > 1 and referrer is not None:
        handles.append((REFEREE, referrer))
    return handles


def follow_order(desk: Desk, order: OrderNow) -> None:
    """Do to those who brought the desk's member what an order brings as it stands now, each on an entry of
    its own. Nothing else may stand unsealed on the desk.
    """
    note = newcomer_note(desk.folio)
    if note is not None and (order.at, order.entry) < (note.bound_at, note.bound_entry):
        note = None  # of what was told in the moment of the binding, what came before it does not count
    referrers = () if note is None else _referrers(desk)
    first = referrers[0] if referrers else None
    is_other = note is not None and awaits_other(desk.folio, order)
    if is_other and first is not None:
        tell_referrer(desk.folio, first)
    told = _brought(desk, order, note, referrers)
    if is_other and first is not None and first.member not in told:
        desk.seal_part(REFERRAL, Brought(order=order.order_id, referrer=first.member), other=first)
    if note is None:
        return
    if is_over(desk.folio, desk.now):
        reward_newcomer(desk.folio, desk.program, desk.now)
        if first is not None:
            reward_referrer(first, desk.program, desk.folio.member, desk.now)
            desk.seal_part(REFERRAL, Brought(order=order.order_id, referrer=first.member), other=first)


def _brought(
    desk: Desk, order: OrderNow, note: NewcomerNote | None, referrers: Sequence[Folio | None]
) -> set[str]:
    """Give what a new order brings, or take back what one brings no more; returns whose pages tell of it."""
    told = set()
    if not order.is_new:
        for page, given_to, each in take_back_of(desk, order):
            other = None if page is desk.folio else page
            subject = "" if page.member == given_to else given_to
            desk.seal_part(COMMISSION, each, other=other, subject=subject)
            told.add(page.member)
    elif note is not None:
        for page, each in bring(desk, order, note.bound_at, referrers):
            desk.seal_part(COMMISSION, each, other=page)
            told.add(page.member)
    return told


def _referrers(desk: Desk) -> Sequence[Folio | None]:
    """The folios of those who brought the member, by level, as far as they were named.

    None for one who has become one with somebody else, and for oneself, as a merge may have it.
    """
    found: list[Folio | None] = []
    for kind, key in referrer_handles(desk.program, desk.holders, desk.folio.member):
        if kind == REFEREE:
            referrer = desk.holder(kind, key)
            is_gone = referrer is None or referrer is desk.folio or merged_into(referrer)
            found.append(None if is_gone else referrer)
    return found
