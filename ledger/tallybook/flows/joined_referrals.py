"""Who brought whom, where two members turn out to be one. Pure: no clock, no database.

Whom the other has brought, the member has brought. Who brought the other has brought the member, unless
somebody else has, and then it brings them nothing more; and nobody brings oneself.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tallybook.engine.desk import Desk
from tallybook.growth.commissions import Brought
from tallybook.growth.newcomers import REFERRAL
from tallybook.growth.referral_notes import (
    AWAITED,
    NEWCOMER,
    REFEREE,
    REFERRER,
    Count,
    NewcomerNote,
    newcomer_note,
    put_newcomer,
    put_referee,
    put_referrer,
    referee_note,
    referrer_note,
)
from tallybook.journal.folio import Folio


def join_referrals(desk: Desk, kept: Folio, gone: Folio) -> bool:
    """Join them. It seals an entry, so nothing may stand unsealed; the other's handles come after it.

    Returns whether who brought the other has brought the member from now on.
    """
    is_nobodys = _forget(desk, gone, kept) or newcomer_note(kept) is None
    is_own = _forget(desk, kept, gone)
    bound = newcomer_note(gone)
    is_theirs = bound is not None and is_nobodys and not is_own
    if bound is not None and is_theirs:
        referrer = desk.holder(REFEREE, gone.member)
        gone.put_note(NEWCOMER, None)
        put_newcomer(kept, bound if referrer is None else replace(bound, referrer=referrer.member))
        if referrer is not None:
            for kind in (REFEREE, AWAITED):
                note = referrer.notes.get((kind, gone.member))
                if note is not None:
                    referrer.put_note(kind, None, gone.member)
                    referrer.put_note(kind, note, kept.member)
            desk.seal_part(REFERRAL, Brought(order=bound.order, referrer=referrer.member), other=referrer)
    elif bound is not None and bound.awaited is not None:
        _stop_waiting(desk, gone, bound)
    _join_sums(kept, gone)
    return is_theirs


def _stop_waiting(desk: Desk, gone: Folio, bound: NewcomerNote) -> None:
    """Somebody else has brought the member: what was promised for the other does not come any more. What
    orders have brought stands.
    """
    put_newcomer(gone, replace(bound, awaited=None, at=None))
    referrer = desk.holder(REFEREE, gone.member)
    note = None if referrer is None else referee_note(referrer, gone.member)
    if referrer is not None and note is not None:
        put_referee(referrer, gone.member, replace(note, rewards=(), caps=(), at=None))
        if referrer.notes.get((AWAITED, gone.member)) is not None:
            referrer.put_note(AWAITED, None, gone.member)
        desk.seal_part(REFERRAL, Brought(order=bound.order, referrer=referrer.member), other=referrer)


def _forget(desk: Desk, referrer: Folio, newcomer: Folio) -> bool:
    """Whether one has brought the other, by whatever name: that brings nothing any more.

    Whom somebody has brought who was merged and split again stays with the page that it went to.
    """
    bound, holder = newcomer_note(newcomer), desk.holder(REFEREE, newcomer.member)
    if bound is None:
        return False
    if holder is not referrer and (holder is not None or bound.referrer != referrer.member):
        return False
    put_newcomer(newcomer, replace(bound, awaited=None, at=None))
    for kind in (REFEREE, AWAITED):
        if referrer.notes.get((kind, newcomer.member)) is not None:
            referrer.put_note(kind, None, newcomer.member)
    return True


def _join_sums(kept: Folio, gone: Folio) -> None:
    if gone.note(REFERRER) is None:
        return
    one, other = referrer_note(kept), referrer_note(gone)
    has_code = bool(one.code)
    put_referrer(
        kept,
        replace(
            one,
            code=one.code if has_code else other.code,
            code_key=one.code_key if has_code else other.code_key,
            newcomers=one.newcomers + other.newcomers,
            rewarded=one.rewarded + other.rewarded,
            counts=_counts(one.counts, other.counts),
            earned=_sums(one.earned, other.earned),
        ),
    )
    gone.put_note(REFERRER, None)


def _counts(one: Mapping[str, Count], other: Mapping[str, Count]) -> Mapping[str, Count]:
    found = dict(one)
    for period, theirs in other.items():
        own = found.get(period, theirs)
        if own.since == theirs.since and period in one:
            found[period] = Count(own.since, own.newcomers + theirs.newcomers)
        else:
            found[period] = max(own, theirs, key=lambda each: each.since)
    return found


def _sums(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {unit: one.get(unit, 0) + other.get(unit, 0) for unit in sorted(one.keys() | other.keys())}
