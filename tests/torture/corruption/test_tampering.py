"""Whatever somebody changes past the library, `verify` names the member and the entry.

First what somebody might want to do, by name; then each column of each row, each row, and values that cannot
even be read. Nothing is left out that is not listed with a reason.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from tallybook.db.columns import METADATA

from tests.torture.corruption.conftest import Told
from tests.torture.corruption.every_row import FORGOTTEN, changes, covered_columns, remove, telling
from tests.torture.corruption.storied_book import restore
from tests.torture.corruption.tampering import NAMED, NOBODY, UNREADABLE
from tests.torture.seeds import randomness

PrintFigures = Callable[..., None]
ROWS_OF_SOME = 1


class Trial:
    """Plants tamperings one after the other, and keeps what went by unseen."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self.planted = 0
        self.missed: list[Any] = []

    def note(self, what: object, caught: bool) -> None:
        """Something was planted, and caught or not; then everything is made as it was."""
        self.planted += 1
        if not caught:
            self.missed.append((what, self._told.found()))
        self._told.tamper(partial(restore, rows=self._told.rows))

    def note_row(self, what: object, table: str, row: Row[Any], changed_to: Any = None) -> None:
        """Something was done to a row: its member must be named, and its entry where it has one.

        Where it was given to another member, that one may be named as well.
        """
        found = self._told.found()
        facts = row._mapping
        members = {facts.get("member", NOBODY), changed_to}
        named = {each.entry for each in found if each.member in members}
        self.note((what, row), facts["version"] in named if table in ("entry", "posting") else bool(named))

    def report(self, kind: str, print_figures: PrintFigures) -> None:
        """Print what came of it; fail if anything went by unseen."""
        database = self._told.database.engine.dialect.name
        caught = self.planted - len(self.missed)
        print_figures("tampering", kind=kind, database=database, planted=self.planted, caught=caught)
        assert self.missed == []


@pytest.fixture
def trial(told: Told) -> Trial:
    return Trial(told)


def some(told: Told, table: str, most: int | None, purpose: str) -> list[Row[Any]]:
    """Some rows of a table, or all of them."""
    rows = telling(table, told.rows[table])
    return rows if most is None else randomness(purpose).sample(rows, min(most, len(rows)))


def test_tampering_names_member_and_entry(told: Told, trial: Trial, print_figures: PrintFigures) -> None:
    for name, tampering in NAMED.items():
        told.run(*tampering.sql)
        found = told.found()
        said = {(each.member, each.entry): each.problem for each in found}
        named = tampering.says in said.get((tampering.member, tampering.entry), "")
        others = {each.member for each in found} - {tampering.member, *tampering.also, NOBODY}
        trial.note(name, named and not others)
    trial.report("named", print_figures)


@pytest.mark.parametrize("most", [ROWS_OF_SOME, pytest.param(None, marks=pytest.mark.torture)])
def test_a_change_in_any_column_is_found(
    told: Told, trial: Trial, most: int | None, print_figures: PrintFigures
) -> None:
    for name in covered_columns():
        table = name.split(".")[0]
        for change in changes(name, some(told, table, most, name)):
            try:
                told.tamper(change.make)
            except IntegrityError:
                continue  # the database will not have it, so nobody can do that
            trial.note_row(name, table, change.row, change.after)
    trial.report("any column", print_figures)


@pytest.mark.parametrize("most", [ROWS_OF_SOME, pytest.param(None, marks=pytest.mark.torture)])
def test_a_missing_row_is_found(
    told: Told, trial: Trial, most: int | None, print_figures: PrintFigures
) -> None:
    for name, table in METADATA.tables.items():
        for row in [] if name in FORGOTTEN else some(told, name, most, name):
            told.tamper(partial(remove, table=table, row=row))
            trial.note_row(f"{name} deleted", name, row)
    trial.report("any row", print_figures)


def test_what_cannot_be_read_is_a_finding_and_no_failure(
    told: Told, trial: Trial, print_figures: PrintFigures
) -> None:
    for statement in UNREADABLE["any"] + UNREADABLE[told.database.engine.dialect.name]:
        told.run(statement)
        trial.note(statement, "amy" in {each.member for each in told.found()})
    trial.report("unreadable", print_figures)


def test_one_member_is_verified_alone(told: Told) -> None:
    told.run("UPDATE lot SET amount = amount + 1", "UPDATE program SET revision = 1")
    assert [each.member for each in told.found(member="bob")] == ["bob"]
    assert told.found(member="dan") == []


def test_verification_resumes_behind_a_member(told: Told) -> None:
    told.run("UPDATE lot SET amount = amount + 1")
    assert [each.member for each in told.found()] == ["amy", "bob", "cid", "fay", "gil"]
    assert [each.member for each in told.found(after="amy")] == ["bob", "cid", "fay", "gil"]
    assert [each.member for each in told.found(after="bo")] == ["bob", "cid", "fay", "gil"]
    assert told.found(after="gil") == []
