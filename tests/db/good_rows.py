"""One good row of every table, as SQL literals, and ways to insert such rows. Knows no pytest."""

from sqlalchemy import Connection, text

MOMENT = "'2026-01-31T09:30:00.000000+00:00'"
DAY = "'2027-01-31'"
HASH = {"sqlite": "zeroblob(32)", "postgresql": "decode(repeat('00', 32), 'hex')"}
SHORT_HASH = {"sqlite": "zeroblob(31)", "postgresql": "decode(repeat('00', 31), 'hex')"}

Literals = dict[str, str]

MEMBER = {"program": "'demo'", "member": "'alice'"}
LOT = {"unit": "'points'", "fund": "'house'", "vests_on": "'0001-01-01'", "expires_on": DAY}

# One good row of each table, as SQL literals; `HASH` is replaced by the dialect's.
GOOD: dict[str, Literals] = {
    "folio": MEMBER
    | {"version": "1", "head": "HASH", "recorded_at": MOMENT, "enrolled_at": MOMENT}
    | {"frozen": "''", "frozen_reason": "''", "notes": "''", "position": "1"},
    "lot": MEMBER | LOT | {"account": "'available'", "amount": "1"},
    "hold": MEMBER
    | {"hold_id": "'h1'", "unit": "'points'", "amount": "10", "deadline": MOMENT, "opened": "1"}
    | {"lots": "'[]'", "state": "'open'", "captured": "0", "resolved": "NULL"},
    "note": MEMBER | {"kind": "'order'", "key": "'o1'", "body": "'{}'", "due_at": "NULL"},
    "pool": {"program": "'demo'", "pool": "'budget/spring'", "drawn": "0"},
    "entry": MEMBER
    | {"version": "1", "kind": "'award'", "request_id": "'r1'", "revision": "1", "recorded_at": MOMENT}
    | {"occurred_at": MOMENT, "source": "''", "reason": "''", "metadata": "''", "reply": "''"}
    | {"content": "''", "notes": "''", "subject": "''", "hash": "HASH", "position": "1"},
    "posting": MEMBER
    | LOT
    | {"version": "1", "line": "0", "from_account": "'issued'", "to_account": "'available'", "amount": "1"},
    "refusal": MEMBER
    | {"request_id": "'r1'", "fingerprint": "HASH", "code": "'X'", "facts": "'{}'", "recorded_at": MOMENT}
    | {"version": "1", "hash": "HASH"},
    "rollup": {
        "program": "'demo'",
        "unit": "'points'",
        "account": "'issued'",
        "fund": "'house'",
        "amount": "'1'",
    },
    "rollup_mark": {"name": "'house'", "position": "1"},
    "commit_order": {"cluster": "'c'", "shift": "0"},
    "program": {"program": "'demo'", "revision": "1", "etag": "'e'", "updated_at": MOMENT},
    "program_revision": {"program": "'demo'", "revision": "1", "document": "''", "etag": "'e'"}
    | {"applied_at": MOMENT, "in_force_from": MOMENT, "ladders_revision": "1", "applied_by": "''"},
}


def insert(connection: Connection, table: str, row: Literals) -> None:
    """Insert a row of literals, as somebody with a console would."""
    kind = connection.dialect.name
    stand_ins = {"HASH": HASH[kind], "SHORT_HASH": SHORT_HASH[kind]}
    values = ", ".join(stand_ins.get(value, value) for value in row.values())
    connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"))


def fill(connection: Connection, table: str, rows: int) -> None:
    """Insert many rows on PostgreSQL, each of a member, program or name of its own."""
    row = dict(GOOD[table])
    owner = next(name for name in ("member", "program", "name", "cluster") if name in row)
    row[owner] = "'n' || n"
    values = ", ".join({"HASH": HASH["postgresql"]}.get(value, value) for value in row.values())
    rows_of = f"SELECT {values} FROM generate_series(1, {rows}) n"
    casts = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({casts}) {rows_of}"))
