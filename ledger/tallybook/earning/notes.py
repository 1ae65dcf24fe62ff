"""What earning keeps about a member between events, as notes. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final, TypeVar

import msgspec

from tallybook.earning.refunds import Refunded
from tallybook.earning.results import Reward
from tallybook.earning.state import EarningState
from tallybook.earning.story import Told
from tallybook.growth.task_state import Counted
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.programs.program import Program

EARNING: Final = "earning"
EVENT: Final = "event"
WAITING: Final = "waiting_refund"

T = TypeVar("T", bound=msgspec.Struct)
_encode = msgspec.json.Encoder().encode


class EarningNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Resident: where the member's story stands. `awaited` is how many orders refunds wait for: they may be
    many, so which they are is filed.

    `is_ordered` says whether anything in it may depend on the order of its events; from then on it is told in
    that order.
    """

    state: EarningState = EarningState()
    last_at: datetime | None = None
    last_key: str = ""
    is_ordered: bool = False
    awaited: int = 0

    def is_late(self, at: datetime, key: str) -> bool:
        """Whether something stands behind an event in the story already."""
        return self.last_at is not None and (at, key) < (self.last_at, self.last_key)

    def is_followed_by(self, at: datetime, key: str) -> bool:
        """Whether an event of a moment would be late for its key alone."""
        return self.last_at == at and key < self.last_key

    def with_event(self, at: datetime, key: str, program: Program) -> EarningNote:
        """The same with one more event, decided by a program, that may be the last."""
        is_ordered = self.is_ordered or program.rules.is_ordered
        last_at, last_key = (self.last_at, self.last_key) if self.is_late(at, key) else (at, key)
        return msgspec.structs.replace(self, last_at=last_at, last_key=last_key, is_ordered=is_ordered)


_BEGINNING: Final = EarningNote()
_decode = lru_cache(maxsize=1024)(msgspec.json.Decoder(EarningNote).decode)
"""Remembers: a batch asks for the same note when it gathers, and again for every event."""


class EventNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Filed under an event's key, once it is no longer as its entry says: what was refunded of it, and its
    rewards, and what it counted towards tasks, where that was decided anew.
    """

    rewards: tuple[Reward, ...] | None = None
    refunded: Refunded = Refunded()
    counted: tuple[Counted, ...] | None = None


class WaitingRefund(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A refund that came before its order. `problem` says why it could not be applied when the order came."""

    told: Told
    occurred_at: datetime
    version: int
    problem: str = ""


class WaitingNote(msgspec.Struct, frozen=True, kw_only=True):
    """Filed under an order's id: its refunds that came first, in the order in which they came."""

    refunds: tuple[WaitingRefund, ...]


def read_note(folio: Folio, shape: type[T], kind: str, key: str = "") -> T | None:
    """A note in its shape, or None where there is none."""
    return decoded(shape, folio.note(kind, key))


def write_note(folio: Folio, body: msgspec.Struct | None, kind: str, key: str = "") -> None:
    """Put a note where it differs from what is there."""
    note = None if body is None else Note(_encode(body).decode())
    if folio.note(kind, key) != note:
        folio.put_note(kind, note, key)


def is_awaited(folio: Folio, order: str) -> bool:
    """Whether refunds wait for an order. Its note is there if any order is awaited: see the gatherer."""
    note = decoded(WaitingNote, folio.notes.get((WAITING, order)))
    return note is not None and any(not refund.problem for refund in note.refunds)


def awaited_orders(folio: Folio) -> list[str]:
    """The orders that refunds wait for, of a folio with all its notes of that kind."""
    return [key for kind, key in folio.notes if kind == WAITING and is_awaited(folio, key)]


def earning_note(folio: Folio) -> EarningNote:
    """Where the member's story stands."""
    note = folio.note(EARNING)
    return _BEGINNING if note is None else _decode(note.body)
