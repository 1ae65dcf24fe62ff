"""Ways to tamper with the told book through SQL, and what `verify` has to say of each. Knows no pytest."""

from tests.torture.corruption.console import (
    AMY,
    BOB,
    CID,
    HASH,
    NOBODY,
    OF_MEMBERS,
    Tampering,
    copied,
    of,
    one,
)
from tests.torture.corruption.tampering_with_events import EVENTS, GROWTH, NOTES, POOLS

POSTINGS = [
    one("amount", f"UPDATE posting SET amount = amount + 1 WHERE {of(AMY, 2)}", AMY, 2, HASH),
    one("source", f"UPDATE posting SET from_account = 'adjusted' WHERE {of(AMY, 2)}", AMY, 2, HASH),
    one(
        "swapped accounts",
        f"UPDATE posting SET from_account = to_account, to_account = from_account WHERE {of(AMY, 7)}",
        AMY,
        7,
        HASH,
    ),
    one("expiry", f"UPDATE posting SET expires_on = '2030-01-31' WHERE {of(AMY, 2)}", AMY, 2, HASH),
    one("unit", f"UPDATE posting SET unit = 'growth' WHERE {of(BOB, 3)}", BOB, 3, HASH),
    one("fund", f"UPDATE posting SET fund = 'partner' WHERE {of(BOB, 2)}", BOB, 2, HASH),
    one("moved", f"UPDATE posting SET member = 'dan' WHERE {of(AMY, 2)}", AMY, 2, HASH, ("dan",)),
    one("deleted", f"DELETE FROM posting WHERE {of(CID, 2)}", CID, 2, HASH),
    one("one more", copied("posting", of(AMY, 2), line="1"), AMY, 2, HASH),
    one("of no entry", copied("posting", of(AMY, 2), version="12"), AMY, 12, "belongs to no entry"),
    one("out of line", copied("posting", of(AMY, 2), line="5"), AMY, 2, "posting 5 stands where posting 1"),
    one("of nobody", copied("posting", of(AMY, 2), member="'eve'"), "eve", 2, "belongs to no entry"),
]

ENTRIES = [
    one(
        "reply",
        f"""UPDATE entry SET reply = replace(reply, '"amount":100', '"amount":900') WHERE {of(AMY, 2)}""",
        AMY,
        2,
        HASH,
    ),
    one("request", f"UPDATE entry SET request_id = 'mine' WHERE {of(AMY, 2)}", AMY, 2, HASH),
    one(
        "fingerprint",
        f"UPDATE entry SET fingerprint = (SELECT fingerprint FROM entry WHERE {of(BOB, 3)})"
        f" WHERE {of(AMY, 2)}",
        AMY,
        2,
        HASH,
    ),
    one("kind", f"UPDATE entry SET kind = 'adjust' WHERE {of(AMY, 2)}", AMY, 2, HASH),
    one("reason", f"UPDATE entry SET reason = 'none' WHERE {of(AMY, 9)}", AMY, 9, HASH),
    one("metadata", f"UPDATE entry SET metadata = '' WHERE {of(AMY, 2)}", AMY, 2, HASH),
    one("clock", f"UPDATE entry SET recorded_at = occurred_at WHERE {of(CID, 4)}", CID, 4, HASH),
    one("reversed", f"UPDATE entry SET reverses = 2 WHERE {of(AMY, 8)}", AMY, 8, HASH),
    one(
        "hash",
        f"UPDATE entry SET hash = (SELECT hash FROM entry WHERE {of(BOB, 3)}) WHERE {of(AMY, 3)}",
        AMY,
        3,
        HASH,
    ),
    one("revision", f"UPDATE entry SET revision = 3 WHERE {of(AMY, 3)}", AMY, 3, "the newest is 2"),
    one("place", f"UPDATE entry SET position = 0 WHERE {of(AMY, 10)}", AMY, 10, "in the order of commits"),
    one("deleted", f"DELETE FROM entry WHERE {of(AMY, 3)}", AMY, 3, "belongs to no entry"),
    one("deleted, bare", f"DELETE FROM entry WHERE {of(AMY, 9)}", AMY, 9, "it is missing"),
    Tampering(
        "deleted with its postings",
        (f"DELETE FROM entry WHERE {of(AMY, 3)}", f"DELETE FROM posting WHERE {of(AMY, 3)}"),
        AMY,
        3,
        "it is missing",
    ),
    one("first deleted", f"DELETE FROM entry WHERE {of(AMY, 1)}", AMY, 1, "it is missing"),
    one("last deleted", f"DELETE FROM entry WHERE {of(AMY, 10)}", AMY, 10, "it is missing"),
    one("all deleted", "DELETE FROM entry WHERE member = 'dan'", "dan", 1, "it is missing"),
    Tampering(
        "a member gone without a trace",
        tuple(f"DELETE FROM {table} WHERE member = 'bob'" for table in OF_MEMBERS),
        AMY,
        6,
        "entry 2 of bob, does not name it",
    ),
    one(
        "one more",
        copied("entry", of(AMY, 2), version="11", request_id="'forged'"),
        AMY,
        11,
        HASH,
    ),
    one(
        "of nobody",
        copied("entry", of(AMY, 1), member="'eve'"),
        "eve",
        1,
        HASH,
    ),
]

