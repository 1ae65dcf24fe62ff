"""Ways to tamper with what is kept of events: their content, notes, budgets. Knows no pytest."""

from tests.torture.corruption.console import AMY, FAY, GIL, HASH, NOBODY, copied, of, one

EVENTS = [
    one(
        "content",
        f"UPDATE entry SET content = replace(content, '4000', '9000') WHERE {of(FAY, 2)}",
        FAY,
        2,
        HASH,
    ),
    one("no content", f"UPDATE entry SET content = '' WHERE {of(FAY, 4)}", FAY, 4, HASH),
    one(
        "notes",
        f"UPDATE entry SET notes = replace(notes, '\"orders\":1', '\"orders\":0') WHERE {of(FAY, 2)}",
        FAY,
        2,
        HASH,
    ),
    one("no notes", f"UPDATE entry SET notes = '' WHERE {of(FAY, 7)}", FAY, 7, HASH),
    one("return deleted", f"DELETE FROM entry WHERE {of(FAY, 5)}", FAY, 5, "belongs to no entry"),
    one(
        "standing",
        "UPDATE folio SET notes = replace(notes, '\"orders\":4', '\"orders\":0') WHERE member = 'fay'",
        FAY,
        9,
        "the folio's notes is",
    ),
    one("no standing", "UPDATE folio SET notes = '' WHERE member = 'fay'", FAY, 9, "the folio's notes is"),
    one("of amy", "UPDATE folio SET notes = '[]' WHERE member = 'amy'", AMY, 10, "the folio's notes is"),
]

NOTES = [
    one(
        "body",
        "UPDATE note SET body = replace(body, '\"amount\":1500', '\"amount\":1') WHERE kind = 'event'",
        FAY,
        9,
        "note purchase/o2 of kind event is not as the entries say",
    ),
    one(
        "due",
        "UPDATE note SET due_at = '2030-01-31T00:00:00.000000+00:00' WHERE kind = 'event'",
        FAY,
        9,
        "note purchase/o2 of kind event is not as the entries say",
    ),
    one(
        "key",
        "UPDATE note SET key = 'o8' WHERE kind = 'waiting_refund'",
        FAY,
        9,
        "note o8 of kind waiting_refund was written by no entry",
    ),
    one(
        "deleted",
        "DELETE FROM note WHERE kind = 'event'",
        FAY,
        9,
        "note purchase/o2 of kind event is missing",
    ),
    one(
        "one more",
        copied("note", "kind = 'event'", key="'x'"),
        FAY,
        9,
        "note x of kind event was written by no",
    ),
    one("of dan", copied("note", "kind = 'event'", member="'dan'"), "dan", 1, "was written by no entry"),
    one("of nobody", copied("note", "kind = 'event'", member="'eve'"), "eve", 0, "was written by no entry"),
]

GROWTH = [
    one(
        "tier",
        "UPDATE folio SET notes = replace(notes, '\"regular\"', '\"no_such\"') WHERE member = 'gil'",
        GIL,
        5,
        "the folio's notes is",
    ),
    one(
        "act", f"UPDATE entry SET content = replace(content, 'odd', 'even') WHERE {of(GIL, 5)}", GIL, 5, HASH
    ),
    one(
        "given",
        "UPDATE note SET body = replace(body, ',5,', ',9,') WHERE substr(key, 1, 5) = 'task/'",
        GIL,
        5,
        "of kind given is not as the entries say",
    ),
    one(
        "given for nothing",
        copied("note", "substr(key, 1, 5) = 'task/'", key="'task/visits/2026-01-01'"),
        GIL,
        5,
        "note task/visits/2026-01-01 of kind given was written by no entry",
    ),
    one(
        "not given",
        "DELETE FROM note WHERE substr(key, 1, 5) = 'tier/'",
        GIL,
        5,
        "note tier/club/regular/1 of kind given is missing",
    ),
    one(
        "use",
        "UPDATE note SET body = replace(body, '\"times\":1', '\"times\":0') WHERE kind = 'benefit_use'",
        GIL,
        5,
        "of kind benefit_use is not as the entries say",
    ),
]

POOLS = [
    one(
        "pool",
        "UPDATE pool SET drawn = drawn - 1",
        NOBODY,
        0,
        "pool budget/spring counts 59, the postings say 60",
    ),
    one(
        "pool deleted",
        "DELETE FROM pool",
        NOBODY,
        0,
        "pool budget/spring counts 0, the postings say 60",
    ),
    one(
        "one more pool",
        copied("pool", "drawn > 0", pool="'budget/x'"),
        NOBODY,
        0,
        "pool budget/x counts 60, the postings say 0",
    ),
]
