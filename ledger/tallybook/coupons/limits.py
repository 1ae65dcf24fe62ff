"""How many coupons of a template a member got, where that is limited. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.coupon_errors import CouponLimitReached
from tallybook.coupons.notes import COUNTS, CountsNote, Got, put_counts
from tallybook.engine.desk import Desk
from tallybook.journal.folio import Folio
from tallybook.journal.notes import decoded
from tallybook.programs.coupons import CouponTemplate
from tallybook.programs.windows import starts_of


def count_limits(desk: Desk, template: CouponTemplate, number: int) -> None:
    """Count what a member gets of a template; raises `CouponLimitReached`."""
    if not template.limits:
        return
    note = decoded(CountsNote, desk.folio.note(COUNTS, template.code)) or CountsNote(got={})
    starts, got = starts_of(desk.today), dict(note.got)
    for limit in template.limits:
        since, before = starts[limit.period], got.get(limit.period)
        had = before.number if before is not None and before.since == since else 0
        if had + number > limit.most:
            raise CouponLimitReached(
                template=template.code,
                period=limit.period,
                most=limit.most,
                asked=number,
                left=max(0, limit.most - had),
            )
        got[limit.period] = Got(since, had + number)
    put_counts(desk.folio, template.code, CountsNote(got=dict(sorted(got.items()))))


def join_counts(kept: Folio, gone: Folio) -> None:
    """Add what one member got to what another did. All notes of both must have been asked for."""
    for (kind, template), note in list(gone.notes.items()):
        other = decoded(CountsNote, note) if kind == COUNTS else None
        if other is None:
            continue
        own = decoded(CountsNote, kept.notes.get((COUNTS, template))) or CountsNote(got={})
        got = dict(own.got)
        for period, more in other.got.items():
            there = got.get(period)
            if there is None or there.since < more.since:
                got[period] = more
            elif there.since == more.since:
                got[period] = Got(more.since, there.number + more.number)
        put_counts(kept, template, CountsNote(got=dict(sorted(got.items()))))
