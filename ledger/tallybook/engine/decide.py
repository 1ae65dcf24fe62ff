"""Decide: run each command of a batch on its folio, in order. Pure: no clock, no database.

A refusal leaves the folio as it was, and the next command of the same member sees what the one before it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

import msgspec

from tallybook.engine.batch import Batch, MemberKey, Outcome, Stored
from tallybook.engine.command import AnyCommand, Kinds, Reply
from tallybook.engine.desk import Desk, seal_on_both
from tallybook.errors import (
    InternalError,
    InvalidInput,
    NotDecided,
    NotDeclared,
    Refusal,
    RequestIdReused,
    TallybookError,
    UnknownMember,
    UnknownProgram,
    restore_refusal,
)
from tallybook.journal.accounts import POOLED
from tallybook.journal.entries import Entry, SealedEntry, own_entry
from tallybook.journal.folio import Folio, Mark
from tallybook.journal.merged import merged_into
from tallybook.journal.notes import is_handle
from tallybook.journal.refusals import RefusalRow, hashed
from tallybook.journal.settle import Earlier, Effects, plan_next_due, settle
from tallybook.programs.local_days import TICK
from tallybook.programs.program import Program
from tallybook.refusals.members import MemberMerged

AHEAD_MAX: Final = timedelta(days=1)
"""How far something may lie ahead of the book's clock: clocks differ, and nobody knows the future."""

_encode = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="deterministic").encode


def decide(batch: Batch, kinds: Kinds) -> list[Outcome]:
    """The outcome of each command, in order; what they did stands on the batch's folios.

    Those of the first commands alone, where more is due of the members after them than a batch is to do.
    """
    return list(_outcomes(batch, kinds))


def _outcomes(batch: Batch, kinds: Kinds) -> Iterator[Outcome]:
    with suppress(MoreDue):
        for command in batch.commands:
            yield _decide_one(batch, command, kinds)


class MoreDue(Exception):
    """More is due of a page than its batch is to do. What was done stands, and another batch goes on."""


class Settled(NamedTuple):
    """What became of members that were to be settled: on whose pages more is due, and what went wrong."""

    unfinished: Sequence[MemberKey]
    failed: Mapping[MemberKey, InternalError]


def settle_members(batch: Batch, members: Iterable[MemberKey], kinds: Kinds) -> Settled:
    """Settle members that no command asked about."""
    unfinished, failed = [], {}
    for key in members:
        folio = batch.folios[key]
        now = max(batch.now, folio.standing.recorded_at or batch.now)
        try:
            _settle_in(batch, folio, batch.programs[folio.program], now, kinds.effects)
        except MoreDue:
            unfinished.append(key)
        except InternalError as error:
            failed[key] = error
    return Settled(unfinished, failed)


def _decide_one(batch: Batch, command: AnyCommand, kinds: Kinds) -> Outcome:
    program = batch.programs.get(command.program)
    if program is None:
        return UnknownProgram(program=command.program)
    folio = batch.folios[command.program, command.member]
    if not folio.exists and not command.enrolls:
        return UnknownMember(program=command.program, member=command.member)
    key = command.program, command.member, command.request_id
    fingerprint = command.fingerprint()
    stored = batch.requests.get(key)
    if stored is not None:
        return _replay(command, fingerprint, stored, kinds)
    other = _other(batch, command)
    if other is not None and not other.exists and not command.enrolls_other:
        return UnknownMember(program=command.program, member=other.member)
    before = len(folio.sealed)
    try:
        if not command.reaches_merged:
            _check_not_merged(folio, other)
        outcome = carry_out(command, fingerprint, folio, other, program, batch, kinds.effects)
    except (InvalidInput, NotDecided, NotDeclared) as error:
        return error
    except Refusal as refused:
        facts = _encode(refused.facts()).decode()
        row = RefusalRow(*key, fingerprint, refused.code, facts, batch.now, folio.standing.version, b"")
        batch.refusals.append(hashed(folio.standing.head, row))
        batch.requests[key] = Stored(fingerprint, refused.code, facts, refused=True)
        return refused
    _note_requests(batch, folio, before)
    return outcome


def _note_requests(batch: Batch, folio: Folio, before: int) -> None:
    """Note how the requests were answered that were sealed since, those of parts of a command included."""
    for entry, _ in folio.sealed[before:]:
        if entry.request_id is not None and entry.fingerprint is not None:
            key = entry.program, entry.member, entry.request_id
            batch.requests[key] = Stored(entry.fingerprint, entry.kind, entry.reply, refused=False)


