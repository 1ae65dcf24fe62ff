"""Behind every assert stands the database: each of its checks refuses what it is there for."""

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from tallybook.db.columns import METADATA
from tallybook.db.database import Database

from tests.db.good_rows import GOOD, Literals, insert

# What each check is there to refuse.
REFUSED: list[tuple[str, str, Literals]] = [
    ("folio", "folio_version", {"version": "0"}),
    ("folio", "folio_version", {"version": "-1"}),
    ("folio", "folio_head", {"head": "SHORT_HASH"}),
    ("folio", "folio_frozen", {"frozen": "'sometimes'"}),
    ("lot", "lot_account", {"account": "'issued'"}),
    ("lot", "lot_amount", {"amount": "0"}),
    ("lot", "lot_amount", {"amount": "-1"}),
    ("lot", "lot_amount", {"account": "'held'", "amount": "-1"}),
    ("lot", "lot_amount", {"account": "'arrears'", "amount": "1"}),
    ("lot", "lot_amount", {"account": "'arrears'", "amount": "0"}),
    ("hold", "hold_amounts", {"amount": "0"}),
    ("hold", "hold_amounts", {"captured": "-1"}),
    ("hold", "hold_amounts", {"captured": "11", "state": "'captured'", "resolved": "2"}),
    ("hold", "hold_state", {"state": "'forgotten'"}),
    ("hold", "hold_state", {"resolved": "2"}),
    ("hold", "hold_state", {"state": "'released'"}),
    ("note", "note_key", {"kind": "''"}),
    ("note", "note_key", {"key": "''"}),
    ("pool", "pool_drawn", {"drawn": "-1"}),
    ("entry", "entry_version", {"version": "0"}),
    ("entry", "entry_hash", {"hash": "SHORT_HASH"}),
    ("refusal", "refusal_hash", {"hash": "SHORT_HASH"}),
    ("posting", "posting_amount", {"amount": "0"}),
    ("posting", "posting_amount", {"amount": "-1"}),
    ("posting", "posting_accounts", {"to_account": "'issued'"}),
    ("program", "program_newest_revision", {"revision": "0"}),
    ("program_revision", "program_revision_number", {"revision": "0"}),
    ("program_revision", "program_revision_start", {"in_force_from": "'2026-01-31T09:29:59.000000+00:00'"}),
    ("program_revision", "program_revision_tiers", {"ladders_revision": "0"}),
    ("program_revision", "program_revision_tiers", {"ladders_revision": "2"}),
]


def named(constraints: Any) -> set[tuple[str, str]]:
    return {(each.table.name, str(each.name)) for each in constraints}


def test_every_check_is_tried() -> None:
    declared = named(
        each
        for table in METADATA.tables.values()
        for each in table.constraints
        if isinstance(each, CheckConstraint)
    )
    assert {(table, name) for table, name, _ in REFUSED} == declared
    assert GOOD.keys() == METADATA.tables.keys()


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_is_taken(database: Database, table: str) -> None:
    with database.engine.begin() as connection:
        insert(connection, table, GOOD[table])


@pytest.mark.parametrize(("table", "check", "change"), REFUSED)
def test_a_check_refuses(database: Database, table: str, check: str, change: Literals) -> None:
    with database.engine.connect() as connection, pytest.raises(IntegrityError, match=check):
        insert(connection, table, GOOD[table] | change)


@pytest.mark.parametrize("table", GOOD)
def test_a_row_is_kept_once(database: Database, table: str) -> None:
    with database.engine.connect() as connection, connection.begin():
        insert(connection, table, GOOD[table])
        with pytest.raises(IntegrityError):
            insert(connection, table, GOOD[table])


def test_a_request_is_answered_by_one_entry(database: Database) -> None:
    (constraint,) = (
        each for each in METADATA.tables["entry"].constraints if isinstance(each, UniqueConstraint)
    )
    assert constraint.name == "entry_request"
    with database.engine.connect() as connection, connection.begin():
        insert(connection, "entry", GOOD["entry"])
        with pytest.raises(IntegrityError, match=r"entry_request|entry\.request_id"):
            insert(connection, "entry", GOOD["entry"] | {"version": "2"})


def test_entries_that_nobody_asked_for_have_no_request(database: Database) -> None:
    with database.engine.begin() as connection:
        for version in ("1", "2"):
            insert(connection, "entry", GOOD["entry"] | {"version": version, "request_id": "NULL"})


def test_what_must_be_there_is_never_null(database: Database) -> None:
    needed = [
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if not column.nullable
    ]
    with database.engine.connect() as connection:
        for table, column in needed:
            with pytest.raises(IntegrityError, match=column), connection.begin_nested():
                insert(connection, table, GOOD[table] | {column: "NULL"})
