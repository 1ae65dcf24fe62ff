"""`verify` finds nothing in a book that was kept by the library, and whatever was changed past it."""

from datetime import timedelta

import pytest
import tallybook as tb
from sqlalchemy import NullPool, create_engine, text

from tests.clocks import SetClock
from tests.slices.shop import Shop

M1 = "program = 'shop' AND member = 'm1'"

# Each with the member and the entry that `verify` has to name, and something of what it has to say.
TAMPERED: dict[str, tuple[str, str, int, str]] = {
    "a posting's amount": (f"UPDATE posting SET amount = 101 WHERE {M1} AND version = 2", "m1", 2, "hash"),
    "a posting's account": (
        f"UPDATE posting SET from_account = 'adjusted' WHERE {M1} AND version = 2",
        "m1",
        2,
        "hash",
    ),
    "a posting's accounts swapped": (
        f"UPDATE posting SET from_account = to_account, to_account = from_account WHERE {M1} AND version = 5",
        "m1",
        5,
        "hash",
    ),
    "a posting's expiry": (
        f"UPDATE posting SET expires_on = '2027-01-01' WHERE {M1} AND version = 2",
        "m1",
        2,
        "hash",
    ),
    "a posting inserted": (
        "INSERT INTO posting (program, member, version, line, unit, fund, vests_on, expires_on,"
        " from_account, to_account, amount) VALUES ('shop', 'm1', 2, 1, 'points', 'house', '0001-01-01',"
        " '9999-12-31', 'issued', 'available', 1000)",
        "m1",
        2,
        "hash",
    ),
    "a posting inserted behind the last entry": (
        "INSERT INTO posting (program, member, version, line, unit, fund, vests_on, expires_on,"
        " from_account, to_account, amount) VALUES ('shop', 'm1', 8, 0, 'points', 'house', '0001-01-01',"
        " '9999-12-31', 'issued', 'available', 1000)",
        "m1",
        8,
        "belongs to no entry",
    ),
    "a posting deleted": (f"DELETE FROM posting WHERE {M1} AND version = 2", "m1", 2, "hash"),
    "a posting moved to another entry": (
        f"UPDATE posting SET version = 1 WHERE {M1} AND version = 2",
        "m1",
        1,
        "hash",
    ),
    "an entry's reply": (f"UPDATE entry SET reply = '{{}}' WHERE {M1} AND version = 2", "m1", 2, "hash"),
    "an entry's request id": (
        f"UPDATE entry SET request_id = 'other' WHERE {M1} AND version = 2",
        "m1",
        2,
        "hash",
    ),
    "an entry's kind": (f"UPDATE entry SET kind = 'adjust' WHERE {M1} AND version = 2", "m1", 2, "hash"),
    "an entry's reason": (f"UPDATE entry SET reason = 'nicer' WHERE {M1} AND version = 6", "m1", 6, "hash"),
    "an entry's hash": (
        f"UPDATE entry SET hash = (SELECT head FROM folio WHERE {M1}) WHERE {M1} AND version = 2",
        "m1",
        2,
        "hash",
    ),
    "an entry deleted in the middle": (f"DELETE FROM entry WHERE {M1} AND version = 4", "m1", 4, ""),
    "an entry deleted in the middle with its postings": (
        f"DELETE FROM posting WHERE {M1} AND version = 4; DELETE FROM entry WHERE {M1} AND version = 4",
        "m1",
        4,
        "",
    ),
    "the first entry deleted": (f"DELETE FROM entry WHERE {M1} AND version = 1", "m1", 1, ""),
    "the last entry deleted": (f"DELETE FROM entry WHERE {M1} AND version = 7", "m1", 7, ""),
    "the last entry deleted with its postings": (
        "DELETE FROM posting WHERE member = 'm3' AND version = 2;"
        " DELETE FROM entry WHERE member = 'm3' AND version = 2",
        "m3",
        2,
        "it is missing: the folio counts 2 entries",
    ),
    "a lot changed": (
        f"UPDATE lot SET amount = amount + 1 WHERE {M1} AND account = 'available' AND unit = 'points'",
        "m1",
        7,
        "the available lot of points (house, expires 9999-12-31) holds 46, the postings say 45",
    ),
    "a lot removed": (f"DELETE FROM lot WHERE {M1} AND unit = 'stars'", "m1", 7, "lot of stars"),
    "a lot inserted": (
        "INSERT INTO lot (program, member, unit, account, fund, vests_on, expires_on, amount) VALUES"
        " ('shop', 'm1', 'points', 'available', 'partner', '0001-01-01', '9999-12-31', 5)",
        "m1",
        7,
        "holds 5, the postings say 0",
    ),
    "a lot's expiry put off": (
        f"UPDATE lot SET expires_on = '9999-12-30' WHERE {M1} AND unit = 'stars'",
        "m1",
        7,
        "lot of stars",
    ),
    "a lot given to somebody else": (
        f"UPDATE lot SET member = 'm3' WHERE {M1} AND unit = 'stars'",
        "m1",
        7,
        "lot of stars",
    ),
    "a lot of a stranger": (
        "INSERT INTO lot (program, member, unit, account, fund, vests_on, expires_on, amount) VALUES"
        " ('shop', 'm9', 'points', 'available', 'house', '0001-01-01', '9999-12-31', 5)",
        "m9",
        0,
        "holds 5, the postings say 0",
    ),
    "a hold's amount": (f"UPDATE hold SET amount = 41 WHERE {M1}", "m1", 3, "hold H1"),
    "a hold's deadline": (
        f"UPDATE hold SET deadline = '2027-01-01T00:00:00.000000+00:00' WHERE {M1}",
        "m1",
        3,
        "H1",
    ),
    "a hold's lots": (f"UPDATE hold SET lots = '[]' WHERE {M1}", "m1", 3, "hold H1"),
    "a hold's lots, unreadable": (f"UPDATE hold SET lots = 'nonsense' WHERE {M1}", "m1", 7, "hold H1"),
    "a hold resolved": (f"UPDATE hold SET state = 'released', resolved = 5 WHERE {M1}", "m1", 3, "hold H1"),
    "a hold deleted": (f"DELETE FROM hold WHERE {M1}", "m1", 3, "hold H1"),
    "a freeze lifted": (
        f"UPDATE folio SET frozen = '', frozen_reason = '' WHERE {M1}",
        "m1",
        7,
        "the folio's frozen",
    ),
    "a freeze's reason": (f"UPDATE folio SET frozen_reason = 'x' WHERE {M1}", "m1", 7, "frozen_reason"),
    "a due moment put off": (
        f"UPDATE folio SET next_due_at = '2027-01-01T00:00:00.000000+00:00' WHERE {M1}",
        "m1",
        7,
        "next due",
    ),
    "a due moment forgotten": (
        f"UPDATE folio SET next_due_at = NULL WHERE {M1}",
        "m1",
        7,
        "next due at None",
    ),
    "a folio's head": (
        f"UPDATE folio SET head = (SELECT head FROM folio WHERE member = 'm2') WHERE {M1}",
        "m1",
        7,
        "head",
    ),
    "a folio set back": (f"UPDATE folio SET version = 6 WHERE {M1}", "m1", 7, "version"),
    "a folio made older": (
        f"UPDATE folio SET enrolled_at = '2020-01-01T00:00:00.000000+00:00' WHERE {M1}",
        "m1",
        7,
        "enrolled_at",
    ),
    "a folio deleted": (f"DELETE FROM folio WHERE {M1}", "m1", 7, "the folio is missing"),
    "a history deleted": (
        f"DELETE FROM posting WHERE {M1}; DELETE FROM entry WHERE {M1}; DELETE FROM lot WHERE {M1};"
        f" DELETE FROM hold WHERE {M1}",
        "m1",
        1,
        "",
    ),
    "the other side of a gift deleted": (
        "DELETE FROM posting WHERE member = 'm2' AND version = 2;"
        " DELETE FROM entry WHERE member = 'm2' AND version = 2",
        "m1",
        6,
        "its other side, entry 2 of m2, does not name it",
    ),
}


