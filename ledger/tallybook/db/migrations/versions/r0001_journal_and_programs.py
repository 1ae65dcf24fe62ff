"""0001: the journal, the rollup behind the trial balance, programs. Knows the tables as they were then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from tallybook.db.servers import ByteText, server_behind

revision: Final = "0001"
down_revision: Final = None

# As in `tallybook.db.columns` at the time: a revision stays what it is when those change.
KEY: TypeEngine[str] = ByteText()
TEXT: TypeEngine[str] = sa.Text()
COUNT: TypeEngine[int] = sa.BigInteger()
BYTES: TypeEngine[bytes] = sa.LargeBinary()
DAY: TypeEngine[date] = sa.Date()
INSTANT: TypeEngine[datetime] = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

ROOMY: Final = {"fillfactor": "80"}
"""Leaves room on each page, so that updates in place touch no index."""


def upgrade() -> None:
    """Lay the first release's tables."""
    _say_before_laying()
    _create_folios()
    _create_lots()
    _create_holds()
    _create_notes()
    _create_pools()
    _create_entries()
    _create_postings()
    _create_refusals()
    _create_rollup()
    _create_programs()


def _say_before_laying() -> None:
    server = server_behind(op.get_bind())
    if server is not None and server.before_laying:
        op.execute(server.before_laying)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, KEY, primary_key=True)


