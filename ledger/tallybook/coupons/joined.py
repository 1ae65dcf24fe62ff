"""Coupons of two members who become one. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.coupons.moves import State
from tallybook.coupons.notes import CLOSED, COUPON, CouponNote, coupon_keys
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey, decoded


def join_coupons(kept: Folio, gone: Folio) -> None:
    """Have the other's coupons go along. All that is filed about both must be there.

    Of one that either has given to the other, only what has become of it since goes on: entries tell that it
    was given away.
    """
    for kind, coupon in _coupons(gone):
        note = gone.note(kind, coupon)
        assert note is not None, "what is not there does not go along"
        gone.put_note(kind, None, coupon)
        known = any(kept.notes.get(each) is not None for each in coupon_keys(coupon))
        if not (known and _is_trace(decoded(CouponNote, note))):
            kept.refile(kind, COUPON if kind == CLOSED else CLOSED, note, coupon)


def _coupons(folio: Folio) -> list[NoteKey]:
    return sorted(key for key, note in folio.notes.items() if key[0] in (COUPON, CLOSED) and note is not None)


def _is_trace(note: CouponNote | None) -> bool:
    """Whether a note tells no more than that somebody else has the coupon."""
    return note is not None and note.state is State.TRANSFERRED
