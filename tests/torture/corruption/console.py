"""What somebody with a console can do to the told book, and how it is told. Knows no pytest."""

from dataclasses import dataclass

from tallybook.db.columns import METADATA

AMY, BOB, CID, FAY, GIL, NOBODY = "amy", "bob", "cid", "fay", "gil", ""
OF_MEMBERS = [name for name, table in METADATA.tables.items() if "member" in table.columns]


@dataclass(frozen=True, slots=True)
class Tampering:
    """What somebody did with a console; `verify` must name this member and entry, and say something like it.

    `also` are others whom `verify` may name too, because their side of something is gone.
    """

    name: str
    sql: tuple[str, ...]
    member: str
    entry: int
    says: str
    also: tuple[str, ...] = ()


def copied(table: str, where: str, **changes: str) -> str:
    """SQL that inserts a copy of a row with some values changed, as SQL."""
    names = [column.name for column in METADATA.tables[table].columns]
    values = ", ".join(changes.get(name, name) for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {where}"


def of(member: str, version: int) -> str:
    """The condition for an entry, or for its postings."""
    return f"member = '{member}' AND version = {version}"


def one(name: str, sql: str, member: str, entry: int, says: str, also: tuple[str, ...] = ()) -> Tampering:
    return Tampering(name, (sql,), member, entry, says, also)


HASH = "the hash does not match"
