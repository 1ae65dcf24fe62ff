"""UseBenefit and ReturnBenefit: what may be used so many times in a period. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.growth.benefits import (
    BENEFIT_USE,
    BenefitUse,
    benefits_at,
    put_use,
    put_uses,
    use_of,
    uses_of,
)
from tallybook.growth.periods import last_day
from tallybook.growth.quotas import UNUSED, Uses, give_back, left, use, used_in
from tallybook.journal.notes import NoteKey
from tallybook.members.freeze import check_may_redeem
from tallybook.programs.benefits import Quota
from tallybook.programs.rules import Period
from tallybook.programs.windows import starts_of
from tallybook.refusals.growth import BenefitUsedUp, NoBenefit, ReturnExceedsUse, UnknownUse


class BenefitUsed(Reply, frozen=True, kw_only=True):
    """How a quota stands after a use, or after some were given back.

    `times` are those of this request. In the period that lasts from local day `since` through `last_day`,
    `used` of `most` are used. A member who does not have the benefit any more has `most` 0.
    """

    quota: str
    times: int
    most: int
    period: Period
    used: int
    left: int
    since: date
    last_day: date


class UseBenefit(Command[BenefitUsed], frozen=True, kw_only=True, tag="use_benefit"):
    """Use a benefit that the member has so many times in a period, by a tier or a paid membership.

    Refused with `NoBenefit`, `BenefitUsedUp` or `MemberFrozen`.
    """

    quota: str
    times: int = 1
    reply_type = BenefitUsed
    is_activity = True

    def check(self) -> None:
        check_id("quota", self.quota)
        check_whole("times", self.times)

    def decide(self, desk: Desk) -> BenefitUsed:
        check_may_redeem(desk)
        quota = _quota(desk, self.quota)
        if quota is None:
            raise NoBenefit(member=self.member, quota=self.quota)
        uses = uses_of(desk.folio).get(self.quota, UNUSED)
        if self.times > left(uses, quota, desk.today):
            raise BenefitUsedUp(
                member=self.member,
                quota=self.quota,
                asked=self.times,
                left=left(uses, quota, desk.today),
                most=quota.most,
            )
        uses = use(uses, quota, desk.today, self.times)
        put_uses(desk.folio, self.quota, uses)
        filed = BenefitUse(self.quota, desk.today, self.times, quota.period)
        put_use(desk.folio, self.request_id, filed)
        return _told(desk, self.quota, quota, uses, self.times)


class ReturnBenefit(Command[BenefitUsed], frozen=True, kw_only=True, tag="return_benefit"):
    """Give back what the request `use` used of a benefit: so many `times`, or all that is left of it.

    In a period that is over, nothing comes back of it. Refused with `UnknownUse` or `ReturnExceedsUse`.
    """

    use: str
    times: int | None = None
    reply_type = BenefitUsed

    def check(self) -> None:
        check_id("use", self.use)
        if self.times is not None:
            check_whole("times", self.times)

    def named_notes(self) -> Sequence[NoteKey]:
        return ((BENEFIT_USE, self.use),)

    def decide(self, desk: Desk) -> BenefitUsed:
        used = use_of(desk.folio, self.use)
        if used is None:
            raise UnknownUse(member=self.member, use=self.use)
        times = used.times if self.times is None else self.times
        if not 0 < times <= used.times:
            raise ReturnExceedsUse(use=self.use, asked=max(1, times), left=used.times)
        uses = uses_of(desk.folio)[used.quota]
        uses = give_back(uses, Quota(0, used.period), used.on, times)
        put_uses(desk.folio, used.quota, uses)
        put_use(desk.folio, self.use, BenefitUse(used.quota, used.on, used.times - times, used.period))
        quota = _quota(desk, used.quota) or Quota(0, used.period)
        return _told(desk, used.quota, quota, uses, times)


def _quota(desk: Desk, name: str) -> Quota | None:
    return benefits_at(desk.folio, desk.program, desk.now).quotas.get(name)


def _last_day(quota: Quota, day: date) -> date:
    return last_day(quota.period, starts_of(day)[quota.period])


def _told(desk: Desk, name: str, quota: Quota, uses: Uses, times: int) -> BenefitUsed:
    return BenefitUsed(
        entry=desk.entry,
        recorded_at=desk.now,
        quota=name,
        times=times,
        most=quota.most,
        period=quota.period,
        used=used_in(uses, quota, desk.today),
        left=left(uses, quota, desk.today),
        since=starts_of(desk.today)[quota.period],
        last_day=_last_day(quota, desk.today),
    )
