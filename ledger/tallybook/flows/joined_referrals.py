"""Who brought whom, where two members turn out to be one. Pure: no clock, no database.

Whom the other has brought, the member has brought. Who brought the other has brought the member, unless
somebody else has; and nobody brings oneself.
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
    newcomer_note,
    put_newcomer,
    put_referrer,
    referrer_note,
)
from tallybook.journal.folio import Folio


def join_referrals(desk: Desk, kept: Folio, gone: Folio) -> None:
    """Join them. It seals an entry, so nothing may stand unsealed; the other's handles come after it."""
    for one, other in ((kept, gone), (gone, kept)):
        _forget(one, other)
    bound = newcomer_note(gone)
    if bound is not None and newcomer_note(kept) is None and bound.referrer != kept.member:
        referrer = desk.holder(REFEREE, gone.member)
        gone.put_note(NEWCOMER, None)
        put_newcomer(kept, bound)
        if referrer is not None:
            for kind in (REFEREE, AWAITED):
                note = referrer.notes.get((kind, gone.member))
                if note is not None:
                    referrer.put_note(kind, None, gone.member)
                    referrer.put_note(kind, note, kept.member)
            desk.seal_part(REFERRAL, Brought(order=bound.order, referrer=referrer.member), other=referrer)
    _join_sums(kept, gone)


def _forget(referrer: Folio, newcomer: Folio) -> None:
    """One has brought the other: that brings nothing any more."""
    bound = newcomer_note(newcomer)
    if bound is None or bound.referrer != referrer.member:
        return
    put_newcomer(newcomer, replace(bound, awaited=None, at=None))
    for kind in (REFEREE, AWAITED):
        if referrer.notes.get((kind, newcomer.member)) is not None:
            referrer.put_note(kind, None, newcomer.member)


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
