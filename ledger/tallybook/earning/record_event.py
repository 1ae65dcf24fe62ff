"""RecordEvent: tell the book what a member did, and apply the rules. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import msgspec
from msgspec.structs import force_setattr

from tallybook.earning.acceptance import check_accepted
from tallybook.earning.differences import Change, Sums, give_back_tenders, post_draws, post_rewards
from tallybook.earning.events import Event, Purchase, Refund, check_event, event_key, purchase_key
from tallybook.earning.notes import EVENT, WAITING
from tallybook.earning.recorded import as_recorded, changes_of, keep_story
from tallybook.earning.results import EventRecorded, Revalued, Taken
from tallybook.earning.state import MemberFacts
from tallybook.earning.story import Fact, Story, Told
from tallybook.engine.command import Command, travelling
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, NotReversible
from tallybook.journal.moves import crossings
from tallybook.journal.notes import NoteKey

SPENDING: Final = frozenset({"redeem", "capture", "spend_value"})
"""The kinds of entry that can have paid for an order."""


class RecordEvent(Command[EventRecorded], frozen=True, kw_only=True, tag="record_event"):
    """Record a purchase, a refund or a custom event, and give and take what follows from it.

    An event's own id is its request id (`event_key`): the same event twice is one, and another body under the
    same id is an error, so `request_id` is left out. `occurred_at` places the event in the member's story:
    rules are those in force then, or now where that lies ahead; and one that comes in late is decided as if
    it had come in time, and those behind it anew.

    A refund whose order is not known waits for it. Refused with `UnknownEventType`, `WrongCurrency`,
    `RefundExceedsPurchase`, `UnknownLine`, `UnknownEntry` or `NotReversible` for tenders that are not
    spendings, or `AmountOverflow`. A member that may not earn has the event recorded and gets nothing.
    """

    event: Event
    request_id: str = ""
    reply_type = EventRecorded
    is_activity: ClassVar[bool] = True

    def __post_init__(self) -> None:
        check_event(self.event)
        key = event_key(self.event)
        if self.request_id not in ("", key):
            raise InvalidInput("request_id", f"must be left out: an event's own is {key!r}")
        force_setattr(self, "request_id", key)
        super().__post_init__()

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

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
            return [(EVENT, purchase_key(self.event.order_id)), (WAITING, self.event.order_id)]
        return ()

    def decide(self, desk: Desk) -> EventRecorded:
        fact = self._fact(desk)
        desk.content = msgspec.json.encode(fact.told).decode()
        recorded = as_recorded(desk, fact)
        story = recorded.story()
        if recorded.is_whole:
            story.tell_anew(recorded.facts, fact)
        else:
            story.tell(fact)
        changes = changes_of(recorded, story)
        sums = Sums()
        give_back_tenders(desk, changes, sums)  # first: what comes back may have to be taken as points
        post_rewards(desk, changes, sums)
        post_draws(desk, changes)
        keep_story(desk, fact, recorded, story, changes)
        return self._reply(desk, story, changes, sums)

    def _fact(self, desk: Desk) -> Fact:
        program = desk.program_at(desk.occurred_at) if desk.occurred_at < desk.now else desk.program
        check_accepted(self.event, program)
        standing = desk.folio.standing
        assert standing.enrolled_at is not None, "who is not enrolled gets no further than this"
        member = MemberFacts(
            tier="",
            tags=(),
            enrolled_at=standing.enrolled_at,
            birthday_month=0,
            frozen=standing.frozen in ("earn", "all"),
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

    def _reply(self, desk: Desk, story: Story, changes: Sequence[Change], sums: Sums) -> EventRecorded:
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
