"""How often something was tried in vain: a resident note of whoever tried. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import msgspec

from tallybook.codes import TooManyTries
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.programs.tries import CodesSection

TRIES: Final = "tries"


class Tries(msgspec.Struct, frozen=True, kw_only=True):
    """`failed` tries, each within the time of a lock after the one before it; `until` is when that ends."""

    failed: int
    until: datetime


_encode = msgspec.json.Encoder().encode


def failed_tries(folio: Folio, now: datetime) -> int:
    """How many tries count now."""
    tries = decoded(Tries, folio.note(TRIES))
    return 0 if tries is None or now >= tries.until else tries.failed


def locked_until(folio: Folio, rules: CodesSection, now: datetime) -> datetime | None:
    """Until when nothing more can be tried; None where something can."""
    tries = decoded(Tries, folio.note(TRIES))
    return tries.until if tries is not None and failed_tries(folio, now) >= rules.tries else None


def admit(caller: Folio, rules: CodesSection, now: datetime) -> None:
    """Let a caller try, who is known from the first time on; raises `TooManyTries`."""
    until = locked_until(caller, rules, now)
    if until is not None:
        raise TooManyTries(until=until.isoformat(timespec="seconds"))
    if not caller.exists:
        caller.begin(now)


def note_failure(folio: Folio, rules: CodesSection, now: datetime) -> int:
    """Count a try in vain; returns how many are left."""
    failed = failed_tries(folio, now) + 1
    tries = Tries(failed=failed, until=now + timedelta(seconds=rules.lock_seconds))
    folio.put_note(TRIES, Note(_encode(tries).decode()))
    return max(0, rules.tries - failed)


def forget_failures(folio: Folio) -> None:
    """Begin anew."""
    if folio.note(TRIES) is not None:
        folio.put_note(TRIES, None)