LOTS = [
    one("amount", "UPDATE lot SET amount = amount + 1 WHERE member = 'cid'", CID, 5, "the postings say"),
    one(
        "expiry", "UPDATE lot SET expires_on = '2030-01-31' WHERE member = 'cid'", CID, 5, "the postings say"
    ),
    one(
        "account",
        "UPDATE lot SET account = 'held' WHERE member = 'cid' AND amount > 0",
        CID,
        5,
        "the held lot",
    ),
    one("deleted", "DELETE FROM lot WHERE member = 'cid'", CID, 5, "is missing, the postings say"),
    one(
        "one more", copied("lot", "member = 'amy' AND account = 'available'", fund="'gold'"), AMY, 10, "gold"
    ),
    one(
        "of dan", copied("lot", "member = 'amy' AND account = 'available'", member="'dan'"), "dan", 1, "say 0"
    ),
    one("of nobody", copied("lot", "member = 'amy' AND account = 'held'", member="'eve'"), "eve", 0, "say 0"),
]

HOLDS = [
    one(
        "amount", "UPDATE hold SET amount = amount + 1 WHERE member = 'amy' AND hold_id = 'h2'", AMY, 5, "h2"
    ),
    one("captured", "UPDATE hold SET captured = 19 WHERE member = 'amy' AND hold_id = 'h1'", AMY, 4, "h1"),
    one(
        "deadline",
        "UPDATE hold SET deadline = '2030-01-31T00:00:00.000000+00:00'"
        " WHERE member = 'amy' AND hold_id = 'h2'",
        AMY,
        5,
        "h2",
    ),
    one("lots", "UPDATE hold SET lots = '[]' WHERE member = 'amy' AND hold_id = 'h2'", AMY, 5, "h2"),
    one("open again", "UPDATE hold SET state = 'open', resolved = NULL WHERE member = 'bob'", BOB, 5, "h1"),
    one("resolved", "UPDATE hold SET state = 'released', resolved = 9 WHERE hold_id = 'h2'", AMY, 5, "h2"),
    one("deleted", "DELETE FROM hold WHERE hold_id = 'h2'", AMY, 5, "hold h2 is missing"),
    one("one more", copied("hold", "hold_id = 'h2'", hold_id="'h3'"), AMY, 10, "h3 was opened by no entry"),
    one("of nobody", copied("hold", "hold_id = 'h2'", member="'eve'"), "eve", 0, "opened by no entry"),
]

FOLIOS = [
    one("version up", "UPDATE folio SET version = 11 WHERE member = 'amy'", AMY, 11, "the folio counts 11"),
    one("version down", "UPDATE folio SET version = 9 WHERE member = 'amy'", AMY, 10, "version is 9"),
    one(
        "head",
        "UPDATE folio SET head = (SELECT hash FROM entry WHERE member = 'bob' AND version = 1)"
        " WHERE member = 'amy'",
        AMY,
        10,
        "head",
    ),
    one("frozen", "UPDATE folio SET frozen = 'all' WHERE member = 'amy'", AMY, 10, "frozen is all"),
    one("activity", "UPDATE folio SET active_at = NULL WHERE member = 'amy'", AMY, 10, "active_at is None"),
    one("never due", "UPDATE folio SET next_due_at = NULL WHERE member = 'amy'", AMY, 10, "next due at None"),
    one("deleted", "DELETE FROM folio WHERE member = 'amy'", AMY, 10, "the folio is missing"),
    one("one more", copied("folio", "member = 'dan'", member="'eve'"), "eve", 1, "it is missing"),
]

