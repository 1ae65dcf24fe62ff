"""Events of a member who has become one with another: they go on in the other's story. Pure: no clock, no
database.

Each gets an entry on the page that goes on, under the same request id, with the same content and the rewards
as they stand, and without postings: the lots have come already. So what is told again is known, and what is
refunded finds its order. What has paid for an order is moved along as well, and its tenders name it there.

What the member had left with somebody, with whom they were one before, is told again no more than it was; it
is refunded where it was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

import msgspec

from tallybook.earning.events import Event, Purchase, Refund
from tallybook.earning.notes import (
    EARNING,
    EVENT,
    WAITING,
    EventNote,
    WaitingNote,
    awaited_orders,
    earning_note,
    read_note,
    write_note,
)
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.recorded import KIND, told_by
from tallybook.earning.results import EventRecorded
from tallybook.earning.state import Count, EarningState, Tally
from tallybook.earning.story import Told
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import AVAILABLE, MERGED, VESTED, Posting
from tallybook.journal.entries import Entry, own_entry
from tallybook.journal.folio import Folio
from tallybook.journal.merged import event_kept_by
from tallybook.journal.moves import backwards, crossings

SPENT_BEFORE: Final = "spent_before"
"""The entry that tells of a spending on the other page which has paid for an order."""


SPENT_ELSEWHERE: Final = "spent_elsewhere"
"""The entry on the other page that lets go of such a spending: as if it were reversed there."""


class SpentBefore(msgspec.Struct, frozen=True, kw_only=True):
    """The reply on such an entry: whose it was, and which entry tells of it there."""

    member: str
    entry_there: int


class SpentElsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """The reply on such an entry: how much of it went, to whom, and which entry tells of it there."""

    amount: int
    member: str
    entry_there: int


_encode = msgspec.json.Encoder().encode
_decode_metadata = msgspec.json.Decoder(dict[str, str]).decode
_decode_reply = msgspec.json.Decoder(EventRecorded).decode


def events_of(folio: Folio) -> list[Entry]:
    """The entries of a member's events, which must have been asked for."""
    return folio.recorded_of(KIND)


def take_over(desk: Desk, kept: Folio, gone: Folio) -> dict[int, int]:
    """Seal the events of a member on the page that goes on, and put both stories' standing into one.

    Returns which entry there stands for each of the other page's that has paid for an order.
    """
    versions, paid = dict[int, int](), _move_spending(desk, kept, gone)
    for entry in events_of(gone):
        versions[entry.version] = kept.next_version
        kept_by = event_kept_by(gone, entry)
        told = _left(told_by(entry), kept_by) if kept_by else _taken_over(told_by(entry), paid)
        reply = msgspec.structs.replace(_decode_reply(entry.reply), entry=kept.next_version)
        own = entry._replace(
            member=kept.member,
            version=kept.next_version,
            recorded_at=desk.now,
            reply=_encode(reply).decode(),
            fingerprint=_fingerprint(kept, entry),
            content=_encode(told).decode(),
            subject=gone.member,
            notes="",
        )
        kept.note_activity(entry.occurred_at)
        _take_note(kept, gone, entry.request_id or "")
        kept.seal(own)
    _renumber_waiting(kept, versions)
    _renumber_returned(kept, paid)
    write_note(kept, _joined_note(kept, gone), EARNING)
    return paid


def _take_note(kept: Folio, gone: Folio, event: str) -> None:
    """What has become of an event goes along with its entry. It stays on the other page, too, where it is
    asked for if they are two again.
    """
    note = gone.notes.get((EVENT, event))
    if note is not None:
        kept.put_note(EVENT, note, event)


def _fingerprint(kept: Folio, entry: Entry) -> bytes:
    """What the same event comes to when it is told again, of the member that goes on."""
    of = partial(
        RecordEvent,
        program=entry.program,
        event=told_by(entry).event,
        source=entry.source,
        reason=entry.reason,
        metadata=_decode_metadata(entry.metadata) if entry.metadata else {},
    )
    had_none = of(member=entry.member).fingerprint() == entry.fingerprint
    return of(member=kept.member, occurred_at=None if had_none else entry.occurred_at).fingerprint()


def _taken_over(told: Told, paid: Mapping[int, int]) -> Told:
    return msgspec.structs.replace(
        told,
        event=_renamed(told.event, paid),
        spent={paid[version]: units for version, units in told.spent.items()},
        stands=True,
    )


def _left(told: Told, kept_by: str) -> Told:
    """The same of an event that was left with somebody; so was what had paid for it."""
    return msgspec.structs.replace(
        told, event=_renamed(told.event, dict.fromkeys(told.spent)), spent={}, stands=True, kept_by=kept_by
    )


