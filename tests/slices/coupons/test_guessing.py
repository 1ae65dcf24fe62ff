"""What a guess costs is the same whatever becomes of it: so its time tells nothing of the code.

Times themselves are not compared: on a busy machine their noise is larger than what could be told, and a test
that lets that pass finds nothing. Instead the work is: the trips to the database, what is looked up on each,
and what is written. A code is looked up by its keyed hash, which nobody can steer without the key, so where
the database finds that there is none tells nothing of codes that are near.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import tallybook as tb
from tallybook.db.database import Session

from tests.slices.coupons.drawer import PROGRAM, Drawer, basket

CODES = 4
Work = list[tuple[str, ...]]
"""By trip, what is looked up or written."""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """What the book does with its database from now on."""
    done: Work = []
    fetch, write = Session.fetch, Session.write_and_commit

    def fetched(self: Session, fetches: Any) -> Any:
        done.append(tuple(f"{each.lookup.table.name} by {each.lookup.by}" for each in fetches))
        return fetch(self, fetches)

    def written(self: Session, writes: Any) -> None:
        done.append(tuple(f"{type(each.statement).__name__} {each.statement.table.name}" for each in writes))
        write(self, writes)

    monkeypatch.setattr(Session, "fetch", fetched)
    monkeypatch.setattr(Session, "write_and_commit", written)
    return done


@pytest.fixture
def guesses(drawer: Drawer) -> dict[str, str]:
    """Codes that are none for m1: of nobody, of another program, of another member, and one that is void."""
    drawer.book.apply(PROGRAM.replace("program: shop", "program: other"))
    drawer.enroll("m2")
    codes: dict[str, list[str]] = {}
    for program in ("shop", "other"):
        wanted = tb.CodesToIssue(program=program, template="paper", batch="flyer", count=CODES)
        codes[program] = [each.code for each in drawer.book.coupons.issue_codes(wanted)]
    mine, claimed, void, spare = codes["shop"]
    drawer.book.coupons.claim("shop", "m2", "phone", "c1", claimed)
    drawer.book.coupons.void_codes(tb.CodesToVoid("shop", "flyer", 3, 3, "lost", "v1"))
    drawer.book.coupons.void_codes(tb.CodesToVoid("shop", "flyer", 4, 4, "lost", "v2"))
    return {
        "right": mine,
        "of another program": codes["other"][0],
        "of another member": claimed,
        "void": void,
        "of nobody": spare,
    }


def tried(drawer: Drawer, code: str, caller: str) -> tb.TallybookError | None:
    """What a member who types a code is told."""
    try:
        drawer.book.coupons.claim("shop", "m1", caller, f"try-{caller}", code)
    except tb.TallybookError as refused:
        return refused
    return None


def scanned(drawer: Drawer, code: str, store: str) -> tb.TallybookError | None:
    """What a till that scans a code is told."""
    try:
        drawer.book.coupons.redeem("shop", f"try-{store}", code, store, "kim", basket(3000))
    except tb.TallybookError as refused:
        return refused
    return None


@pytest.mark.parametrize("attempt", [tried, scanned])
def test_every_guess_in_vain_takes_the_same_work_and_the_same_words(
    drawer: Drawer, guesses: dict[str, str], work: Work, attempt: Callable[..., tb.TallybookError | None]
) -> None:
    wrong = {name: code for name, code in guesses.items() if name != "right"}
    if attempt is scanned:  # what nobody has claimed is no coupon yet, and the other member's is one
        wrong = {**guesses, "of another member": guesses["of nobody"]}
    found = {}
    for number, (name, code) in enumerate(wrong.items()):
        work.clear()
        refused = attempt(drawer, code, f"caller-{number}")
        assert refused is not None
        found[name] = (type(refused), refused.facts(), str(refused), list(work))
    first = found["of nobody"]
    assert first[0] is tb.CodeNotAccepted
    assert first[3], "the work is seen"
    assert found == dict.fromkeys(wrong, first)


def test_the_right_code_is_looked_up_with_the_same_work(
    drawer: Drawer, guesses: dict[str, str], work: Work
) -> None:
    assert tried(drawer, guesses["of nobody"], "first") is not None
    reads = work[:-1]
    work.clear()
    assert tried(drawer, guesses["right"], "second") is None
    assert work[: len(reads)] == reads
