"""Gives coupons and days for tasks, tiers and teams, and takes them back. Pure: no clock, no database.

What was used stays when it is to be taken back: a resident note keeps how much that is, by what for, and as
much less is given where the same is given again. So nobody gets a coupon anew by giving an order back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from tallybook.coupons.issue import give_coupons
from tallybook.coupons.moves import Move
from tallybook.coupons.notes import COUPON, CouponNote, forget_code, move_coupon
from tallybook.growth.memberships import given_back, memberships_of, put_memberships, with_held
from tallybook.growth.portions import plan_in, template_in
from tallybook.growth.timely import give_timely, has_room_for
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot
from tallybook.journal.notes import Note, decoded
from tallybook.programs.program import Program
from tallybook.programs.rewards import MembershipDaysReward

STAYED: Final = "stayed"
"""The kind of the resident note."""
STAYED_MAX: Final = 100
"""So many of them are kept, the last ones."""


class StayedNote(msgspec.Struct, frozen=True):
    """What was to be taken back and was used: how many coupons or days, by what for and what they are."""

    amounts: dict[str, int]


class Went(msgspec.Struct, frozen=True):
    """What was given, or taken back: `coupons` by name. So much stayed with the member, then or now."""

    amount: int
    coupons: tuple[str, ...] = ()
    stayed: int = 0


_encode = msgspec.json.Encoder().encode


def give_gift(
    folio: Folio, program: Program, source: str, lot: Lot, amount: int, at: datetime, by: Program
) -> Went:
    """Give coupons, or days of a plan, less what has stayed of the same. It is done at moment `at`.

    Coupons are issued at the beginning of their day, whenever they are given, `by` the revision of then.
    """
    place = f"{source} {lot.unit}"
    stayed = min(amount, _stayed(folio).get(place, 0))
    _add_stayed(folio, place, -stayed)
    more = amount - stayed
    template = template_in(lot.unit)
    if not more:
        return Went(0, stayed=stayed)
    if template:
        names = give_coupons(folio, by, template, more, by.days.start_of(lot.vests_on))
        return Went(more, names, stayed)
    reward = MembershipDaysReward(plan_in(lot.unit), more)
    if not has_room_for(folio, program, [reward], at):
        return Went(0, stayed=stayed)
    give_timely(folio, program, reward, at)
    return Went(more, stayed=stayed)


def take_gift(
    folio: Folio, program: Program, source: str, lot: Lot, amount: int, at: datetime, coupons: Iterable[str]
) -> Went:
    """Take such a gift back at a moment, as far as it is not used. All open coupons must have been asked for.

    `coupons` are those that were given for the same.
    """
    if template_in(lot.unit):
        names = _void(folio, template_in(lot.unit), amount, at, coupons)
        taken = len(names)
    else:
        names, taken = (), _shorten(folio, program, plan_in(lot.unit), amount, at)
    _add_stayed(folio, f"{source} {lot.unit}", amount - taken)
    return Went(taken, names, amount - taken)


def _void(folio: Folio, template: str, number: int, at: datetime, coupons: Iterable[str]) -> tuple[str, ...]:
    """Make so many of these void that are open, the last ones first; one that waits for its order too."""
    found: list[str] = []
    for name in reversed(list(coupons)):
        note = decoded(CouponNote, folio.note(COUPON, name))
        if note is not None and note.template == template and len(found) < number:
            move_coupon(folio, name, forget_code(folio, note), Move.VOID, at)
            found.append(name)
    return tuple(found)


def _shorten(folio: Folio, program: Program, plan: str, days: int, at: datetime) -> int:
    memberships = memberships_of(folio)
    held = memberships.held.get(plan)
    if held is None:
        return 0
    taken, after = given_back(held, program, program.today(at), days)
    if taken:
        put_memberships(folio, with_held(memberships, plan, after))
    return taken


def join_stayed(kept: Folio, gone: Folio) -> None:
    """What has stayed with either of two members who are one is not given to the one again."""
    for place, amount in _stayed(gone).items():
        _add_stayed(kept, place, amount)


def _stayed(folio: Folio) -> dict[str, int]:
    note = decoded(StayedNote, folio.note(STAYED))
    return {} if note is None else note.amounts


def _add_stayed(folio: Folio, place: str, amount: int) -> None:
    if not amount:
        return
    amounts = dict(_stayed(folio))
    left = amounts.pop(place, 0) + amount
    if left:
        amounts[place] = left
    kept = dict(list(amounts.items())[-STAYED_MAX:])
    folio.put_note(STAYED, Note(_encode(StayedNote(kept)).decode()) if kept else None)
