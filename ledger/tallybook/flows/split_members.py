"""SplitMembers: a merge was a mistake, and what is left of it is told apart. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from tallybook.earning.notes import EARNING, earning_note, write_note
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.flows.joined_growth import part_growth, stand_alone
from tallybook.flows.split_limits import part_limits
from tallybook.growth.acts import SPLIT_MEMBERS
from tallybook.journal.merged import merged_into, put_parted
from tallybook.journal.notes import NoteKey
from tallybook.members.identities import identities_from
from tallybook.members.merges import MERGED_FROM, Brought, find_merge, move_back, put_merge
from tallybook.programs.program import Program
from tallybook.refusals.members import MemberMerged, NotMerged


class Split(Reply, frozen=True, kw_only=True):
    """`other` is a member of its own again, with the `lots` that were left of what it had brought, and with
    so many `identities`.
    """

    other: str
    other_entry: int
    lots: tuple[Brought, ...]
    identities: int


class SplitMembers(Command[Split], frozen=True, kw_only=True, tag=SPLIT_MEMBERS):
    """Undo a merge for what is left, as far as it can be told.

    Of every lot that the other member brought goes back what still lies in the lot of the same unit, fund and
    days, and no more than came; identities go back that came with it. A tier that is still held as it came is
    held no longer, and what counted towards the other's limits counts towards those alone. All else stays
    with the member: events and checkouts, which are refunded there and nowhere else, refunds that wait for
    their orders, stored value and its top-ups, birthday and tags, coupons, what is held, what was done in
    tasks, places in teams, who brought whom, and what was owed. The other's caps, limits, tiers and tasks are
    as they were at the merge, and time catches up with that page; whatever is told late, its orders from
    before stand as they went.

    Refused with `NotMerged`, or `MemberMerged` for a member that has been merged itself.
    """

    other: str
    reply_type = Split
    reaches_merged: ClassVar[bool] = True

    def check(self) -> None:
        check_id("other", self.other)
        if self.other == self.member:
            raise InvalidInput("other", "must be somebody else")

    def counterpart(self) -> str:
        return self.other

    def named_notes(self) -> Sequence[NoteKey]:
        return ((MERGED_FROM, self.other),)

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> Split:
        kept, gone = desk.folio, desk.other
        assert gone is not None, "a split is decided on two folios"
        into = merged_into(kept)
        if into:
            raise MemberMerged(member=kept.member, into=into)
        note = find_merge(kept, self.other)
        if note is None or merged_into(gone) != kept.member:
            raise NotMerged(member=kept.member, other=self.other)
        identities = identities_from(kept, self.other)
        for kind, key in identities:
            identity = kept.note(kind, key)
            kept.put_note(kind, None, key)
            gone.put_note(kind, identity, key)
        lots = move_back(desk, kept, gone, note.lots)
        part_limits(kept, gone)
        part_growth(desk, kept, note.tiers, gone)
        put_merge(kept, self.other, None)
        desk.other_content = stand_alone(desk, gone)
        if earning_note(gone).awaited:
            write_note(gone, replace(earning_note(gone), awaited=0), EARNING)
        put_parted(gone)
        gone.standing = replace(gone.standing, next_due_at=desk.now)  # what time has not done since is due
        return Split(
            entry=desk.entry,
            recorded_at=desk.now,
            other=self.other,
            other_entry=gone.next_version,
            lots=lots,
            identities=len(identities),
        )
