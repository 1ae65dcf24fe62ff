"""Posts what tasks and tiers give, and what is taken back of it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import msgspec

from tallybook.growth.gifts import Went, give_gift, take_gift
from tallybook.growth.giving import can_hold
from tallybook.growth.growing import Sums
from tallybook.growth.growth import GivenNote, put_given
from tallybook.growth.portions import is_unit, plan_in, template_in
from tallybook.growth.task_state import Portion
from tallybook.journal.accounts import AVAILABLE, ISSUED, NEVER, PENDING, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Credited, Lot, Shortfall, Taken, claw_back, credit
from tallybook.journal.originals import Original, lapses
from tallybook.programs.program import Program


class Given(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a task or a tier gave: `amount` steps of `unit`, below zero where they were taken back.

    Or else so many coupons of `template`, with their names, or days of `plan`. Of these, `stayed` is what was
    to be taken back and was used; or what is not given once more because it has stayed before.

    `source` is such as task/five_orders/2026-11-01, with the first day of the task's period, or
    tier/status/gold/1, with how often it was reached, or the first day of a periodic grant's period.
    """

    source: str
    amount: int
    unit: str = ""
    fund: str = ""
    vests_on: date = VESTED
    expires_on: date = NEVER
    template: str = ""
    plan: str = ""
    coupons: tuple[str, ...] = ()
    stayed: int = 0


Posted = tuple[Given, Credited | Taken | None]
"""What was given or taken back, and where units went or came from."""


def added(before: Mapping[str, GivenNote], more: Mapping[str, Sums]) -> dict[str, Sums]:
    """What is given in all where a story went on: what was given before, and what came or went since."""
    found = {}
    for key, sums in more.items():
        total = _held(before.get(key))
        for lot, steps in sums.items():
            total[lot] = total.get(lot, 0) + steps
        found[key] = total
    return found


def post_given(
    folio: Folio,
    program: Program,
    at: datetime,
    before: Mapping[str, GivenNote],
    after: Mapping[str, Mapping[Lot, int]],
    on: Mapping[str, date] | None = None,
    by: Mapping[tuple[str, Lot], Program] | None = None,
) -> Iterator[Posted]:
    """Post what is to be given `after` all against what was given before, by what for; and file it with the
    day that it is given `on`, where that is known. What has no lots at all is filed as nothing. Coupons are
    those of the revision that they are given `by`, where that is known.

    What is taken back has to have been gathered: with its note, all that expired of the member's, and all
    open coupons.
    """
    today, on, by = program.today(at), on or {}, by or {}
    for key in sorted(before.keys() | after.keys()):
        note = before.get(key)
        was = _held(note)
        now = {lot: steps for lot, steps in after.get(key, {}).items() if steps}
        day = on.get(key, None if note is None else note.on)
        if was == now:
            if note is None and key in after and not after[key]:
                put_given(folio, key, GivenNote(folio.next_version, (), on=day))
            elif note is not None and note.on != day:
                put_given(folio, key, msgspec.structs.replace(note, on=day))
            continue
        entry = folio.next_version if note is None else note.entry
        moved = {lot: now.get(lot, 0) - was.get(lot, 0) for lot in sorted(was.keys() | now.keys())}
        for lot, more in moved.items():
            if not is_unit(lot.unit):
                continue
            if more > 0 and can_hold(folio, lot.unit, more):
                yield _given(key, lot, more), credit(folio, lot, ISSUED, more, program, today)
            elif more < 0:
                yield _given(key, lot, more), take_back(folio, program, lot, -more, entry)
        coupons = () if note is None else note.coupons
        for given in _gifts(folio, program, at, key, moved, coupons, by):
            names = given.coupons
            coupons = (*(each for each in coupons if each not in names), *(names if given.amount > 0 else ()))
            yield given, None
        portions = tuple(
            Portion(lot.unit, lot.fund, steps, lot.vests_on, lot.expires_on)
            for lot, steps in sorted(now.items())
        )
        put_given(folio, key, GivenNote(folio.next_version, portions, coupons, day) if portions else None)


def _given(key: str, lot: Lot, amount: int) -> Given:
    return Given(
        source=key,
        unit=lot.unit,
        fund=lot.fund,
        amount=amount,
        vests_on=lot.vests_on,
        expires_on=lot.expires_on,
    )


def _gifts(
    folio: Folio,
    program: Program,
    at: datetime,
    key: str,
    moved: Mapping[Lot, int],
    coupons: tuple[str, ...],
    by: Mapping[tuple[str, Lot], Program],
) -> Iterator[Given]:
    """Give coupons and days, and take them back: that first, so that what was used is not given anew."""
    gifts = {lot: more for lot, more in moved.items() if more and not is_unit(lot.unit)}
    for lot, more in sorted(gifts.items(), key=lambda gift: gift[1] > 0):
        if more < 0:
            went = take_gift(folio, program, key, lot, -more, at, coupons)
            yield _gift(key, lot, -went.amount, went)
        else:
            went = give_gift(folio, program, key, lot, more, at, by.get((key, lot), program))
            yield _gift(key, lot, went.amount, went)


def _gift(key: str, lot: Lot, amount: int, went: Went) -> Given:
    return Given(
        source=key,
        amount=amount,
        template=template_in(lot.unit),
        plan=plan_in(lot.unit),
        coupons=went.coupons,
        stayed=went.stayed,
    )


def _held(note: GivenNote | None) -> Sums:
    if note is None:
        return {}
    return {Lot(each.unit, each.fund, each.vests_on, each.expires_on): each.amount for each in note.portions}


def take_back(folio: Folio, program: Program, lot: Lot, amount: int, entry: int) -> Taken:
    """Take back of a lot what an entry gave, as far as the program's policy goes."""
    target = AVAILABLE if lot.vests_on == VESTED else PENDING
    posting = Posting(lot.unit, lot.fund, lot.vests_on, lot.expires_on, ISSUED, target, amount)
    lapsed = lapses(folio.expiries_now(), lot.unit, entry)
    original = Original("record_event", (posting,), 0, lapsed)
    policy = Shortfall(program.refunds.shortfall)
    return claw_back(folio, original, amount, policy, program.units[lot.unit].spend_key)
