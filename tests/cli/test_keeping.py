"""The operator lays a book, migrates it, and keeps it in order."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import tallybook as tb
from sqlalchemy import inspect
from tallybook.db.schema import NEWEST, VERSION_TABLE

from tests.cli.operator import LONG_AGO, keep_book, refuse_too_much, run, tamper
from tests.db.empty_databases import emptied


def test_migrate_lays_a_new_book_and_leaves_a_current_one_alone(database_url: str) -> None:
    with emptied(database_url):
        pass
    for _ in range(2):
        result = run("migrate", database_url)
        assert (result.exit_code, result.stdout) == (0, f"the book is at schema {NEWEST}\n")
    assert run("programs", database_url).exit_code == 0


def test_a_book_of_a_newer_release_is_refused(database_url: str) -> None:
    tamper(database_url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    for command in ("migrate", "rollup"):
        result = run(command, database_url)
        assert result.exit_code == 3
        assert "'9999'" in result.stderr
        assert NEWEST in result.stderr


def test_a_slip_in_the_url_makes_no_new_book(tmp_path: Path) -> None:
    path = tmp_path / "shpo.db"
    result = run("verify", f"sqlite:///{path}", "--program", "demo")
    assert result.exit_code == 3
    assert result.stderr == f"tallybook: there is no file {path}; `tallybook migrate` makes a new book\n"
    assert not path.exists()


def test_the_url_may_come_from_the_environment(database_url: str) -> None:
    assert run("rollup", env={"TALLYBOOK_URL": database_url}).exit_code == 0
    assert run("rollup").exit_code == 2


def test_sweep_settles_until_nothing_is_due(database_url: str) -> None:
    keep_book(database_url, members=5, now=LONG_AGO)
    assert run("sweep", database_url, "--batch", "2").stdout == "settled 5 members\n"
    assert run("sweep", database_url).stdout == "settled 0 members\n"
    assert tb.AccountSum("points", "expired", "house", 500) in accounts(database_url)


def accounts(url: str) -> tuple[tb.AccountSum, ...]:
    """What the command says that all accounts hold."""
    said = run("trial-balance", url, "--program", "demo", "--json").stdout
    return msgspec.json.decode(said, type=tb.TrialBalanceSheet).accounts


def test_rollup_changes_no_answer(database_url: str) -> None:
    keep_book(database_url)
    before = accounts(database_url)
    for _ in range(2):
        assert run("rollup", database_url).exit_code == 0
        assert accounts(database_url) == before


def test_old_refusals_are_forgotten_and_young_ones_kept(database_url: str) -> None:
    keep_book(database_url, now=LONG_AGO)
    refuse_too_much(database_url, request_id="old", now=LONG_AGO)
    refuse_too_much(database_url, request_id="young", now=datetime.now(UTC) - timedelta(days=35))
    assert run("forget-refusals", database_url, "--days", "40").stdout == "forgot 1 refusals\n"
    assert run("forget-refusals", database_url, "--days", "40").stdout == "forgot 0 refusals\n"
    assert run("forget-refusals", database_url).stdout == "forgot 1 refusals\n"


@pytest.mark.parametrize("days", ["29", "0", "-1", "many", "99999999"])
def test_refusals_are_kept_for_thirty_days(database_url: str, days: str) -> None:
    assert run("forget-refusals", database_url, "--days", days).exit_code == 2


@pytest.mark.parametrize(
    ("url", "exit_code", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/nothing", 3, "could not be reached"),
        ("mysql://host/shop", 2, "names 'mysql'"),
        ("shop.db", 2, "is no database URL"),
    ],
)
def test_a_book_out_of_reach_is_told_in_one_line(url: str, exit_code: int, said: str) -> None:
    result = run("rollup", url)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert result.stderr.startswith("tallybook: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to look for a header in " * 20)
    result = run("rollup", f"sqlite:///{tmp_path / 'notes.txt'}")
    assert (result.exit_code, result.stderr) == (3, "tallybook: file is not a database\n")


@pytest.mark.parametrize("words", [("trial-balance", "--program", "shop"), ("sweep",), ("programs",)])
def test_a_question_makes_no_book_of_an_empty_database(
    database_url: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    command, *more = words
    with emptied(database_url) as database:
        for url in (f"sqlite:///{empty}", database_url):
            result = run(command, url, *more)
            assert (result.exit_code, result.stdout) == (3, "")
            assert "there is no book in" in result.stderr
            assert "`tallybook migrate` makes one" in result.stderr
        with database.engine.connect() as connection:
            assert inspect(connection).get_table_names() == []
    assert empty.stat().st_size == 0