@pytest.fixture
def full_shop(shop: Shop) -> Shop:
    """A book in which a bit of everything has happened."""
    shop.enroll("m2", "m3")
    shop.award(100)
    shop.hold(40, seconds=3600)
    shop.award(7, unit="stars")
    shop.redeem(10)
    shop.book.do(shop.make(tb.Gift, to_member="m2", unit="points", amount=5, reason="thanks"))
    shop.award(3, "m3")
    shop.book.do(shop.make(tb.Freeze, scope=tb.Scope.REDEEM, reason="under review"))
    return shop


def tamper(url: str, statements: str) -> None:
    """Run SQL past the library."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements.split(";"):
            assert connection.execute(text(statement)).rowcount, statement
    engine.dispose()


def members_problems(shop: Shop) -> list[tb.Disagreement]:
    """What `verify` finds of members; changed postings show in the rollup as well, which is nobody's."""
    return [problem for problem in shop.problems() if problem.member]


def test_a_book_kept_by_the_library_holds_together(full_shop: Shop) -> None:
    checked = {each.member: each.entries for each in full_shop.book.verify("shop")}
    assert checked == {"m1": 7, "m2": 2, "m3": 2}
    assert full_shop.problems() == []


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_past_the_library_is_found(full_shop: Shop, database_url: str, what: str) -> None:
    statements, member, entry, problem = TAMPERED[what]
    tamper(database_url, statements)
    found = members_problems(full_shop)
    assert (found[0].program, found[0].member, found[0].entry) == ("shop", member, entry), found[0].problem
    assert problem in found[0].problem
    assert {each.member for each in found} <= {member, "m2", "m3"}


def test_each_member_that_was_tampered_with_is_named(full_shop: Shop, database_url: str) -> None:
    tamper(database_url, "UPDATE posting SET amount = amount + 1 WHERE version = 2")
    found = [(each.member, each.entry) for each in members_problems(full_shop)]
    assert found == [("m1", 2), ("m2", 2), ("m3", 2)]


def test_members_behind_another_are_checked_alone(full_shop: Shop, database_url: str) -> None:
    tamper(database_url, "UPDATE posting SET amount = amount + 1 WHERE version = 2")
    found = [each.member for each in full_shop.book.verify("shop", after="m1") if each.member]
    assert found == ["m2", "m3"]


def test_a_program_that_was_never_applied_cannot_be_verified(shop: Shop) -> None:
    with pytest.raises(tb.UnknownProgram):
        list(shop.book.verify("nowhere"))


def test_verifying_changes_nothing_and_stops_when_it_is_left(full_shop: Shop, clock: SetClock) -> None:
    clock.forward(days=3)
    before = full_shop.statement().entries[1:]
    verifying = full_shop.book.verify("shop")
    assert next(verifying).member == "m1"
    verifying.close()
    assert full_shop.statement().entries[1:] == before
    full_shop.award(1)
    assert full_shop.problems() == []


def test_what_is_due_and_not_recorded_is_no_disagreement(full_shop: Shop, clock: SetClock) -> None:
    full_shop.award(10, "m2", expires_on=clock.now.date() + timedelta(days=2))
    clock.forward(days=30)
    assert full_shop.problems() == []
    full_shop.book.sweep()
    assert full_shop.problems() == []