def _check_not_merged(folio: Folio, other: Folio | None) -> None:
    for each in (folio,) if other is None else (folio, other):
        into = merged_into(each)
        if into:
            raise MemberMerged(member=each.member, into=into)


def _other(batch: Batch, command: AnyCommand) -> Folio | None:
    """The folio of the other member, named or found by a handle."""
    member = command.counterpart()
    handle = command.counterpart_handle()
    if handle is not None:
        member = batch.holders.get(command.program, {}).get(handle)
    return None if member is None else batch.folios[command.program, member]


def _replay(command: AnyCommand, fingerprint: bytes, stored: Stored, kinds: Kinds) -> Outcome:
    if stored.fingerprint != fingerprint:
        return RequestIdReused(program=command.program, member=command.member, request_id=command.request_id)
    if stored.refused:
        return restore_refusal(stored.name, msgspec.json.decode(stored.answer))
    reply = msgspec.json.decode(stored.answer, type=kinds.commands[stored.name].reply_type)
    return msgspec.structs.replace(reply, replayed=True)


def carry_out(
    command: AnyCommand,
    fingerprint: bytes,
    folio: Folio,
    other: Folio | None,
    program: Program,
    batch: Batch,
    effects: Effects,
) -> Reply:
    """Settle the folios, decide the command and seal its entries; raises what the command raises."""
    others = _others(batch, command, folio, other, program)
    folios = [folio, *others.values()]
    now = _brought_up(batch, folios, program, effects, command)
    marks = [each.mark() for each in folios]
    occurred_at = now if command.occurred_at is None else command.occurred_at.astimezone(UTC)
    if occurred_at > now + AHEAD_MAX:
        problem = f"must be at most a day ahead of the book's clock, not {occurred_at.isoformat()}"
        raise InvalidInput("occurred_at", problem)
    program_at = partial(batch.program_at, program.code)
    revision = partial(batch.revision, program.code)
    holders = batch.holders.get(program.code, {})
    revisions_since = partial(batch.revisions_since, program.code)
    desk = Desk(
        folio,
        other,
        program,
        now,
        occurred_at,
        batch.pools,
        program_at,
        revision,
        revisions_since,
        holders,
        others,
    )
    try:
        if command.is_activity:
            folio.note_activity(occurred_at)  # first, because it may keep what comes in from lapsing at once
        if command.is_activity_of_other and other is not None:
            other.note_activity(occurred_at)
        reply: Reply = command.decide(desk)
        _seal(command, fingerprint, desk, reply)
    except TallybookError:
        _rewind(folios, marks)
        raise
    except Exception as error:
        # Our own mistake: the command fails alone, and its neighbours never notice. The engine logs it.
        _rewind(folios, marks)
        raise InternalError from error
    _note_holders(batch, folios)
    for each, mark in zip(folios, marks, strict=True):
        _count_pools(batch, program.code, each.sealed[mark.sealed :])
    return reply


def _count_pools(batch: Batch, program: str, sealed: Iterable[SealedEntry]) -> None:
    """Count what entries have drawn from pools, and put into them or given back."""
    if not batch.pools:
        return
    for _, postings in sealed:
        for posting in postings:
            change = (posting.to_account in POOLED) - (posting.from_account in POOLED)
            if change:
                batch.pools[program, posting.fund] += change * posting.amount
                batch.touched_pools.add((program, posting.fund))


def _others(
    batch: Batch, command: AnyCommand, folio: Folio, other: Folio | None, program: Program
) -> dict[str, Folio]:
    """The folios of the other member, of whoever holds a handle that the command names, and of whom else it
    turned out to concern, by member.
    """
    named = set(batch.concerned.get((program.code, folio.member), ()))
    handles = batch.handles_of(command, program)
    if handles:
        holders = batch.holders.get(program.code, {})
        named.update(holders[key] for key in handles if key in holders)
    others: dict[str, Folio] = {}
    for member in sorted(named):
        if member != folio.member:
            others[member] = batch.folios[program.code, member]
    if other is not None and other is not folio:
        others[other.member] = other
    return others