REFUSALS = [
    one("code", "UPDATE refusal SET code = 'UNKNOWN_UNIT' WHERE version = 2", AMY, 2, "as it was decided"),
    one(
        "facts",
        """UPDATE refusal SET facts = replace(facts, '"available":100', '"available":0')""",
        AMY,
        2,
        "as it was decided",
    ),
    one("request", "UPDATE refusal SET request_id = 'mine' WHERE version = 2", AMY, 2, "'mine'"),
    one("decided later", "UPDATE refusal SET version = 3 WHERE version = 2", AMY, 3, "as it was decided"),
    one("decided never", "UPDATE refusal SET version = 11 WHERE version = 2", AMY, 10, "which is not there"),
    one(
        "decided before all", "UPDATE refusal SET version = 0 WHERE version = 2", AMY, 0, "as it was decided"
    ),
    one("one more", copied("refusal", "version = 2", request_id="'forged'"), AMY, 2, "'forged'"),
    one("of dan", copied("refusal", "version = 2", member="'dan'"), "dan", 1, "which is not there"),
    one("of nobody", copied("refusal", "version = 2", member="'eve'"), "eve", 0, "which is not there"),
]

OF_NOBODY = [
    one("rollup", "UPDATE rollup SET amount = '1' WHERE account = 'issued'", NOBODY, 0, "issued house is 1,"),
    one(
        "rollup, no number",
        "UPDATE rollup SET amount = 'x' WHERE account = 'issued'",
        NOBODY,
        0,
        "house is x,",
    ),
    one("rollup deleted", "DELETE FROM rollup WHERE account = 'issued'", NOBODY, 0, "issued house is 0,"),
    one(
        "one more rollup", copied("rollup", "account = 'issued'", fund="'x'"), NOBODY, 0, "the postings say 0"
    ),
    one("mark back", "UPDATE rollup_mark SET position = 0", NOBODY, 0, "the postings say 0"),
    one("mark ahead", "UPDATE rollup_mark SET position = 1000000000", NOBODY, 0, "beyond everything"),
    one("mark deleted", "DELETE FROM rollup_mark", NOBODY, 0, "the postings say 0"),
    one(
        "document",
        "UPDATE program_revision SET document = replace(document, 'Berlin', 'London') WHERE revision = 1",
        NOBODY,
        0,
        "revision 1 of the program is not the document",
    ),
    one(
        "no document",
        "UPDATE program_revision SET document = 'units: [' WHERE revision = 2",
        NOBODY,
        0,
        "is no program document",
    ),
    one(
        "another's document",
        "UPDATE program_revision SET document = replace(document, 'program: shop',"
        " 'program: mall') WHERE revision = 2",
        NOBODY,
        0,
        "is a document of program 'mall'",
    ),
    one("etag", "UPDATE program_revision SET etag = 'x' WHERE revision = 1", NOBODY, 0, "its etag is"),
    one(
        "revision deleted",
        "DELETE FROM program_revision WHERE revision = 1",
        NOBODY,
        0,
        "1 of the program is missing",
    ),
    one(
        "one more revision",
        copied("program_revision", "revision = 2", revision="3"),
        NOBODY,
        0,
        "is said to be the newest, which is 3",
    ),
    one("newest", "UPDATE program SET revision = 1", NOBODY, 0, "revision 1 with etag"),
    one(
        "in force early",
        "UPDATE program_revision SET applied_at = '2020-01-01T00:00:00.000000+00:00',"
        " in_force_from = '2020-01-01T00:00:00.000000+00:00' WHERE revision = 2",
        NOBODY,
        0,
        "before the one it follows",
    ),
    one("program deleted", "DELETE FROM program", NOBODY, 0, "no revision of the program is said"),
]

