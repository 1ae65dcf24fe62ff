"""How many coupons of a template a member gets, where that is limited. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.coupons.notes import COUNTS
from tallybook.engine.desk import Desk
from tallybook.members.counts import count, had
from tallybook.programs.coupons import CouponTemplate
from tallybook.refusals.coupons import CouponLimitReached


def count_limits(desk: Desk, template: CouponTemplate, number: int) -> None:
    """Count what a member gets of a template; raises `CouponLimitReached`."""
    for limit in template.limits:
        left = limit.most - had(desk.folio, COUNTS, template.code, limit.period, desk.today)
        if number > left:
            raise CouponLimitReached(
                template=template.code,
                period=limit.period,
                most=limit.most,
                asked=number,
                left=max(0, left),
            )
    if template.limits:
        periods = [limit.period for limit in template.limits]
        count(desk.folio, COUNTS, template.code, periods, number, desk.today)
