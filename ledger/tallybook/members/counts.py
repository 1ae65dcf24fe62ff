"""How many of something a member had in each period, as filed notes, for limits. Pure: no clock, no database.

A slice keeps them under a kind of its own, and the name of what is limited.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.programs.rules import Period
from tallybook.programs.windows import starts_of


class Got(msgspec.Struct, frozen=True, array_like=True):
    """So many in the period that began on local day `since`."""

    since: date
    number: int


class CountsNote(msgspec.Struct, frozen=True, kw_only=True):
    """How many of something a member got, by period."""

    got: dict[str, Got]


_encode: Final = msgspec.json.Encoder().encode
_NOTHING: Final = CountsNote(got={})


def had(folio: Folio, kind: str, key: str, period: Period, day: date) -> int:
    """How many a member had in the period that a local day lies in."""
    note = decoded(CountsNote, folio.note(kind, key)) or _NOTHING
    got = note.got.get(period)
    return got.number if got is not None and got.since == starts_of(day)[period] else 0


def count(folio: Folio, kind: str, key: str, periods: Iterable[Period], number: int, day: date) -> None:
    """Count what a member gets on a local day, in all these periods."""
    note, starts = decoded(CountsNote, folio.note(kind, key)) or _NOTHING, starts_of(day)
    got = dict(note.got)
    for period in periods:
        got[period] = Got(starts[period], had(folio, kind, key, period, day) + number)
    _put(folio, kind, key, got)


def count_back(folio: Folio, kind: str, key: str, periods: Iterable[Period], number: int, day: date) -> None:
    """Take back what was counted on a local day in these periods, where they have gone on since; a reader
    that has not asked for the note does without.
    """
    note = decoded(CountsNote, folio.notes.get((kind, key)))
    if note is None:
        return
    got, starts = dict(note.got), starts_of(day)
    for period in periods:
        there = got.get(period)
        if there is not None and there.since == starts[period]:
            got[period] = Got(there.since, max(0, there.number - number))
    _put(folio, kind, key, got)


def join_counts(kept: Folio, gone: Folio, kind: str) -> None:
    """Add what one member got to what another did. All notes of both must have been asked for."""
    for (each, key), note in list(gone.notes.items()):
        other = decoded(CountsNote, note) if each == kind else None
        if other is None:
            continue
        own = decoded(CountsNote, kept.notes.get((kind, key))) or _NOTHING
        got = dict(own.got)
        for period, more in other.got.items():
            there = got.get(period)
            if there is None or there.since < more.since:
                got[period] = more
            elif there.since == more.since:
                got[period] = Got(more.since, there.number + more.number)
        _put(kept, kind, key, got)


def part_counts(kept: Folio, gone: Folio, kind: str) -> None:
    """Take off what one member got what came with another, in periods that have gone on since. All notes of
    both must have been asked for.
    """
    for (each, key), note in list(gone.notes.items()):
        came = decoded(CountsNote, note) if each == kind else None
        own = decoded(CountsNote, kept.note(kind, key)) if came is not None else None
        if came is None or own is None:
            continue
        got = dict(own.got)
        for period, there in own.got.items():
            less = came.got.get(period)
            if less is not None and less.since == there.since:
                got[period] = Got(there.since, max(0, there.number - less.number))
        if got != own.got:
            _put(kept, kind, key, got)


def _put(folio: Folio, kind: str, key: str, got: dict[str, Got]) -> None:
    note = CountsNote(got=dict(sorted(got.items())))
    folio.put_note(kind, Note(_encode(note).decode()), key)
