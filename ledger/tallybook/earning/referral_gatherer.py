"""Gathers what a newcomer's events need of those who brought the member. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.db.statements import Fetch
from tallybook.earning.events import Refund
from tallybook.earning.record_event import RecordEvent
from tallybook.engine.batch import Batch, HandleKey, MemberKey
from tallybook.engine.gather import Gathering, place_entries
from tallybook.errors import Contention
from tallybook.growth.referral_notes import REFEREE, newcomer_note
from tallybook.journal import tables


def referrers(batch: Batch) -> Gathering:
    """What ever expired of those whose commissions a refund may take back.

    Raises `Contention` where a member was bound after it was looked who brought them, and before the folio
    was locked.
    """
    if not batch.may_have(RecordEvent):
        return
    yield []
    while not batch.programs_known:
        yield []
    if not any(program.referrals for program in batch.programs.values()):
        return
    missing = sorted(set(_missing(batch)))
    members = sorted(set(_asked_back(batch)))
    if not missing and not members:
        return
    held, expiries = yield [
        Fetch(tables.READ_HOLDERS, missing),
        Fetch(tables.READ_EXPIRIES, members),
    ]
    if held:
        raise Contention
    place_entries(batch, members, (), expiries)


def _missing(batch: Batch) -> Iterator[HandleKey]:
    """The handles of those who are bound by their own notes, and whose referrers nobody held."""
    for command in batch.every():
        program = batch.programs.get(command.program)
        if program is None or not isinstance(command, RecordEvent):
            continue
        for kind, key in batch.handles_of(command, program):
            folio = batch.folios.get((command.program, key))
            is_held = (kind, key) in batch.holders.get(command.program, {})
            note = None if folio is None or is_held else newcomer_note(folio)
            if note is not None and (kind == REFEREE or note.awaited is not None):
                yield command.program, kind, key


def _asked_back(batch: Batch) -> Iterator[MemberKey]:
    """Those who brought members whose orders are refunded."""
    for command in batch.every():
        if isinstance(command, RecordEvent) and isinstance(command.event, Refund):
            program = batch.programs.get(command.program)
            held = batch.holders.get(command.program, {})
            for handle in () if program is None else batch.handles_of(command, program):
                if handle[0] == REFEREE and handle in held:
                    yield command.program, held[handle]
