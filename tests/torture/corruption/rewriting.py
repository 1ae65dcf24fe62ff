"""Rewrites a member's history so that everything follows again: what somebody does who has read the library.

Knows no pytest.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, Table, delete, insert, select, update
from tallybook.commands import KINDS
from tallybook.engine.command import redo_with
from tallybook.journal import tables
from tallybook.journal.entries import GENESIS, SealedEntry, seal
from tallybook.journal.folio import Folio
from tallybook.journal.queries import history
from tallybook.journal.refusals import RefusalRow, hashed
from tallybook.journal.replay import blank, replay_entry

from tests.torture.corruption.storied_book import PROGRAM

History = list[SealedEntry]


def rewrite(connection: Connection, member: str, edit: Callable[[History], History]) -> None:
    """Put an edited history in place of a member's, with every hash and derived row computed anew.

    Entries keep their positions; holds are left alone.
    """
    entry = tables.entry.c
    stood = select(entry.version, entry.position).where(entry.program == PROGRAM, entry.member == member)
    positions = dict(connection.execute(stood).all())
    folio, heads, chained = _chained(member, edit(list(history(connection, PROGRAM, member))))
    for table in (tables.entry, tables.posting, tables.lot):
        connection.execute(delete(table).where(*_of(table, member)))
    own = {"program": PROGRAM, "member": member}
    for sealed in chained:
        version = sealed.entry.version
        row = sealed.entry._asdict() | {"position": positions[version]}
        connection.execute(insert(tables.entry).values(row))
        for line, posting in enumerate(sealed.postings):
            row = own | {"version": version, "line": line} | posting._asdict()
            connection.execute(insert(tables.posting).values(row))
    for key, amount in folio.lots.items():
        connection.execute(insert(tables.lot).values(own | key._asdict() | {"amount": amount}))
    standing = {name: value for name, value in asdict(folio.standing).items() if name not in KEPT}
    connection.execute(update(tables.folio).where(*_of(tables.folio, member)).values(standing))
    _rehash_refusals(connection, member, heads)


KEPT = ("next_due_at", "position")


def _of(table: Table, member: str) -> list[Any]:
    return [table.c.program == PROGRAM, table.c.member == member]


def _chained(member: str, edited: History) -> tuple[Folio, dict[int, bytes], History]:
    """The history with its hashes, the folio it comes to, and the hash at each version."""
    folio = blank(PROGRAM, member)
    heads = {0: GENESIS}
    chained = []
    for entry, postings in edited:
        heads[entry.version] = seal(heads[entry.version - 1], entry, postings)
        sealed = SealedEntry(entry._replace(hash=heads[entry.version]), postings)
        replay_entry(folio, sealed, redo_with(KINDS))
        chained.append(sealed)
    return folio, heads, chained


def _rehash_refusals(connection: Connection, member: str, heads: dict[int, bytes]) -> None:
    table = tables.refusal
    for row in connection.execute(select(table).where(*_of(table, member))).all():
        if row.version in heads:
            again = hashed(heads[row.version], RefusalRow(*row))
            same = table.c.request_id == row.request_id
            connection.execute(update(table).where(*_of(table, member), same).values(hash=again.hash))


# --- edits -----------------------------------------------------------------------------------------------


def richer(told: History) -> History:
    """Entry 2, an award of 100, was one of 900."""
    (entry, (posting,)) = told[1]
    reply = entry.reply.replace("100", "900")
    told[1] = SealedEntry(entry._replace(reply=reply), (posting._replace(amount=900),))
    return told


def without_reason(told: History) -> History:
    """Nobody ever said why the member was frozen."""
    return [SealedEntry(entry._replace(reason=""), postings) for entry, postings in told]


def shorter(told: History) -> History:
    """The last entry never happened."""
    return told[:-1]