def _renamed(event: Event, entries: Mapping[int, int | None]) -> Event:
    """The same event with tenders that name other entries."""
    if not isinstance(event, Purchase | Refund) or not any(each.entry in entries for each in event.tenders):
        return event
    tenders = tuple(
        each
        if each.entry is None
        else msgspec.structs.replace(each, entry=entries.get(each.entry, each.entry))
        for each in event.tenders
    )
    return msgspec.structs.replace(event, tenders=tenders)


def _move_spending(desk: Desk, kept: Folio, gone: Folio) -> dict[int, int]:
    """Move what is left of each spending that has paid for an order: an entry for each, on both pages.

    Returns which one stands for which of the other page's.
    """
    paid: dict[int, int] = {}
    orders = [told_by(entry) for entry in events_of(gone) if not event_kept_by(gone, entry)]
    for version in sorted({each for told in orders for each in told.spent}):
        original = gone.original(version)
        assert original is not None, "what has paid for an order was asked for"
        _, outward = crossings(original.postings)
        spent = sum(each.amount for each in outward)
        left = spent - original.reversed
        parts = list(backwards(outward, original.reversed, spent))
        for (unit, fund, _, expires_on, _, target, _), part in reversed(parts):
            gone.post(Posting(unit, fund, VESTED, expires_on, target, MERGED, part))
            kept.post(Posting(unit, fund, VESTED, expires_on, MERGED, AVAILABLE, part))
            kept.post(Posting(unit, fund, VESTED, expires_on, AVAILABLE, target, part))
        paid[version] = kept.next_version
        desk.seal_part(SPENT_BEFORE, SpentBefore(member=gone.member, entry_there=version))
        if left:
            told = SpentElsewhere(amount=left, member=kept.member, entry_there=paid[version])
            _let_go(desk, gone, version, told)
    return paid


def _let_go(desk: Desk, gone: Folio, version: int, told: SpentElsewhere) -> None:
    entry = own_entry(
        gone,
        SPENT_ELSEWHERE,
        desk.program.revision,
        desk.now,
        desk.occurred_at,
        reply=_encode(told).decode(),
        reverses=version,
    )
    gone.seal(entry)


def _renumber_returned(kept: Folio, paid: Mapping[int, int]) -> None:
    """What refunds have given back of each spending, and have said of it, names its entry."""
    for kind, key in sorted(kept.touched_notes):
        note = read_note(kept, EventNote, EVENT, key) if kind == EVENT else None
        if note is not None and paid.keys() & {*note.refunded.returned, *note.refunded.told}:
            returned, told = (
                {paid.get(version, version): n for version, n in each.items()}
                for each in (note.refunded.returned, note.refunded.told)
            )
            refunded = msgspec.structs.replace(note.refunded, returned=returned, told=told)
            write_note(kept, msgspec.structs.replace(note, refunded=refunded), EVENT, key)


def _renumber_waiting(kept: Folio, versions: dict[int, int]) -> None:
    """Refunds that wait for their order name their entry."""
    for (kind, key), note in list(kept.notes.items()):
        waiting = read_note(kept, WaitingNote, WAITING, key) if kind == WAITING and note else None
        if waiting is not None and (kind, key) in kept.touched_notes:
            refunds = (
                msgspec.structs.replace(each, version=versions.get(each.version, each.version))
                for each in waiting.refunds
            )
            write_note(kept, WaitingNote(refunds=tuple(refunds)), WAITING, key)


def _joined_note(kept: Folio, gone: Folio) -> msgspec.Struct:
    one, other = earning_note(kept), earning_note(gone)
    last = max((one, other), key=lambda each: (each.last_at is not None, each.last_at, each.last_key))
    return msgspec.structs.replace(
        one,
        state=_joined_state(one.state, other.state),
        last_at=last.last_at,
        last_key=last.last_key,
        is_ordered=one.is_ordered or other.is_ordered,
        awaited=len({order for folio in (kept, gone) for order in awaited_orders(folio)}),
    )


def _joined_state(one: EarningState, other: EarningState) -> EarningState:
    moments = [each.last_purchase_at for each in (one, other) if each.last_purchase_at is not None]
    counters = {**one.counters}
    for period, tally in other.counters.items():
        counters[period] = _joined_tally(counters[period], tally) if period in counters else tally
    return EarningState(
        orders=one.orders + other.orders,
        last_purchase_at=max(moments, default=None),
        counters=dict(sorted(counters.items())),
    )


def _joined_tally(one: Tally, other: Tally) -> Tally:
    if one.since != other.since:
        return max(one, other, key=lambda each: each.since)
    names: Iterable[str] = sorted({*one.counts, *other.counts})
    return Tally(one.since, {name: _added(one.counts.get(name), other.counts.get(name)) for name in names})


def _added(one: Count | None, other: Count | None) -> Count:
    (steps, times), (more, again) = one or (0, 0), other or (0, 0)
    return steps + more, times + again
