"""Orders of a member who has become one with another: their checkouts go on under the member's name. Pure: no
clock, no database.

What is held for an order is held on the page that goes on, under a name of that page, until the same moment.
What has paid for one is named as it is known there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tallybook.checkout.moves import State
from tallybook.checkout.notes import CHECKOUT, CheckoutNote, find_checkout, put_checkout
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import HELD, VESTED
from tallybook.journal.folio import Folio
from tallybook.journal.holds import OPEN, Hold
from tallybook.members.merges import Brought
from tallybook.points.hold import move_hold
from tallybook.refusals.members import MergeConflict


def noted_in(folio: Folio) -> Iterator[tuple[str, CheckoutNote]]:
    """The checkouts of a member, by order. All filed notes have to be there."""
    for kind, order in sorted(folio.notes):
        note = find_checkout(folio, order) if kind == CHECKOUT else None
        if note is not None:
            yield order, note


def going(folio: Folio) -> dict[str, CheckoutNote]:
    """The checkouts that go along, by order: those that are held or paid. Their holds have to be there.

    Of those that are over nothing is left to be done, nor of one that holds no more what it says.
    """
    found = {}
    for order, note in noted_in(folio):
        if note.state in (State.RELEASED, State.TIMED_OUT):
            continue
        if note.state is not State.HELD or all(folio.holds[each].state == OPEN for each in _named(note)):
            found[order] = note
    return found


def check_orders(kept: Folio, gone: Folio) -> None:
    """Raise `MergeConflict` where both have a checkout of one order."""
    for order in going(gone).keys() & going(kept).keys():
        raise MergeConflict(what="order", name=order)


def held_besides(folio: Folio) -> bool:
    """Whether something is held by anything but the checkouts that go along."""
    held = {key: amount for key, amount in folio.lots.items() if key.account == HELD}
    for hold in _holds_of(folio):
        for lot in hold.lots:
            held[lot.key(hold.unit)] -= lot.amount
    return any(held.values())


def _holds_of(folio: Folio) -> list[Hold]:
    notes = [note for note in going(folio).values() if note.state is State.HELD]
    return [folio.holds[each] for note in notes for each in _named(note)]


def _named(note: CheckoutNote) -> list[str]:
    return list(note.holds.values())


def join_checkouts(desk: Desk, kept: Folio, gone: Folio, paid: Mapping[int, int]) -> tuple[Brought, ...]:
    """Have checkouts go along, whose tenders were `paid` by entries that stand for others now.

    It seals an entry for each hold on both pages; returns the lots that are held.
    """
    held: list[Brought] = []
    orders = going(gone)
    for order, note in orders.items():
        holds = {}
        for tender, hold_id in note.holds.items() if note.state is State.HELD else ():
            hold = gone.holds[hold_id]
            holds[tender] = move_hold(desk, gone, kept, hold, f"checkout/{kept.next_version}")
            held += [Brought(hold.unit, lot.fund, VESTED, lot.expires_on, lot.amount) for lot in hold.lots]
        orders[order] = replace(note, holds=holds)
    for order, note in orders.items():
        parts = tuple(replace(each, entry=paid.get(each.entry, each.entry)) for each in note.paid)
        gone.put_note(CHECKOUT, None, order)
        kept.notes.setdefault((CHECKOUT, order), None)
        put_checkout(kept, order, replace(note, entry=desk.entry, paid=parts))
    return tuple(held)
