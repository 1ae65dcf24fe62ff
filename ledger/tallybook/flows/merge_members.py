"""MergeMembers: two members turn out to be one. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tallybook.coupons.joined import join_coupons
from tallybook.coupons.notes import BASKET, CODE, COUNTS
from tallybook.draws.notes import PACKET, SHARE, WON_GOODS
from tallybook.draws.tally import join_draws
from tallybook.earning.notes import WAITING
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.flows.joined_checkouts import check_orders, held_besides, join_checkouts
from tallybook.flows.joined_growth import join_growth, join_team_gifts, join_uses
from tallybook.flows.joined_referrals import join_referrals
from tallybook.flows.taken_over import events_of, take_over
from tallybook.growth.acts import MERGE_MEMBERS
from tallybook.growth.benefits import BENEFIT_USE
from tallybook.growth.gifts import join_stayed
from tallybook.growth.joined import join_grants, join_memberships
from tallybook.growth.postings import Given
from tallybook.growth.referral_notes import AWAITED, COMMISSION, REFEREE, REFERRAL_CODE, brought_with
from tallybook.growth.team_places import move_places
from tallybook.journal.folio import Folio
from tallybook.journal.merged import put_merged
from tallybook.journal.notes import Note, NoteKey, is_private
from tallybook.mall import notes as mall
from tallybook.members.bearers import PREFIXES
from tallybook.members.counts import join_counts
from tallybook.members.identities import IDENTITY, brought_by
from tallybook.members.joined import join_passbooks, join_profiles, join_velocity, money_pages
from tallybook.members.merges import MergeNote, move_all, move_lapsed, put_merge
from tallybook.members.passbook import check_room
from tallybook.members.reviews import REVIEW, REVIEWED
from tallybook.programs.program import Program
from tallybook.refusals.members import MergeBlocked, MergeConflict
from tallybook.stored_value.notes import PAYOUT, TOP_UP

MOVED_KINDS: Final = frozenset(
    {WAITING, TOP_UP, PAYOUT, REVIEW, REVIEWED, BASKET, CODE}
    | {AWAITED, COMMISSION, REFEREE, REFERRAL_CODE}
    | {BENEFIT_USE, PACKET, SHARE, WON_GOODS, mall.ORDER, mall.CLOSED}
)
"""The kinds of filed notes that go along as they are, besides private ones and those on events."""
REFUSED: Final = "?refused"
"""Under a request id, where the page that goes on has refused that request: gathered, and never written."""


class Merged(Reply, frozen=True, kw_only=True):
    """`other` has become one with the member; `other_entry` tells of it there. `events` of the other's are
    the member's from now on. `given` is what tasks and tiers give because of it.
    """

    other: str
    other_entry: int
    events: int
    given: tuple[Given, ...] = ()


class MergeMembers(Command[Merged], frozen=True, kw_only=True, tag=MERGE_MEMBERS):
    """Make one of two members: `member` goes on, and `other` is refused with `MemberMerged` from now on.

    Lots come with their fund and days, and what the other owed is netted. Identities lead to the member, tags
    are joined, coupons go along, top-ups and orders can be refunded, and what counts towards caps and limits
    adds up. Days to come of memberships are added up and stay; what the calendar gave to either is not given
    again. The higher tier of either is the member's, what counts towards tiers and tasks adds up, and `given`
    is what that suffices for. Who brought the other, and whom the other has brought, goes along; of two who
    brought them, the member's own. Checkouts go on under the member's name, with what is held for them, and
    places in teams are the member's. `SplitMembers` tells apart what is left.

    Refused with `MergeBlocked` while the other is frozen by hand, or something else of it is held or waits
    for a payment; with `MergeConflict` where both have an event, a top-up, an order or a review of one name,
    as they do of events where they were one before; and with `BalanceLimitExceeded`.
    """

    other: str
    reply_type = Merged

    def check(self) -> None:
        check_id("other", self.other)
        if self.other == self.member:
            raise InvalidInput("other", "must be somebody else")
        for field, name in (("member", self.member), ("other", self.other)):
            if name.startswith(PREFIXES):
                raise InvalidInput(field, "must be a member")

    def counterpart(self) -> str:
        return self.other

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        if program.referrals is None:
            return ()
        return [(REFEREE, self.member), (REFEREE, self.other), (AWAITED, self.other)]

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> Merged:
        kept, gone = desk.folio, desk.other
        assert gone is not None, "a merge is decided on two folios"
        self._check(desk, kept, gone)
        is_theirs = join_referrals(desk, kept, gone)
        _move_notes(kept, gone, newcomer="" if is_theirs else gone.member)
        events = len(events_of(gone))
        paid = take_over(desk, kept, gone)
        renamed = move_places(desk, gone)
        pages, others = money_pages(kept), money_pages(gone)
        held = join_checkouts(desk, kept, gone, paid)
        join_coupons(kept, gone)
        join_counts(kept, gone, COUNTS)
        join_counts(kept, gone, mall.COUNTS)
        join_draws(kept, gone)
        join_profiles(kept, gone)
        join_velocity(kept, gone)
        join_grants(kept, gone)
        join_stayed(kept, gone)
        join_memberships(kept, gone, desk.program, desk.now)
        join_uses(kept, gone)
        moved = move_all(desk, gone, kept)
        move_lapsed(gone, kept)
        join_passbooks(kept, gone, pages, others)
        join_team_gifts(desk, kept, gone, renamed)
        tiers, given = join_growth(desk, kept, gone)
        note = MergeNote(entry=desk.entry, lots=(*moved.lots, *held), owed=moved.owed, tiers=tiers)
        put_merge(kept, gone.member, note)
        put_merged(gone, kept.member)
        return Merged(
            entry=desk.entry,
            recorded_at=desk.now,
            other=gone.member,
            other_entry=gone.next_version,
            events=events,
            given=given,
        )

    def _check(self, desk: Desk, kept: Folio, gone: Folio) -> None:
        if gone.standing.frozen:
            raise MergeBlocked(member=gone.member, problem="it is frozen")
        if held_besides(gone):
            raise MergeBlocked(member=gone.member, problem="something is held, to be spent or paid back")
        for unit, page in money_pages(gone).items():
            if page.promised:
                raise MergeBlocked(member=gone.member, problem="a top-up waits for its payment")
            there = sum(amount for key, amount in gone.lots.items() if key.unit == unit)
            if unit in desk.program.stored_value and there > 0:
                rules = desk.program.stored_value[unit]
                check_room(kept, rules, money_pages(kept).get(unit, type(page)()), there)
        _check_events(kept, gone)
        for kind, key in _moving(gone):
            same = mall.order_keys(key) if kind in (mall.ORDER, mall.CLOSED) else ((kind, key),)
            if any(kept.notes.get(each) is not None for each in same):
                raise MergeConflict(what=kind, name=key)
        check_orders(kept, gone)


def _check_events(kept: Folio, gone: Folio) -> None:
    for entry in events_of(gone):
        request = entry.request_id or ""
        if kept.requested(request) is not None or kept.notes.get((REFUSED, request)) is not None:
            raise MergeConflict(what="request", name=request)


def _moving(gone: Folio) -> Sequence[NoteKey]:
    """The filed notes that go along, in one order."""
    return sorted(
        key
        for key, note in gone.notes.items()
        if note is not None and (key[0] in MOVED_KINDS or is_private(key[0]))
    )


def _move_notes(kept: Folio, gone: Folio, newcomer: str) -> None:
    for kind, key in _moving(gone):
        note = gone.note(kind, key)
        assert note is not None, "what is not there does not go along"
        gone.put_note(kind, None, key)
        body = note.body
        if kind.startswith(IDENTITY):
            body = brought_by(body, gone.member)
        elif kind == COMMISSION and newcomer:
            body = brought_with(note, newcomer)
        kept.put_note(kind, Note(body, note.due_at), key)
