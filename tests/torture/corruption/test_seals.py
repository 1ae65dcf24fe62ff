"""A seal proves that nothing below it has changed since, where every hash in the book was computed anew."""

import random
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import tallybook as tb
from sqlalchemy import Connection, text
from tallybook.journal import seal as seal_module

from tests.torture.corruption.conftest import Told
from tests.torture.corruption.rewriting import History, rewrite, richer, shorter, without_reason
from tests.torture.corruption.storied_book import PROGRAM, SECOND_DOCUMENT
from tests.torture.corruption.tampering import OF_MEMBERS, copied

MEMBERS = {"amy": 10, "bob": 6, "cid": 5, "dan": 1, "fay": 9, "gil": 5}
WIDE = 2
"""Spans at most, so that each has two members or three."""


ON_POSTGRESQL = pytest.mark.parametrize("told_once", ["postgresql"], indirect=True)
"""For what can only happen where several write at once."""


@pytest.fixture
def seal(told: Told) -> tb.Seal:
    return told.sealed()


def places(found: list[tb.Disagreement]) -> list[tuple[str, int]]:
    return [(each.member, each.entry) for each in found]


def roll_up_anew(told: Told) -> None:
    """Who rewrites history makes the rollup follow, which would tell of it by itself."""
    told.run("DELETE FROM rollup", "DELETE FROM rollup_mark")
    told.book.roll_up()


def award(member: str, request_id: str, amount: int = 1) -> tb.Award:
    return tb.Award(program=PROGRAM, member=member, request_id=request_id, unit="points", amount=amount)


# --- what is sealed --------------------------------------------------------------------------------------


def test_a_seal_counts_what_it_covers(seal: tb.Seal) -> None:
    assert (seal.members, seal.entries, seal.revisions) == (len(MEMBERS), sum(MEMBERS.values()), 2)
    assert {span.first: span.entries for span in seal.spans} == MEMBERS


def test_sealing_twice_comes_to_the_same(told: Told, seal: tb.Seal) -> None:
    again = told.sealed()
    assert (again.spans, again.revisions_hash) == (seal.spans, seal.revisions_hash)


def test_a_seal_is_kept_as_text(seal: tb.Seal) -> None:
    assert tb.Seal.from_json(seal.to_json()) == seal


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"entries": 36', '"entries": 35', "its root does not match"),
        ('"first": "bob"', '"first": "bo"', "its root does not match"),
        ("tallybook-seal-1", "tallybook-seal-2", "tallybook-seal-2"),
        ('"spans"', '"span"', "is not a seal"),
        ("{", "", "is not a seal"),
    ],
)
def test_an_edited_seal_is_refused(seal: tb.Seal, old: str, new: str, problem: str) -> None:
    edited = seal.to_json().replace(old, new, 1)
    assert edited != seal.to_json()
    with pytest.raises(tb.InvalidInput, match=problem):
        tb.Seal.from_json(edited)


def test_another_programs_seal_is_refused(told: Told, seal: tb.Seal) -> None:
    told.book.apply(SECOND_DOCUMENT.replace("program: shop", "program: mall"))
    with pytest.raises(tb.InvalidInput, match="seals program 'shop'"):
        list(told.book.verify("mall", against=seal))


def test_an_unknown_program_has_no_seal(told: Told) -> None:
    with pytest.raises(tb.UnknownProgram):
        told.book.seal("nowhere")


def test_an_empty_program_can_be_sealed(told: Told) -> None:
    told.book.apply(SECOND_DOCUMENT.replace("program: shop", "program: mall"))
    seal = told.book.seal("mall")
    assert (seal.members, seal.spans) == (0, ())
    told.book.do(tb.Enroll(program="mall", member="amy", request_id="r1"))
    assert [each.disagreement for each in told.book.verify("mall", against=seal)] == [None]
    told.run("UPDATE entry SET position = 0 WHERE program = 'mall'")
    found = [each.disagreement for each in told.book.verify("mall", against=seal) if each.disagreement]
    assert [each.problem for each in found] == ["it was written behind a seal of an empty book"]


# --- what has changed since ------------------------------------------------------------------------------


def grow(told: Told) -> None:
    """The book goes on: old members, new ones before, between and behind, a new revision, time."""
    for name in ("aaa", "bea", "zoe"):
        told.book.do(tb.Enroll(program=PROGRAM, member=name, request_id="new"))
    told.book.do([award(name, f"more-{name}") for name in ("aaa", "amy", "dan", "zoe")])
    told.book.apply(SECOND_DOCUMENT.replace("months: 6", "months: 9"))
    told.book.roll_up()
    told.book.do(award("cid", "later"))


@pytest.mark.parametrize("spans_max", [4096, WIDE, 1])
def test_a_book_that_has_grown_agrees(told: Told, spans_max: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal_module, "SPANS_MAX", spans_max)
    seal = told.sealed()
    assert len(seal.spans) <= spans_max
    grow(told)
    assert told.found(against=seal) == []


REWRITTEN = [
    ("amy", richer, ("amy", 10)),
    ("amy", without_reason, ("amy", 10)),
    ("amy", shorter, ("amy", 10)),
    ("cid", without_reason, ("cid", 5)),
]


@pytest.mark.parametrize(("member", "edit", "place"), REWRITTEN)
def test_a_rewritten_history_passes_verify_and_not_the_seal(
    told: Told,
    seal: tb.Seal,
    member: str,
    edit: Callable[[History], History],
    place: tuple[str, int],
) -> None:
    grow_first = edit is not shorter  # what was cut off cannot have gone on
    if grow_first:
        grow(told)
        assert told.found(against=seal) == []
    told.tamper(partial(rewrite, member=member, edit=edit))
    roll_up_anew(told)
    assert told.found() == []
    assert places(told.found(against=seal)) == [place]
    assert places(told.found(against=seal, member=member)) == [place]
    assert told.found(against=seal, member="dan") == []


