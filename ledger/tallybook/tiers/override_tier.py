"""OverrideTier and EndOverride: somebody sets a member's tier by hand. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date

from tallybook.engine.checks import check_day, check_flag, check_id, check_text
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.growth import acts
from tallybook.growth.acting import Acted, act, growth_now
from tallybook.growth.ladders import terms_of
from tallybook.growth.postings import Given
from tallybook.growth.tier_standing import LadderStanding, standing
from tallybook.growth.tier_state import Override
from tallybook.refusals.growth import NoOverride, OverrideEndsTooSoon, UnknownLadder, UnknownTier


class TierSet(Reply, frozen=True, kw_only=True):
    """Where the member stands now, and what was given because of it."""

    standing: LadderStanding
    given: tuple[Given, ...] = ()


class OverrideTier(Command[TierSet], frozen=True, kw_only=True, tag=acts.OVERRIDE_TIER):
    """Set the member's tier on a ladder through local day `until`: at least it, or with `exactly` that one,
    however much the member has. An empty `tier` with `exactly` is none. `reason` says why.

    Refused with `UnknownLadder`, `UnknownTier` or `OverrideEndsTooSoon`.
    """

    ladder: str
    tier: str
    until: date
    exactly: bool = False
    reply_type = TierSet

    def check(self) -> None:
        check_id("ladder", self.ladder)
        if self.tier or not self.exactly:
            check_id("tier", self.tier)
        check_day("until", self.until)
        check_flag("exactly", self.exactly)
        if not self.reason:
            raise InvalidInput("reason", "must say why the tier is set by hand")
        check_text("reason", self.reason)

    def decide(self, desk: Desk) -> TierSet:
        ladder = desk.program.ladders.get(self.ladder)
        if ladder is None:
            raise UnknownLadder(program=self.program, ladder=self.ladder)
        if self.tier not in ladder.ranks:
            raise UnknownTier(ladder=self.ladder, tier=self.tier)
        if self.until < desk.today:
            raise OverrideEndsTooSoon(until=str(self.until), today=str(desk.today))
        override = Override(tier=self.tier, until=self.until, reason=self.reason, exactly=self.exactly)
        return _told(desk, self.ladder, act(desk, acts.OverrideTier(self.ladder, override)))


class EndOverride(Command[TierSet], frozen=True, kw_only=True, tag=acts.END_OVERRIDE):
    """End what was set by hand before its time. Refused with `UnknownLadder` or `NoOverride`."""

    ladder: str
    reply_type = TierSet

    def check(self) -> None:
        check_id("ladder", self.ladder)

    def decide(self, desk: Desk) -> TierSet:
        if self.ladder not in desk.program.ladders:
            raise UnknownLadder(program=self.program, ladder=self.ladder)
        here = growth_now(desk).tiers.ladders.get(self.ladder)
        if here is None or here.override is None:
            raise NoOverride(member=self.member, ladder=self.ladder)
        return _told(desk, self.ladder, act(desk, acts.EndOverride(self.ladder, self.reason)))


def _told(desk: Desk, ladder: str, done: Acted) -> TierSet:
    terms = terms_of(desk.program)
    return TierSet(
        entry=desk.entry,
        recorded_at=desk.now,
        standing=standing(done.growth.tiers, terms, done.growth.end(desk.now), ladder),
        given=done.given,
    )