def _brought_up(
    batch: Batch,
    folios: Sequence[Folio],
    program: Program,
    effects: Effects,
    command: AnyCommand,
) -> datetime:
    """Settle folios up to the same moment, which is returned: that of the batch, or of a page ahead of it, or
    the next one, if what the caller does not date has to follow what happened then.

    What this batch did may have something fall due by now. That waits for what is told late: it would be told
    behind it.
    """
    occurred_at, latest = command.occurred_at, batch.now
    for each in folios:
        recorded_at = each.standing.recorded_at
        if recorded_at is not None and recorded_at > latest:
            latest = recorded_at
    is_dated, had_something = occurred_at is not None, folios[0].standing.recorded_at == latest
    if not is_dated and had_something and command.follows(folios[0], latest):
        latest += TICK
    happens_now = occurred_at is None or occurred_at >= latest
    for each in folios:
        if each.exists and (latest > batch.now or (happens_now and each.sealed)):
            plan_next_due(each, program, effects)
    now = latest.astimezone(UTC)  # a caller's connection or clock may show another time zone
    for each in folios:
        _settle_in(batch, each, program, now, effects)
    return now


def _note_holders(batch: Batch, folios: Iterable[Folio]) -> None:
    """Note whose the handles are that these folios took or gave up, for the commands that follow."""
    for folio in folios:
        for key in folio.touched_notes:
            if is_handle(key[0]):
                held = batch.holders.setdefault(folio.program, {})
                if folio.notes[key] is not None:
                    held[key] = folio.member
                elif held.get(key) == folio.member:
                    del held[key]


def _rewind(folios: list[Folio], marks: list[Mark]) -> None:
    for each, mark in zip(folios, marks, strict=True):
        each.rewind(mark)


def _settle_in(batch: Batch, folio: Folio, program: Program, now: datetime, effects: Effects) -> None:
    """Settle a folio of a batch, and count what time has given back to pools. Raises `MoreDue`."""
    if not is_due(folio, now):
        return
    if batch.moments_max is not None and batch.moments >= batch.moments_max:
        raise MoreDue
    before = len(folio.sealed)
    settle_folio(folio, program, now, effects, batch.earlier(folio), batch.moments_max)
    _count_pools(batch, folio.program, folio.sealed[before:])
    batch.moments += len(folio.sealed) - before
    if is_due(folio, now):
        raise MoreDue


def is_due(folio: Folio, now: datetime) -> bool:
    """Whether time may have something to do to a folio."""
    due = folio.standing.next_due_at
    return due is not None and due <= now


def settle_folio(
    folio: Folio,
    program: Program,
    now: datetime,
    effects: Effects,
    earlier: Earlier = (),
    at_most: int | None = None,
) -> None:
    """Do to a folio what time has done to it since, each moment as an entry of its own: all of them, or the
    first ones. What fell due by `earlier` revisions goes by these.

    A mistake of ours leaves the folio as it was, and raises `InternalError` for this member alone.
    """
    if not is_due(folio, now):
        return
    mark = folio.mark()
    try:
        _settle(folio, program, now, effects, earlier, at_most)
    except Exception as error:
        folio.rewind(mark)
        raise InternalError from error


def _settle(
    folio: Folio, program: Program, now: datetime, effects: Effects, earlier: Earlier, at_most: int | None
) -> None:
    def record(by: Program, kind: str, occurred_at: datetime, subject: str) -> None:
        moment = occurred_at.astimezone(UTC)
        folio.seal(own_entry(folio, kind, by.revision, now.astimezone(UTC), moment, subject=subject))

    settle(folio, program, now, record, effects, at_most, earlier)


def _seal(command: AnyCommand, fingerprint: bytes, desk: Desk, reply: Reply) -> None:
    folio, other = desk.folio, desk.other
    entry = Entry(
        program=folio.program,
        member=folio.member,
        version=folio.next_version,
        kind=command.kind(),
        request_id=command.request_id,
        fingerprint=fingerprint,
        revision=desk.program.revision,
        recorded_at=desk.now,
        occurred_at=desk.occurred_at,
        source=command.source,
        reason=command.reason,
        metadata=_encode_sorted(command.metadata).decode() if command.metadata else "",
        reply=_encode(reply).decode(),
        content=desk.content,
        subject=desk.subject,
        reverses=desk.reverses,
        counterpart_member=None,
        counterpart_version=None,
        notes="",
        hash=b"",
    )
    if other is None or other is folio:
        folio.seal(entry)
    else:
        seal_on_both(entry, folio, other, desk.other_content)
