"""RecordEvent: tell the book what a member did, and apply the rules. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import msgspec
from msgspec.structs import force_setattr

from tallybook.earning.acceptance import check_accepted
from tallybook.earning.differences import (
    Change,
    Sums,
    give_back_tenders,
    moved_tiers,
    post_draws,
    post_growth,
    post_rewards,
)
from tallybook.earning.evaluate import budgets_of
from tallybook.earning.events import Event, Purchase, Refund, check_event, event_key, purchase_key
from tallybook.earning.notes import EVENT, WAITING
from tallybook.earning.recorded import Recorded, as_recorded, changes_of, keep_story, stands_behind
from tallybook.earning.referred import tell_referrers, tell_teams
from tallybook.earning.results import EventRecorded, Revalued, Taken
from tallybook.earning.state import MemberFacts
from tallybook.earning.story import Fact, Story, Told
from tallybook.engine.command import Command, travelling
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, NotReversible
from tallybook.growth.memberships import plans_at
from tallybook.growth.newcomers import referrer_handles
from tallybook.growth.postings import Given
from tallybook.growth.referral_notes import COMMISSION
from tallybook.growth.team_notes import PLACE, taken_handle
from tallybook.journal.folio import Folio
from tallybook.journal.merged import event_kept_by
from tallybook.journal.moves import crossings
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import may_earn
from tallybook.members.profile import profile_of
from tallybook.members.velocity import count_event
from tallybook.programs.program import Program
from tallybook.programs.rules import budget_pool
from tallybook.refusals.members import OrderElsewhere

SPENDING: Final = frozenset({"redeem", "capture", "spend_value"})
"""The kinds of entry that can have paid for an order."""


class RecordEvent(Command[EventRecorded], frozen=True, kw_only=True, tag="record_event"):
    """Record a purchase, a refund or a custom event, and give and take what follows from it.

    An event's own id is its request id (`event_key`): the same event twice is one, and another body under the
    same id is an error, so `request_id` is left out. `occurred_at` places the event in the member's story:
    rules are those in force then, or now where that lies ahead; and one that comes in late is decided as if
    it had come in time, and those behind it anew. One that is not dated happens when it is recorded, behind
    what was recorded before it.

    A refund whose order is not known waits for it. Refused with `UnknownEventType`, `WrongCurrency`,
    `RefundExceedsPurchase`, `OrderElsewhere`, `UnknownLine`, `UnknownEntry` or `NotReversible` for tenders
    that are not spendings, or `AmountOverflow`. A member that may not earn has the event recorded and gets
    nothing.
    """

    event: Event
    request_id: str = ""
    reply_type = EventRecorded
    is_activity: ClassVar[bool] = True

    def check_all(self) -> None:
        check_event(self.event)
        key = event_key(self.event)
        if self.request_id not in ("", key):
            raise InvalidInput("request_id", f"must be left out: an event's own is {key!r}")
        force_setattr(self, "request_id", key)
        super().check_all()

    def check(self) -> None:
        check_member_name(self.member)

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def follows(self, folio: Folio, moment: datetime) -> bool:
        return stands_behind(folio, event_key(self.event), moment)

    def program_moments(self) -> Sequence[datetime]:
        return () if self.occurred_at is None else (self.occurred_at,)

    def named_entries(self) -> Sequence[int]:
        if isinstance(self.event, Purchase):
            return [tender.entry for tender in self.event.tenders if tender.entry is not None]
        return ()

    def named_requests(self) -> Sequence[str]:
        return [purchase_key(self.event.order_id)] if isinstance(self.event, Refund) else ()

    def named_notes(self) -> Sequence[NoteKey]:
        if isinstance(self.event, Refund):
            order = self.event.order_id
            key = purchase_key(order)
            return [(EVENT, key), (WAITING, order), (COMMISSION, order), (PLACE, key)]
        return ()

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        handles: list[NoteKey] = []
        if isinstance(self.event, Purchase | Refund):
            handles += referrer_handles(program, holders, self.member)
        if isinstance(self.event, Refund) and program.teams:
            handles.append(taken_handle(self.member, purchase_key(self.event.order_id)))
        return handles

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        if isinstance(self.event, Refund):
            return ()
        budgets = budgets_of(self.event, self.occurred_at or now, program)
        return [budget_pool(each) for each in budgets]

    def finds_pools(self, program: Program) -> bool:
        return isinstance(self.event, Refund) and bool(program.rules.budgets)

    def decide(self, desk: Desk) -> EventRecorded:
        self._check_here(desk.folio)
        fact = self._fact(desk)
        desk.content = msgspec.json.encode(fact.told).decode()
        recorded = as_recorded(desk, fact)
        story = recorded.story()
        if recorded.is_whole:
            story.tell_anew(recorded.facts, fact, recorded.asides)
            if story.growing is not None:
                story.growing.advance(desk.program, desk.now)
        else:
            story.tell(fact)
        changes = changes_of(recorded, story)
        sums = Sums()
        give_back_tenders(desk, changes, sums)  # first: what comes back may have to be taken as points
        tell_referrers(desk, self.event, changes)  # likewise: it seals entries of its own
        tell_teams(desk, self.event, changes)  # likewise
        post_rewards(desk, changes, sums)
        post_draws(desk, changes)
        given = (
            []
            if story.growing is None
            else post_growth(desk, recorded.given, story.growing, sums, is_whole=recorded.is_whole)
        )
        keep_story(desk, fact, recorded, story, changes)
        count_event(desk, {each.unit: each.given for each in sums.moved()})
        return self._reply(desk, recorded, story, changes, sums, given)

    def _check_here(self, folio: Folio) -> None:
        """Raise `OrderElsewhere` for a refund of what went along with a merge that was undone."""
        if isinstance(self.event, Refund):
            order = folio.requested(purchase_key(self.event.order_id))
            kept_by = "" if order is None else event_kept_by(folio, order)
            if kept_by:
                raise OrderElsewhere(order=self.event.order_id, member=folio.member, kept_by=kept_by)

    def _fact(self, desk: Desk) -> Fact:
        program = desk.program_at(desk.occurred_at) if desk.occurred_at < desk.now else desk.program
        check_accepted(self.event, program)
        standing = desk.folio.standing
        assert standing.enrolled_at is not None, "who is not enrolled gets no further than this"
        profile = profile_of(desk.folio)
        member = MemberFacts(
            tier="",
            tags=profile.tags,
            enrolled_at=standing.enrolled_at,
            birthday_month=0 if profile.birthday is None else profile.birthday.month,
            frozen=not may_earn(desk.folio),
            memberships=plans_at(desk.folio, desk.occurred_at),
        )
        told = Told(event=self.event, revision=program.revision, member=member, spent=self._spent(desk))
        return Fact(told, desk.occurred_at, desk.entry, program)

    def _spent(self, desk: Desk) -> dict[int, int]:
        """The units behind each tender that names an entry."""
        spent = {}
        for version in self.named_entries():
            original = desk.original(version)
            if original.kind not in SPENDING:
                problem = "it has spent nothing that could pay for an order"
                raise NotReversible(entry=version, kind=original.kind, problem=problem)
            _, outward = crossings(original.postings)
            spent[version] = sum(posting.amount for posting in outward)
        return spent

    def _reply(
        self,
        desk: Desk,
        recorded: Recorded,
        story: Story,
        changes: Sequence[Change],
        sums: Sums,
        given: Sequence[Given],
    ) -> EventRecorded:
        key = event_key(self.event)
        own = story.results.get(key)
        moved = sums.moved()
        return EventRecorded(
            entry=desk.entry,
            recorded_at=desk.now,
            event=key,
            rewards=() if own is None else own.rewards,
            skipped=() if own is None else own.skipped,
            taken=self._taken(changes),
            moved=moved,
            revalued=tuple(
                Revalued(event=after.fact.key, rewards=after.rewards)
                for before, after in changes
                if before is not None and before.rewards != after.rewards
            ),
            counted=() if own is None else own.counted,
            given=tuple(given),
            tiers=moved_tiers(recorded.tiers_before, story.growing),
            teams=() if own is None else own.teams,
            waiting=isinstance(self.event, Refund) and self.event.order_id in story.waiting,
            balances={each.unit: desk.balance(each.unit) for each in moved},
        )

    def _taken(self, changes: Sequence[Change]) -> tuple[Taken, ...]:
        """What a refund took of each of its order's rewards."""
        if not isinstance(self.event, Refund):
            return ()
        for before, after in changes:
            if after.fact.key == purchase_key(self.event.order_id):
                was = {} if before is None else before.refunded.taken
                return tuple(
                    Taken(rule=each.rule, unit=each.unit, fund=each.fund, amount=amount)
                    for each in after.rewards
                    if (amount := after.refunded.taken.get(each.rule, 0) - was.get(each.rule, 0))
                )
        return ()
