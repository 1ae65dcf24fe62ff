"""Gathers what a newcomer's events need of those who brought the member. Decides nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from tallybook.db.statements import Fetch
from tallybook.earning.events import Refund
from tallybook.earning.record_event import RecordEvent
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.gather import Gathering, place_entries, place_notes
from tallybook.growth.acts import MERGE_MEMBERS
from tallybook.growth.referral_notes import COMMISSION, REFEREE, commission_note
from tallybook.journal import tables
from tallybook.members.gatherer import followed


def referrers(batch: Batch) -> Gathering:
    """What ever expired of those whose commissions a refund may take back."""
    if not batch.may_have(RecordEvent):
        return
    yield []
    while not batch.programs_known:
        yield []
    if not any(program.referrals for program in batch.programs.values()):
        return
    gone = {(each.program, each.counterpart()) for each in batch.commands if each.kind() == MERGE_MEMBERS}
    if gone:
        (notes,) = yield [Fetch(tables.READ_NOTES, _brought_by(batch, gone))]
        place_notes(batch.folios, notes)
    yield from _asked_back(batch, is_merging=bool(gone))


def _refunds(batch: Batch) -> Iterator[tuple[RecordEvent, Refund]]:
    for command in batch.every():
        if isinstance(command, RecordEvent) and isinstance(command.event, Refund):
            program = batch.programs.get(command.program)
            if program is not None and program.referrals is not None:
                yield command, command.event


def _brought_by(batch: Batch, gone: Set[tuple[str, str | None]]) -> list[tuple[str, str, str, str]]:
    """What the orders that are refunded have brought, where they come with a merge of this very batch."""
    return sorted(
        (program, member or "", COMMISSION, refund.order_id)
        for command, refund in _refunds(batch)
        for program, member in gone
        if program == command.program
    )


def _asked_back(batch: Batch, is_merging: bool) -> Gathering:
    """Those to whom commissions were given that refunds may take back, with what ever expired of theirs and
    what they note of the newcomer. Where there is a merge, orders may come from any page that is here, and
    anybody's may go on.
    """
    asked: dict[MemberKey, set[str]] = defaultdict(set)
    newcomers: dict[MemberKey, set[str]] = defaultdict(set)
    for command, refund in _refunds(batch):
        member = command.program, command.member
        held = batch.holders.get(command.program, {})
        handles = batch.handles_of(command, batch.programs[command.program])
        pages = [batch.folios[member]]
        if is_merging:
            pages = [each for each in batch.folios.values() if each.program == command.program]
            asked[member] |= {each.member for each in pages}
        asked[member] |= {held[each] for each in handles if each[0] == REFEREE and each in held}
        newcomers[member].add(command.member)
        for folio in pages:
            has_brought = folio.notes.get((COMMISSION, refund.order_id)) is not None
            note = commission_note(folio, refund.order_id) if has_brought else None
            for share in () if note is None else filter(None, note.shares):
                asked[member].add(share.referrer)
                newcomers[member].add(share.newcomer or folio.member)
    yield from followed(batch, asked)
    keys = {
        (member[0], page, REFEREE, name)
        for member, names in newcomers.items()
        for page in batch.concerned[member]
        for name in names
        if (member[0], page) in batch.folios
    }
    if keys:
        members = sorted({key[:2] for key in keys})
        unread = sorted(key for key in keys if key[2:] not in batch.folios[key[:2]].notes)
        notes, expiries = yield [Fetch(tables.READ_NOTES, unread), Fetch(tables.READ_EXPIRIES, members)]
        for program, page, *key in unread:
            batch.folios[program, page].notes[key[0], key[1]] = None
        place_notes(batch.folios, notes)
        place_entries(batch, members, (), expiries)
