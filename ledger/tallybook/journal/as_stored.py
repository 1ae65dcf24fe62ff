"""Rows as they are stored, made into values again. Pure: no clock, no database.

`verify` trusts nothing that it reads: days and moments come as text, and what cannot be read is a finding, no
failure. A row written by hand may hold anything that its column takes, and on SQLite that is a lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec

from tallybook.journal.accounts import LotKey, Posting
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Standing
from tallybook.journal.holds import HeldLot, Hold
from tallybook.journal.notes import Note, NoteKey
from tallybook.journal.refusals import RefusalRow
from tallybook.journal.replay import Broken

Row = Sequence[Any]

HOLD_FIELDS: Final = Hold.__struct_fields__
"""The order in which `hold` takes its values; the table's columns have the same names."""

_decode_lots = msgspec.json.Decoder(tuple[HeldLot, ...]).decode


def entry(program: str, member: str, values: Row) -> Entry:
    """An entry, from its columns behind the member in the order of `Entry`."""
    moments = moment(values[5]), moment(values[6])
    return Entry._make((program, member, *values[:5], *moments, *values[7:]))


def posting(values: Row) -> Posting:
    """A posting, from its columns in the order of `Posting`."""
    unit, fund, vests_on, expires_on, source, target, amount = values
    return Posting(unit, fund, _day(vests_on), _day(expires_on), source, target, amount)


def standing(values: Row) -> Standing:
    """The single values of a folio."""
    named = dict(zip(Standing.__struct_fields__, values, strict=True))
    moments = {name: _moment_or_none(named[name]) for name in named if name.endswith("_at")}
    return Standing(**{**named, **moments})


def lot(values: Row) -> tuple[LotKey, int]:
    """A lot and what it holds."""
    unit, account, fund, vests_on, expires_on, amount = values
    return LotKey(unit, account, fund, _day(vests_on), _day(expires_on)), amount


def hold(values: Row) -> Hold:
    """A hold, from its columns in the order of `HOLD_FIELDS`."""
    named = dict(zip(HOLD_FIELDS, values, strict=True))
    try:
        lots = _decode_lots(named["lots"])
    except (msgspec.MsgspecError, TypeError) as error:
        raise Broken(f"the lots of hold {named['hold_id']} cannot be read") from error
    return Hold(**{**named, "deadline": moment(named["deadline"]), "lots": lots})


def note(values: Row) -> tuple[NoteKey, Note]:
    """A filed note, from its columns behind the member."""
    kind, key, body, due_at = values
    return (kind, key), Note(body, _moment_or_none(due_at))


def refusal(program: str, member: str, values: Row) -> RefusalRow:
    """A refusal, from its columns behind the member in the order of `RefusalRow`."""
    request_id, fingerprint, code, facts, recorded_at, version, digest = values
    values = request_id, fingerprint, code, facts, moment(recorded_at), version, digest
    return RefusalRow(program, member, *values)


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise Broken(f"{text!r} is no day") from error


def moment(text: Any) -> datetime:
    """A moment, from its text."""
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise Broken(f"{text!r} has no time zone")
        return found if found.tzinfo is UTC else found.astimezone(UTC)
    except (OverflowError, TypeError, ValueError) as error:
        raise Broken(f"{text!r} is no moment") from error


def _moment_or_none(text: Any) -> datetime | None:
    return None if text is None else moment(text)
