"""What every order of a newcomer's brings to whoever brought them. Pure: no clock, no database.

It is a function of the order as it stands: a rate of what counts as spent, rounded once, of which refunds
take back what they take of any reward. What was given is filed with the newcomer, so that what is taken back
is never more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from tallybook.engine.desk import Desk
from tallybook.growth.giving import can_hold
from tallybook.growth.portions import units_portion
from tallybook.growth.postings import take_back
from tallybook.growth.referral_notes import (
    COMMISSION,
    CommissionNote,
    Share,
    commission_note,
    put_commission,
    put_referee,
    put_referrer,
    referee_note,
    referrer_note,
    with_earned,
)
from tallybook.growth.referrals import OrderNow
from tallybook.growth.timely import may_be_given
from tallybook.journal.accounts import ISSUED
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot, credit
from tallybook.members.merges import goes_on
from tallybook.programs.expiry import after_months
from tallybook.programs.referrals import Commission
from tallybook.programs.rewards import UnitsReward
from tallybook.programs.rounding import rounded


class Brought(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The reply on an entry that tells a referrer of a newcomer's order: what it has brought at a level.

    `steps` of `unit` were given, or taken back where they are below zero; `forgiven` were to be taken back,
    and were spent. Level 1 is whoever brought the newcomer.
    """

    order: str
    referrer: str
    level: int = 1
    unit: str = ""
    steps: int = 0
    forgiven: int = 0


def bring(
    desk: Desk, order: OrderNow, bound_at: datetime, referrers: Sequence[Folio | None]
) -> Iterator[tuple[Folio, Brought]]:
    """Give what a new order brings to those who brought the desk's member, by level.

    The postings on each of the folios stay to be sealed.
    """
    desk.folio.notes.setdefault((COMMISSION, order.order_id), None)
    shares = [
        None if referrer is None else _share(desk, order, bound_at, level, referrer)
        for level, referrer in enumerate(referrers)
    ]
    if any(shares):
        put_commission(desk.folio, order.order_id, CommissionNote(tuple(shares)))
    for level, (referrer, share) in enumerate(zip(referrers, shares, strict=True), start=1):
        if referrer is not None and share is not None:
            yield (
                referrer,
                Brought(
                    order=order.order_id,
                    referrer=share.referrer,
                    level=level,
                    unit=share.unit,
                    steps=share.left,
                ),
            )


# --- giving ----------------------------------------------------------------------------------------------


def _share(desk: Desk, order: OrderNow, bound_at: datetime, level: int, referrer: Folio) -> Share | None:
    """Give a referrer the share in a new order, if there is one. Who may not earn gets none, later either."""
    terms = None if order.program.referrals is None else order.program.referrals.commission
    if terms is None or level >= len(terms.rates) or not may_be_given(referrer):
        return None
    if order.currency != terms.currency or _is_past(order, bound_at, terms):
        return None
    numerator, denominator = terms.rates[level]
    steps = rounded(order.spend * numerator, denominator, terms.rounding)
    left = order.kept(steps)
    reward = UnitsReward(terms.unit, terms.fund, left, terms.vesting_days)
    if not left or not can_hold(referrer, terms.unit, left):
        return None
    portion = units_portion(reward, order.program.units[terms.unit], order.program.today(order.at))
    lot = Lot(terms.unit, terms.fund, portion.vests_on, portion.expires_on)
    credit(referrer, lot, ISSUED, left, desk.program, desk.today)
    _note_earned(referrer, desk.folio.member, level, terms.unit, left)
    return Share(
        referrer=referrer.member,
        unit=lot.unit,
        fund=lot.fund,
        vests_on=lot.vests_on,
        expires_on=lot.expires_on,
        steps=steps,
        left=left,
        entry=referrer.next_version,
    )


def _is_past(order: OrderNow, bound_at: datetime, terms: Commission) -> bool:
    """Whether an order lies behind the months in which orders bring something, their last day included."""
    if terms.months is None:
        return False
    last = after_months(order.program.today(bound_at), terms.months)
    return order.program.today(order.at) > last


# --- taking back -----------------------------------------------------------------------------------------


def take_back_of(desk: Desk, order: OrderNow) -> Iterator[tuple[Folio, str, Brought]]:
    """Take back what an order has brought and brings no more, from the pages that go on for those to whom it
    was given; and whom that was.

    Each has to be sealed before the next: two may have become one.
    """
    note = commission_note(desk.folio, order.order_id)
    shares = [] if note is None else list(note.shares)
    for level, share in enumerate(shares):
        less = 0 if share is None else share.left - order.kept(share.steps)
        if share is not None and less:
            shares[level] = replace(share, left=share.left - less)
            put_commission(desk.folio, order.order_id, CommissionNote(tuple(shares)))
            page, since = goes_on(desk, share.referrer)
            yield page, share.referrer, _taken(desk, order, level, share, page, since or share.entry, less)


def _taken(
    desk: Desk, order: OrderNow, level: int, share: Share, page: Folio, since: int, less: int
) -> Brought:
    lot = Lot(share.unit, share.fund, share.vests_on, share.expires_on)
    taken = take_back(page, desk.program, lot, less, since)
    newcomer = share.newcomer or desk.folio.member
    _note_earned(page, newcomer, level, share.unit, taken.forgiven - less)
    return Brought(
        order=order.order_id,
        referrer=page.member,
        level=level + 1,
        unit=share.unit,
        steps=taken.forgiven - less,
        forgiven=taken.forgiven,
    )


def _note_earned(referrer: Folio, newcomer: str, level: int, unit: str, steps: int) -> None:
    put_referrer(referrer, with_earned(referrer_note(referrer), unit, steps))
    note = None if level else referee_note(referrer, newcomer)
    if note is not None:
        put_referee(referrer, newcomer, with_earned(note, unit, steps))