NAMED = {
    f"{table} {each.name}": each
    for table, tamperings in {
        "posting": POSTINGS,
        "entry": ENTRIES,
        "lot": LOTS,
        "hold": HOLDS,
        "folio": FOLIOS,
        "refusal": REFUSALS,
        "event": EVENTS,
        "pool": POOLS,
        "note": NOTES,
        "growth": GROWTH,
        "program": OF_NOBODY,
    }.items()
    for each in tamperings
}

AMY_2 = of(AMY, 2)

UNREADABLE = {
    "any": [
        "UPDATE hold SET lots = 'none' WHERE hold_id = 'h2'",
        "UPDATE hold SET lots = '[1, 2]' WHERE hold_id = 'h2'",
        f"UPDATE entry SET metadata = '{{' WHERE {AMY_2}",
        f"UPDATE entry SET notes = '[1]' WHERE {AMY_2}",
        "UPDATE folio SET notes = '{' WHERE member = 'amy'",
        f"UPDATE refusal SET facts = '{{' WHERE {AMY_2}",
    ],
    "sqlite": [
        f"UPDATE posting SET expires_on = 'some day' WHERE {AMY_2}",
        f"UPDATE posting SET vests_on = x'00' WHERE {AMY_2}",
        f"UPDATE posting SET amount = 'much' WHERE {AMY_2}",
        f"UPDATE posting SET amount = 99.5 WHERE {AMY_2}",
        f"UPDATE posting SET line = 'first' WHERE {AMY_2}",
        f"UPDATE posting SET version = 'second' WHERE {AMY_2}",
        f"UPDATE entry SET recorded_at = 'once' WHERE {AMY_2}",
        f"UPDATE entry SET occurred_at = '2026-01-10T12:00:00' WHERE {AMY_2}",
        f"UPDATE entry SET fingerprint = 'abc' WHERE {AMY_2}",
        f"UPDATE entry SET reason = x'ff' WHERE {AMY_2}",
        f"UPDATE entry SET reply = 5 WHERE {AMY_2}",
        f"UPDATE entry SET revision = 'new' WHERE {AMY_2}",
        f"UPDATE entry SET position = 'here' WHERE {AMY_2}",
        f"UPDATE entry SET version = 'second' WHERE {AMY_2}",
        "UPDATE folio SET recorded_at = 'once' WHERE member = 'amy'",
        "UPDATE folio SET version = 'many' WHERE member = 'amy'",
        "UPDATE lot SET amount = 'much' WHERE member = 'amy' AND account = 'held'",
        "UPDATE lot SET expires_on = 'some day' WHERE member = 'amy' AND account = 'held'",
        "UPDATE hold SET deadline = 'soon' WHERE hold_id = 'h2'",
        f"UPDATE refusal SET recorded_at = 'once' WHERE {AMY_2}",
        f"UPDATE refusal SET fingerprint = 'abc' WHERE {AMY_2}",
        f"UPDATE refusal SET version = 'second' WHERE {AMY_2}",
    ],
    "postgresql": [
        f"UPDATE posting SET expires_on = 'infinity' WHERE {AMY_2}",
        f"UPDATE posting SET expires_on = '12026-01-01' WHERE {AMY_2}",
        f"UPDATE posting SET vests_on = '0044-03-15 BC' WHERE {AMY_2}",
        f"UPDATE entry SET recorded_at = 'infinity' WHERE {AMY_2}",
        f"UPDATE entry SET occurred_at = '12026-01-01 00:00:00Z' WHERE {AMY_2}",
        "UPDATE folio SET recorded_at = '-infinity' WHERE member = 'amy'",
        "UPDATE folio SET next_due_at = 'infinity' WHERE member = 'amy'",
        "UPDATE lot SET expires_on = 'infinity' WHERE member = 'amy' AND account = 'held'",
        "UPDATE hold SET deadline = 'infinity' WHERE hold_id = 'h2'",
        f"UPDATE refusal SET recorded_at = 'infinity' WHERE {AMY_2}",
    ],
}
