"""Events of a member who has become one with another: they go on in the other's story. Pure: no clock, no
database.

Each gets an entry on the page that goes on, under the same request id, with the same content and the rewards
as they stand, and without postings: the lots have come already. So what is told again is known, and what is
refunded finds its order. Tenders lose the entries that they name, which are on the other page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import msgspec

from tallybook.earning.events import Purchase
from tallybook.earning.notes import EARNING, WAITING, WaitingNote, earning_note, read_note, write_note
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.recorded import KIND, told_by
from tallybook.earning.results import EventRecorded
from tallybook.earning.state import Count, EarningState, Tally
from tallybook.earning.story import Told
from tallybook.engine.desk import Desk
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Folio

_encode = msgspec.json.Encoder().encode
_decode_metadata = msgspec.json.Decoder(dict[str, str]).decode
_decode_reply = msgspec.json.Decoder(EventRecorded).decode


def events_of(folio: Folio) -> list[Entry]:
    """The entries of a member's events, which must have been asked for."""
    return folio.recorded_of(KIND)


def take_over(desk: Desk, kept: Folio, gone: Folio) -> None:
    """Seal the events of a member on the page that goes on, and put both stories' standing into one."""
    versions = {}
    for entry in events_of(gone):
        versions[entry.version] = kept.next_version
        reply = msgspec.structs.replace(_decode_reply(entry.reply), entry=kept.next_version)
        own = entry._replace(
            member=kept.member,
            version=kept.next_version,
            recorded_at=desk.now,
            reply=_encode(reply).decode(),
            fingerprint=_fingerprint(kept, entry),
            content=_encode(_taken_over(told_by(entry))).decode(),
            subject=gone.member,
            notes="",
        )
        kept.note_activity(entry.occurred_at)
        kept.seal(own)
    _renumber_waiting(kept, versions)
    write_note(kept, _joined_note(kept, gone), EARNING)


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


def _taken_over(told: Told) -> Told:
    event = told.event
    if isinstance(event, Purchase) and told.spent:
        tenders = tuple(msgspec.structs.replace(each, entry=None) for each in event.tenders)
        event = msgspec.structs.replace(event, tenders=tenders)
    return Told(event=event, revision=told.revision, member=told.member, stands=True)


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
        waiting=tuple(sorted({*one.waiting, *other.waiting})),
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
