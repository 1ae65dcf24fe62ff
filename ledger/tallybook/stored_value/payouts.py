"""Payouts: principal set aside to be paid back, until the gateway has. Pure: no clock, no database.

The money is held before the gateway is called, so that it cannot be spent meanwhile, and posted when the
gateway has paid. A payout that nobody confirms is taken back when its time is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from tallybook.engine.desk import Desk
from tallybook.journal.accounts import (
    AVAILABLE,
    BONUS,
    FORFEITED,
    HELD,
    PRINCIPAL,
    REFUNDED,
    VESTED,
    Posting,
)
from tallybook.journal.calendar import Calendar
from tallybook.journal.folio import Folio
from tallybook.journal.holds import HeldLot
from tallybook.journal.settle import Effect, release_lots
from tallybook.members.layers import Layers, Part, with_changed
from tallybook.members.passbook import Page, check_limit, moved_today, page_of, put_page
from tallybook.programs.stored_value import StoredValue
from tallybook.refusals.money import PayoutExceedsValue, PayoutExists
from tallybook.stored_value.moved import MoneyMoved
from tallybook.stored_value.notes import (
    TIMED_OUT,
    TOP_UP,
    PayoutNote,
    find_payout,
    find_top_up,
    moved_to,
    put_payout,
    put_top_up,
)
from tallybook.stored_value.payable import Payable, parts_of, total


class PayoutOpened(MoneyMoved, frozen=True, kw_only=True):
    """`amount` is set aside under `payout_id` until `deadline`, to be paid back.

    So are `bonus`, which is forfeited with it, and `charged`: principal for bonus that was spent already.
    """

    payout_id: str
    bonus: int
    charged: int
    deadline: datetime


class PayoutClosed(MoneyMoved, frozen=True, kw_only=True):
    """The payout is over: `amount` was paid back and the rest forfeited, or all of it is available again."""

    payout_id: str
    bonus: int
    charged: int
    lapsed: int = 0
    """Was past its day when it came back."""
    payment: str = ""
    """What the payment is called elsewhere."""


def open_payout(
    desk: Desk, rules: StoredValue, payout: str, asked: int, payable: list[Payable], top_up: str = ""
) -> PayoutOpened:
    """Set money aside; raises `PayoutExists`, `PayoutExceedsValue` or `LimitExceeded`."""
    folio, unit = desk.folio, rules.unit
    if find_payout(folio, payout) is not None:
        raise PayoutExists(member=folio.member, payout=payout)
    most = total(payable)
    if not 0 < asked <= most:
        raise PayoutExceedsValue(unit=unit, asked=asked, payable=most)
    page = page_of(folio, unit)
    check_limit(rules.payout, unit, "payout", asked, page.on(desk.today).payout)
    parts = parts_of(payable, asked, rules)
    bonus, charged = sum(part.bonus for part in parts), sum(part.charged for part in parts)
    lots = (*_hold(folio, unit, PRINCIPAL, asked + charged), *_hold(folio, unit, BONUS, bonus))
    put_page(folio, unit, moved_today(_reserved(page, parts), desk.today, payout=asked))
    deadline = desk.now + timedelta(seconds=rules.payout_seconds)
    note = PayoutNote(
        unit=unit,
        amount=asked,
        day=desk.today,
        lots=lots,
        parts=parts,
        bonus=bonus,
        charged=charged,
        top_up=top_up,
    )
    put_payout(folio, payout, note, deadline)
    _note_on_top_up(folio, note, 1)
    desk.subject = payout
    return PayoutOpened(
        entry=desk.entry,
        recorded_at=desk.now,
        unit=unit,
        amount=asked,
        balance=desk.balance(unit),
        payout_id=payout,
        bonus=bonus,
        charged=charged,
        deadline=deadline,
    )


def _hold(folio: Folio, unit: str, fund: str, amount: int) -> list[HeldLot]:
    """Hold so much of a fund, what lapses first first."""
    lots = sorted(key for key, _ in folio.lots_of(unit, AVAILABLE) if key.fund == fund)
    held = []
    for key in lots:
        part = min(folio.lots[key], amount)
        amount -= part
        if part:
            folio.post(Posting(unit, fund, VESTED, key.expires_on, AVAILABLE, HELD, part))
            held.append(HeldLot(fund, key.expires_on, part))
    assert not amount, "layers have no more than lots"
    return held


def _reserved(page: Page, parts: Sequence[Part], sign: int = 1) -> Page:
    """A page with these parts on their way back, or with them there again where `sign` is -1."""
    layers = page.layers
    for part in parts:
        layers = with_changed(
            layers,
            part.top_up,
            paid=-sign * (part.amount + part.charged),
            granted=-sign * (part.bonus + part.charged),
            principal=-sign * (part.amount + part.charged),
            bonus=-sign * part.bonus,
            bonus_spent=-sign * part.charged,
            reserved=sign * part.amount,
        )
    return _with_reserves(page, layers, parts, sign)


def _with_reserves(page: Page, layers: Layers, parts: Sequence[Part], sign: int) -> Page:
    return msgspec.structs.replace(
        page,
        layers=layers,
        reserved=page.reserved + sign * sum(part.amount + part.charged for part in parts),
        reserved_bonus=page.reserved_bonus + sign * sum(part.bonus for part in parts),
    )


def pay_out(folio: Folio, note: PayoutNote) -> None:
    """Post what was set aside: `amount` of the principal was paid back, and the rest is forfeited."""
    page, charged = page_of(folio, note.unit), note.charged
    for lot in note.lots:
        forfeited = lot.amount if lot.fund == BONUS else min(charged, lot.amount)
        charged -= forfeited if lot.fund == PRINCIPAL else 0
        for target, amount in ((FORFEITED, forfeited), (REFUNDED, lot.amount - forfeited)):
            if amount:
                folio.post(Posting(note.unit, lot.fund, VESTED, lot.expires_on, HELD, target, amount))
    layers = page.layers
    for part in note.parts:
        layers = with_changed(layers, part.top_up, reserved=-part.amount)
    put_page(folio, note.unit, _with_reserves(page, layers, note.parts, -1))


def take_back(
    folio: Folio, payout: str, note: PayoutNote, state: str, calendar: Calendar, now: datetime
) -> int:
    """Make available again what was set aside; what is past its day lapses. Returns what lapsed."""
    page = _reserved(page_of(folio, note.unit), note.parts, -1)
    lapsed = release_lots(folio, note.unit, note.lots, calendar, calendar.today(now))
    if page.today is not None and page.today.day == note.day:
        page = moved_today(page, note.day, payout=-note.amount)
    put_page(folio, note.unit, page)
    _note_on_top_up(folio, note, -1)
    put_payout(folio, payout, msgspec.structs.replace(note, state=moved_to(note, state)))
    return lapsed


def _note_on_top_up(folio: Folio, note: PayoutNote, sign: int) -> None:
    """Count on the top-up what is paid back of it; a reader that has not asked for it does without."""
    if (TOP_UP, note.top_up) not in folio.notes:
        return
    top_up = find_top_up(folio, note.top_up)
    assert top_up is not None, "what is paid back was paid in"
    counted = msgspec.structs.replace(
        top_up,
        refunded=top_up.refunded + sign * note.amount,
        forfeited=top_up.forfeited + sign * (note.bonus + note.charged),
    )
    put_top_up(folio, note.top_up, counted)


def closed(desk: Desk, payout: str, note: PayoutNote, *, lapsed: int = 0, payment: str = "") -> PayoutClosed:
    """The reply of what closes a payout."""
    desk.subject = payout
    return PayoutClosed(
        entry=desk.entry,
        recorded_at=desk.now,
        unit=note.unit,
        amount=note.amount,
        balance=desk.balance(note.unit),
        payout_id=payout,
        bonus=note.bonus,
        charged=note.charged,
        lapsed=lapsed,
        payment=payment,
    )


def _time_out(folio: Folio, calendar: Calendar, payout: str, at: datetime) -> None:
    note = find_payout(folio, payout)
    assert note is not None, "what falls due is there"
    take_back(folio, payout, note, TIMED_OUT, calendar, at)


TIME_OUT_PAYOUT = Effect("payout_timed_out", _time_out)
"""What time does to a payout that nobody has confirmed."""
