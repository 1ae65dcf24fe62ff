"""The book that is tampered with is sound before, and again when it was restored."""

from functools import partial

from tests.torture.corruption.conftest import Told
from tests.torture.corruption.storied_book import PROGRAM, restore, saved


def test_the_told_book_is_sound(told: Told) -> None:
    checked = {each.member: each.entries for each in told.book.verify(PROGRAM)}
    assert checked == {"amy": 10, "bob": 6, "cid": 5, "dan": 1, "fay": 9, "gil": 5}
    assert told.found() == []


def test_everything_is_in_it(told: Told) -> None:
    assert [name for name, rows in told.rows.items() if not rows] in ([], ["commit_order"])
    refusals = {(row.member, row.version, row.code) for row in told.rows["refusal"]}
    assert refusals == {("amy", 2, "NOT_ENOUGH_POINTS"), ("amy", 9, "MEMBER_FROZEN")}
    assert {row.kind for row in told.rows["entry"]} > {"expire", "time_out", "gift", "reverse", "capture"}
    events = {row.version: row.kind for row in told.rows["entry"] if row.member == "fay"}
    assert [events[version] for version in (4, 5, 6, 7)] == ["record_event", "return", *["record_event"] * 2]
    assert {row.kind for row in told.rows["note"]} == {"benefit_use", "event", "given", "waiting_refund"}
    assert [row.member for row in told.rows["folio"] if row.notes] == ["fay", "gil"]
    assert [(row.pool, row.drawn) for row in told.rows["pool"]] == [("budget/spring", 60)]


def test_it_is_restored_as_it_was(told: Told) -> None:
    told.run("DELETE FROM posting", "UPDATE folio SET version = 99")
    assert told.found()
    told.tamper(partial(restore, rows=told.rows))
    assert saved(told.database) == told.rows
    assert told.found() == []