def _create_folios() -> None:
    op.create_table(
        "folio",
        _key("program"),
        _key("member"),
        sa.Column("version", COUNT, nullable=False),
        sa.Column("head", BYTES, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("next_due_at", INSTANT),
        sa.Column("enrolled_at", INSTANT, nullable=False),
        sa.Column("active_at", INSTANT),
        sa.Column("frozen", KEY, nullable=False),
        sa.Column("frozen_reason", TEXT, nullable=False),
        sa.Column("notes", TEXT, nullable=False),
        sa.Column("position", COUNT, nullable=False),
        sa.CheckConstraint("version > 0", name="folio_version"),
        sa.CheckConstraint("length(head) = 32", name="folio_head"),
        sa.CheckConstraint("frozen IN ('', 'earn', 'redeem', 'all')", name="folio_frozen"),
        postgresql_with=ROOMY,
    )
    op.create_index("folio_due", "folio", ["next_due_at"])


def _create_lots() -> None:
    op.create_table(
        "lot",
        _key("program"),
        _key("member"),
        _key("unit"),
        _key("account"),
        _key("fund"),
        sa.Column("vests_on", DAY, primary_key=True),
        sa.Column("expires_on", DAY, primary_key=True),
        sa.Column("amount", COUNT, nullable=False),
        sa.CheckConstraint("account IN ('available', 'pending', 'held', 'arrears')", name="lot_account"),
        sa.CheckConstraint(
            "(account = 'arrears' AND amount < 0) OR (account <> 'arrears' AND amount > 0)", name="lot_amount"
        ),
        postgresql_with=ROOMY,
    )


def _create_holds() -> None:
    op.create_table(
        "hold",
        _key("program"),
        _key("member"),
        _key("hold_id"),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("amount", COUNT, nullable=False),
        sa.Column("deadline", INSTANT, nullable=False),
        sa.Column("opened", COUNT, nullable=False),
        sa.Column("lots", TEXT, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("captured", COUNT, nullable=False),
        sa.Column("resolved", COUNT),
        sa.CheckConstraint("amount > 0 AND captured BETWEEN 0 AND amount", name="hold_amounts"),
        sa.CheckConstraint(
            "state IN ('open', 'captured', 'released', 'timed_out')"
            " AND (state = 'open') = (resolved IS NULL)",
            name="hold_state",
        ),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "hold_open", "hold", ["program", "member"], postgresql_where=is_open, sqlite_where=is_open
    )


def _create_notes() -> None:
    op.create_table(
        "note",
        _key("program"),
        _key("member"),
        _key("kind"),
        _key("key"),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.CheckConstraint("kind <> '' AND key <> ''", name="note_key"),
        postgresql_with=ROOMY,
    )
    op.create_index("note_kind", "note", ["program", "kind", "member"])
    is_handle = sa.text("substr(kind, 1, 1) = '@'")
    op.create_index(
        "note_handle",
        "note",
        ["program", "kind", "key"],
        unique=True,
        postgresql_where=is_handle,
        sqlite_where=is_handle,
    )


def _create_pools() -> None:
    op.create_table(
        "pool",
        _key("program"),
        _key("pool"),
        sa.Column("drawn", COUNT, nullable=False),
        sa.CheckConstraint("drawn >= 0", name="pool_drawn"),
        postgresql_with=ROOMY,
    )


def _create_entries() -> None:
    op.create_table(
        "entry",
        _key("program"),
        _key("member"),
        sa.Column("version", COUNT, primary_key=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("request_id", KEY),
        sa.Column("fingerprint", BYTES),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("metadata", TEXT, nullable=False),
        sa.Column("reply", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("reverses", COUNT),
        sa.Column("counterpart_member", KEY),
        sa.Column("counterpart_version", COUNT),
        sa.Column("notes", TEXT, nullable=False),
        sa.Column("hash", BYTES, nullable=False),
        sa.Column("position", COUNT, nullable=False),
        sa.UniqueConstraint("program", "member", "request_id", name="entry_request"),
        sa.CheckConstraint("version > 0", name="entry_version"),
        sa.CheckConstraint("length(hash) = 32", name="entry_hash"),
    )
    is_reversal = sa.text("reverses IS NOT NULL")
    op.create_index(
        "entry_reverses",
        "entry",
        ["program", "member", "reverses"],
        postgresql_where=is_reversal,
        sqlite_where=is_reversal,
    )
    # Positions grow as rows are added: a BRIN index of a few pages finds the newest, and writes hardly pay.
    op.create_index("entry_position", "entry", ["position"], postgresql_using=_brin_where_known())


def _brin_where_known() -> str:
    server = server_behind(op.get_bind())
    return "brin" if server is not None and server.has_brin else "btree"


def _create_postings() -> None:
    op.create_table(
        "posting",
        _key("program"),
        _key("member"),
        sa.Column("version", COUNT, primary_key=True),
        sa.Column("line", sa.Integer(), primary_key=True),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("fund", KEY, nullable=False),
        sa.Column("vests_on", DAY, nullable=False),
        sa.Column("expires_on", DAY, nullable=False),
        sa.Column("from_account", KEY, nullable=False),
        sa.Column("to_account", KEY, nullable=False),
        sa.Column("amount", COUNT, nullable=False),
        sa.CheckConstraint("amount > 0", name="posting_amount"),
        sa.CheckConstraint("from_account <> to_account", name="posting_accounts"),
    )
    is_expiry = sa.text("'expired' IN (from_account, to_account)")
    op.create_index(
        "posting_expiries",
        "posting",
        ["program", "member"],
        postgresql_where=is_expiry,
        sqlite_where=is_expiry,
    )


def _create_refusals() -> None:
    op.create_table(
        "refusal",
        _key("program"),
        _key("member"),
        _key("request_id"),
        sa.Column("fingerprint", BYTES, nullable=False),
        sa.Column("code", KEY, nullable=False),
        sa.Column("facts", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", COUNT, nullable=False),
        sa.Column("hash", BYTES, nullable=False),
        sa.CheckConstraint("length(hash) = 32", name="refusal_hash"),
    )
    op.create_index("refusal_age", "refusal", ["recorded_at"])


def _create_rollup() -> None:
    op.create_table(
        "rollup",
        _key("program"),
        _key("unit"),
        _key("account"),
        _key("fund"),
        # A decimal integer: sums over members may leave 64 bits.
        sa.Column("amount", TEXT, nullable=False),
    )
    op.create_table("rollup_mark", _key("name"), sa.Column("position", COUNT, nullable=False))
    op.create_table("commit_order", _key("cluster"), sa.Column("shift", COUNT, nullable=False))


def _create_programs() -> None:
    op.create_table(
        "program",
        _key("program"),
        sa.Column("revision", COUNT, nullable=False),
        sa.Column("etag", KEY, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("revision > 0", name="program_newest_revision"),
    )
    op.create_table(
        "program_revision",
        _key("program"),
        sa.Column("revision", COUNT, primary_key=True),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("etag", KEY, nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("in_force_from", INSTANT, nullable=False),
        sa.Column("ladders_revision", COUNT, nullable=False),
        sa.Column("applied_by", TEXT, nullable=False),
        sa.CheckConstraint("revision > 0", name="program_revision_number"),
        sa.CheckConstraint("in_force_from >= applied_at", name="program_revision_start"),
        sa.CheckConstraint("ladders_revision BETWEEN 1 AND revision", name="program_revision_tiers"),
    )
