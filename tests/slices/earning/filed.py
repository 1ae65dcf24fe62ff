"""What lies in the database about a member, past the library: notes, and what was drawn from budgets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import tallybook as tb
from sqlalchemy import Connection, NullPool, Select, create_engine, select
from tallybook.earning.notes import EVENT, EventNote
from tallybook.journal.notes import read_resident
from tallybook.journal.tables import folio, note, pool


def filed(url: str, kind: str, member: str = "m1") -> dict[str, Any]:
    """A member's filed notes of a kind, by key."""
    rows = select(note.c.key, note.c.body).where(note.c.member == member, note.c.kind == kind)
    return {key: json.loads(body) for key, body in _read(url, rows)}


def resident(url: str, member: str = "m1") -> Any:
    """Where a member's story stands."""
    ((text,),) = _read(url, select(folio.c.notes).where(folio.c.member == member))
    return json.loads(read_resident(text)["earning"].body)


def left_of(url: str, replies: Mapping[str, tb.EventRecorded], member: str) -> Iterator[tuple[str, int]]:
    """What is left of a member's rewards, by rule: as the first replies to events say, and notes since."""
    notes = {
        key: msgspec.convert(each, EventNote, strict=False) for key, each in filed(url, EVENT, member).items()
    }
    for key, reply in replies.items():
        now = notes.get(key, EventNote())
        for reward in reply.rewards if now.rewards is None else now.rewards:
            yield reward.rule, reward.amount - now.refunded.taken.get(reward.rule, 0)


def drawn(url: str, program: str = "market") -> dict[str, int]:
    """What was drawn from each budget of a program."""
    rows = _read(url, select(pool.c.pool, pool.c.drawn).where(pool.c.program == program))
    return {name.removeprefix("budget/"): amount for name, amount in rows}


def _read(url: str, query: Select[Any]) -> Any:
    engine = create_engine(url, poolclass=NullPool)
    connection: Connection
    with engine.connect() as connection:
        return connection.execute(query).all()