def test_a_wide_span_is_narrowed_down_to(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal_module, "SPANS_MAX", WIDE)
    seal = told.sealed()
    grow(told)
    told.tamper(partial(rewrite, member="cid", edit=without_reason))
    (found,) = told.found(against=seal)
    assert (found.member, found.entry) == ("", 0)
    assert "among the 3 members from 'amy' to 'dan'" in found.problem


def test_a_member_who_is_gone_is_missed(told: Told, seal: tb.Seal) -> None:
    grow(told)
    told.run(*(f"DELETE FROM {table} WHERE member = 'dan'" for table in OF_MEMBERS))
    roll_up_anew(told)
    assert told.found() == []
    assert places(told.found(against=seal)) == [("dan", 1)]


def test_a_member_from_before_is_no_newcomer(told: Told, seal: tb.Seal) -> None:
    told.book.do(tb.Enroll(program=PROGRAM, member="cyd", request_id="new"))
    told.run("UPDATE entry SET position = 1 WHERE member = 'cyd'")
    assert told.found() == []
    (found,) = told.found(against=seal)
    assert (found.member, found.problem) == (
        "cid",
        "1 members behind 'cid' have entries from before the seal",
    )


def test_an_entry_moved_over_the_seal_is_found(told: Told, seal: tb.Seal) -> None:
    grow(told)
    newest = "SELECT max(position) FROM entry"
    told.run(f"UPDATE entry SET position = ({newest}) WHERE member = 'bob' AND version = 6")
    roll_up_anew(told)
    assert told.found() == []
    assert places(told.found(against=seal)) == [("bob", 6)]


def test_an_entry_moved_below_the_seal_is_found(told: Told, seal: tb.Seal) -> None:
    told.book.do(award("bob", "later"))
    below = "SELECT position FROM entry WHERE member = 'bob' AND version = 6"
    told.run(f"UPDATE entry SET position = ({below}) WHERE member = 'bob' AND version = 7")
    roll_up_anew(told)
    assert told.found() == []
    assert places(told.found(against=seal)) == [("bob", 7)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE program_revision SET applied_by = 'somebody else' WHERE revision = 1",
        "UPDATE program_revision SET applied_at = (SELECT min(recorded_at) FROM entry) WHERE revision = 2",
        "UPDATE program_revision SET in_force_from = (SELECT max(applied_at) FROM program_revision)"
        " WHERE revision = 2",
        "UPDATE program_revision SET document = document || '# a comment' WHERE revision = 1",
    ],
)
def test_a_revision_changed_beside_its_etag_is_found(told: Told, seal: tb.Seal, statement: str) -> None:
    grow(told)
    told.run(statement)
    assert told.found() == []
    (found,) = told.found(against=seal)
    assert found.problem == "the first 2 revisions of the program are not as they were sealed"


def test_what_plain_verification_finds_is_found_as_well(told: Told, seal: tb.Seal) -> None:
    told.run(copied("lot", "member = 'amy' AND account = 'held'", member="'dan'"))
    assert places(told.found(against=seal)) == [("dan", 1)]


# --- while others write ----------------------------------------------------------------------------------


@ON_POSTGRESQL
def test_no_late_commit_slips_in_behind_a_seal(told: Told) -> None:
    """The slow transaction began before the seal and commits after it, with a lower transaction id."""
    with told.database.engine.connect() as slow, slow.begin():
        everything = told.sealed()
        told.book.do(award("amy", "slow"), connection=slow)
        told.book.do(award("bob", "quick"))
        seal = told.book.seal(PROGRAM)
        told.book.do(award("bob", "after"), connection=slow)
    assert seal.entries <= everything.entries
    assert told.found(against=seal) == []
    assert told.sealed().entries == everything.entries + 3


def test_seals_taken_in_the_middle_of_the_traffic_hold(told: Told, tmp_path: Path) -> None:
    """Writers of several members each, whose transactions overlap, and a seal every now and then."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def write(name: int) -> None:
        rng = random.Random(name)
        count = 0
        try:
            while not stop.is_set():
                count += 1
                members = rng.sample(sorted(MEMBERS), 2)
                told.book.do([award(member, f"w{name}-{count}") for member in members])
        except BaseException as error:
            failures.append(error)
            raise

    writers = [threading.Thread(target=write, args=(name,)) for name in range(3)]
    for each in writers:
        each.start()
    try:
        seals = [told.book.seal(PROGRAM) for _ in range(10)]
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert failures == []
    assert [seal.entries for seal in seals] == sorted(seal.entries for seal in seals)
    for seal in seals:
        assert told.found(against=seal) == []


def positions(connection: Connection) -> list[int]:
    found = connection.execute(text("SELECT position FROM entry WHERE member = 'bob' ORDER BY version"))
    return list(found.scalars())


@ON_POSTGRESQL
def test_a_members_entries_never_go_back_in_the_order_of_commits(told: Told) -> None:
    """Not even where the transaction that wrote the later one had begun before the other's."""
    with told.database.engine.connect() as early, early.begin():
        told.book.do(award("amy", "early"), connection=early)
        told.book.do(award("bob", "late"))
        told.book.do(award("bob", "early"), connection=early)
    with told.database.engine.connect() as connection:
        found = positions(connection)
    assert found == sorted(found)
    assert told.found() == []
