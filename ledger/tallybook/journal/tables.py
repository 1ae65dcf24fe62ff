"""The journal's tables. Knows SQLAlchemy types only.

Every key begins with (program, member), so that an entry, its postings and its lots always lie together, on
one page as on one shard. There are no foreign keys between them: they would cost a share lock a row, and
`verify` proves more than they could.

`folio`, `lot`, `hold`, `note`, `pool` and `rollup` are derived: `entry` and `posting` say all that is in
them.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint, literal_column, text

from tallybook.db.columns import BYTES, COUNT, DAY, INSTANT, KEY, METADATA, TEXT
from tallybook.db.statements import Insert, Lookup, Remove, Upsert
from tallybook.journal.accounts import LotKey, Posting
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Standing
from tallybook.journal.refusals import RefusalRow

_ROOMY = {"fillfactor": "80"}
"""Leaves room on each page, so that updates in place touch no index."""

folio = Table(
    "folio",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("version", COUNT, nullable=False),
    Column("head", BYTES, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("next_due_at", INSTANT),
    Column("enrolled_at", INSTANT, nullable=False),
    Column("active_at", INSTANT),
    Column("frozen", KEY, nullable=False),
    Column("frozen_reason", TEXT, nullable=False),
    Column("notes", TEXT, nullable=False),
    Column("position", COUNT, nullable=False),
    CheckConstraint("version > 0", name="folio_version"),
    CheckConstraint("length(head) = 32", name="folio_head"),
    CheckConstraint("frozen IN ('', 'earn', 'redeem', 'all')", name="folio_frozen"),
    Index("folio_due", "next_due_at"),
    postgresql_with=_ROOMY,
)

lot = Table(
    "lot",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("unit", KEY, primary_key=True),
    Column("account", KEY, primary_key=True),
    Column("fund", KEY, primary_key=True),
    Column("vests_on", DAY, primary_key=True),
    Column("expires_on", DAY, primary_key=True),
    Column("amount", COUNT, nullable=False),
    CheckConstraint("account IN ('available', 'pending', 'held', 'arrears')", name="lot_account"),
    CheckConstraint(
        "(account = 'arrears' AND amount < 0) OR (account <> 'arrears' AND amount > 0)", name="lot_amount"
    ),
    postgresql_with=_ROOMY,
)

hold = Table(
    "hold",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("hold_id", KEY, primary_key=True),
    Column("unit", KEY, nullable=False),
    Column("amount", COUNT, nullable=False),
    Column("deadline", INSTANT, nullable=False),
    Column("opened", COUNT, nullable=False),
    Column("lots", TEXT, nullable=False),
    Column("state", KEY, nullable=False),
    Column("captured", COUNT, nullable=False),
    Column("resolved", COUNT),
    CheckConstraint("amount > 0 AND captured BETWEEN 0 AND amount", name="hold_amounts"),
    CheckConstraint(
        "state IN ('open', 'captured', 'released', 'timed_out') AND (state = 'open') = (resolved IS NULL)",
        name="hold_state",
    ),
)

note = Table(
    "note",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("kind", KEY, primary_key=True),
    Column("key", KEY, primary_key=True),
    Column("body", TEXT, nullable=False),
    Column("due_at", INSTANT),
    CheckConstraint("kind <> '' AND key <> ''", name="note_key"),
    Index("note_kind", "program", "kind", "member"),
    postgresql_with=_ROOMY,
)

IS_HANDLE = "substr({0}kind, 1, 1) = '@'"
"""Whether a note is in the program only once by its kind and key."""
Index(
    "note_handle",
    note.c.program,
    note.c.kind,
    note.c.key,
    unique=True,
    postgresql_where=text(IS_HANDLE.format("")),
    sqlite_where=text(IS_HANDLE.format("")),
)

pool = Table(
    "pool",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("pool", KEY, primary_key=True),
    Column("drawn", COUNT, nullable=False),
    CheckConstraint("drawn >= 0", name="pool_drawn"),
    postgresql_with=_ROOMY,
)

_IS_OPEN = hold.c.state == literal_column("'open'")
Index("hold_open", hold.c.program, hold.c.member, postgresql_where=_IS_OPEN, sqlite_where=_IS_OPEN)

entry = Table(
    "entry",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("version", COUNT, primary_key=True),
    Column("kind", KEY, nullable=False),
    Column("request_id", KEY),
    Column("fingerprint", BYTES),
    Column("revision", Integer(), nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("metadata", TEXT, nullable=False),
    Column("reply", TEXT, nullable=False),
    Column("content", TEXT, nullable=False),
    Column("subject", KEY, nullable=False),
    Column("reverses", COUNT),
    Column("counterpart_member", KEY),
    Column("counterpart_version", COUNT),
    Column("notes", TEXT, nullable=False),
    Column("hash", BYTES, nullable=False),
    Column("position", COUNT, nullable=False),
    UniqueConstraint("program", "member", "request_id", name="entry_request"),
    CheckConstraint("version > 0", name="entry_version"),
    CheckConstraint("length(hash) = 32", name="entry_hash"),
)

Index(
    "entry_reverses",
    entry.c.program,
    entry.c.member,
    entry.c.reverses,
    postgresql_where=entry.c.reverses.is_not(None),
    sqlite_where=entry.c.reverses.is_not(None),
)
Index("entry_position", entry.c.position, postgresql_using="brin")

posting = Table(
    "posting",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("version", COUNT, primary_key=True),
    Column("line", Integer(), primary_key=True),
    Column("unit", KEY, nullable=False),
    Column("fund", KEY, nullable=False),
    Column("vests_on", DAY, nullable=False),
    Column("expires_on", DAY, nullable=False),
    Column("from_account", KEY, nullable=False),
    Column("to_account", KEY, nullable=False),
    Column("amount", COUNT, nullable=False),
    CheckConstraint("amount > 0", name="posting_amount"),
    CheckConstraint("from_account <> to_account", name="posting_accounts"),
)

EXPIRY = "'expired' IN ({0}from_account, {0}to_account)"
"""Whether a posting is about what expired: few are, and a reversal wants to know them."""
Index(
    "posting_expiries",
    posting.c.program,
    posting.c.member,
    postgresql_where=text(EXPIRY.format("")),
    sqlite_where=text(EXPIRY.format("")),
)

refusal = Table(
    "refusal",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("member", KEY, primary_key=True),
    Column("request_id", KEY, primary_key=True),
    Column("fingerprint", BYTES, nullable=False),
    Column("code", KEY, nullable=False),
    Column("facts", TEXT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("version", COUNT, nullable=False),
    Column("hash", BYTES, nullable=False),
    CheckConstraint("length(hash) = 32", name="refusal_hash"),
    Index("refusal_age", "recorded_at"),
)

rollup = Table(
    "rollup",
    METADATA,
    Column("program", KEY, primary_key=True),
    Column("unit", KEY, primary_key=True),
    Column("account", KEY, primary_key=True),
    Column("fund", KEY, primary_key=True),
    Column("amount", TEXT, nullable=False),  # a decimal integer: sums over members may leave 64 bits
)

rollup_mark = Table(
    "rollup_mark",
    METADATA,
    Column("name", KEY, primary_key=True),
    Column("position", COUNT, nullable=False),
)

MEMBER_KEY = ("program", "member")
REQUEST_KEY = ("program", "member", "request_id")
ENTRY_KEY = ("program", "member", "version")
LOT_COLUMNS = (*LotKey._fields, "amount")
HOLD_COLUMNS = ("hold_id", "unit", "amount", "deadline", "opened", "lots", "state", "captured", "resolved")
NOTE_COLUMNS = ("kind", "key", "body", "due_at")
POSTING_COLUMNS = ("version", "line", *Posting._fields)

LOCK_FOLIOS = Lookup(folio, MEMBER_KEY, (*MEMBER_KEY, *Standing.__struct_fields__), lock=True)
READ_FOLIOS = Lookup(folio, MEMBER_KEY, (*MEMBER_KEY, *Standing.__struct_fields__))
READ_LOTS = Lookup(lot, MEMBER_KEY, (*MEMBER_KEY, *LOT_COLUMNS))
READ_REFUSALS = Lookup(refusal, REQUEST_KEY, (*REQUEST_KEY, "fingerprint", "code", "facts"))
READ_OUTCOMES = Lookup(entry, REQUEST_KEY, (*REQUEST_KEY, "fingerprint", "kind", "reply"), also=READ_REFUSALS)
"""How requests were answered: a refusal's code is in capitals, an entry's kind is not."""
READ_OPEN_HOLDS = Lookup(hold, MEMBER_KEY, (*MEMBER_KEY, *HOLD_COLUMNS), where="t.state = 'open'")
READ_HOLDS = Lookup(hold, (*MEMBER_KEY, "hold_id"), (*MEMBER_KEY, *HOLD_COLUMNS))
READ_NOTES = Lookup(note, (*MEMBER_KEY, "kind", "key"), (*MEMBER_KEY, *NOTE_COLUMNS))
READ_NOTES_OF_KIND = Lookup(note, (*MEMBER_KEY, "kind"), (*MEMBER_KEY, *NOTE_COLUMNS))
READ_HOLDERS = Lookup(
    note,
    ("program", "kind", "key"),
    ("program", "kind", "key", "member"),
    where=IS_HANDLE.format("t."),
)
READ_DUE_NOTES = Lookup(note, MEMBER_KEY, (*MEMBER_KEY, *NOTE_COLUMNS), where="t.due_at IS NOT NULL")
READ_POOLS = Lookup(pool, ("program", "pool"), ("program", "pool", "drawn"))
LOCK_POOLS = Lookup(pool, ("program", "pool"), ("program", "pool", "drawn"), lock=True)
READ_REQUESTED = Lookup(entry, REQUEST_KEY, Entry._fields)
READ_ALL_OF_KIND = Lookup(entry, (*MEMBER_KEY, "kind"), Entry._fields, order="version")
READ_ENTRIES = Lookup(entry, ENTRY_KEY, Entry._fields)
READ_POSTINGS = Lookup(posting, ENTRY_KEY, (*MEMBER_KEY, *POSTING_COLUMNS), order="line")
READ_REVERSALS = Lookup(entry, (*MEMBER_KEY, "reverses"), (*MEMBER_KEY, "reverses", "reply"))
READ_EXPIRIES = Lookup(
    posting,
    MEMBER_KEY,
    (*MEMBER_KEY, *POSTING_COLUMNS),
    where=EXPIRY.format("t."),
)

WRITE_FOLIOS = Upsert(folio, (*MEMBER_KEY, *Standing.__struct_fields__), stamp="position")
WRITE_LOTS = Upsert(lot, (*MEMBER_KEY, *LOT_COLUMNS))
REMOVE_LOTS = Remove(lot)
WRITE_HOLDS = Upsert(hold, (*MEMBER_KEY, *HOLD_COLUMNS))
WRITE_NOTES = Upsert(note, (*MEMBER_KEY, *NOTE_COLUMNS))
REMOVE_NOTES = Remove(note)
WRITE_POOLS = Upsert(pool, ("program", "pool", "drawn"))
ADD_ENTRIES = Insert(entry, (*Entry._fields, "position"), stamp="position")
ADD_POSTINGS = Insert(posting, (*MEMBER_KEY, *POSTING_COLUMNS))
ADD_REFUSALS = Insert(refusal, RefusalRow._fields)
