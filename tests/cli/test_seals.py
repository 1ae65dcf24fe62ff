"""The operator seals a book, and proves later that nothing below the seal has changed."""

from pathlib import Path

import pytest
import tallybook as tb

from tests.cli.operator import keep_book, run, tamper

DEMO = ("--program", "demo")


@pytest.fixture
def sealed(database_url: str, tmp_path: Path) -> Path:
    """A small book that was sealed into a file, and has grown since."""
    keep_book(database_url)
    result = run("seal", database_url, *DEMO)
    while "6 entries" not in result.stderr:  # a transaction in another test's database holds seals back
        result = run("seal", database_url, *DEMO)
    file = tmp_path / "seal.json"
    file.write_text(result.stdout)
    root = tb.Seal.from_json(result.stdout).root
    assert (result.exit_code, result.stderr) == (0, f"sealed 3 members, 6 entries: root {root}\n")
    with tb.Book.open(database_url) as book:
        book.do(tb.Redeem(program="demo", member="m1", request_id="later", unit="points", amount=10))
    return file


def test_a_book_that_has_only_grown_agrees_with_its_seal(database_url: str, sealed: Path) -> None:
    result = run("verify", database_url, *DEMO, "--against", str(sealed))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "verified 3 members, 7 entries: 0 disagreements\n"


def test_what_has_changed_since_is_told(database_url: str, sealed: Path) -> None:
    everywhere = ("entry", "posting", "lot", "folio")
    for table in everywhere:
        tamper(database_url, f"DELETE FROM {table} WHERE member = 'm2'")
    assert run("verify", database_url, *DEMO).exit_code == 0
    result = run("verify", database_url, *DEMO, "--against", str(sealed))
    assert (result.exit_code, result.stdout) == (1, "m2: entry 2: it is gone: 2 entries were sealed\n")
    assert result.stderr == "verified 2 members, 5 entries: 1 disagreements\n"


def test_what_is_no_members_is_told_of_the_program(database_url: str, sealed: Path) -> None:
    tamper(database_url, "UPDATE program SET etag = 'x'")
    result = run("verify", database_url, *DEMO, "--after", "m0")
    assert result.exit_code == 1
    assert result.stdout.startswith("demo: revision 1 with etag x of the program is said to be the newest")
    assert result.stderr == "verified 2 members, 5 entries: 1 disagreements\n"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE program_revision SET document = 'units: ['",
            "revision 1 of the program is no program document",
        ),
        ("DELETE FROM program", "no revision of the program is said to be the newest"),
    ],
)
def test_a_program_that_cannot_be_read_is_told_as_well(
    database_url: str, sealed: Path, statement: str, said: str
) -> None:
    tamper(database_url, statement)
    result = run("verify", database_url, *DEMO)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"demo: {said}")
    assert "verified 3 members, 7 entries" in result.stderr


def test_a_seal_that_is_none_is_wrong_usage(database_url: str, sealed: Path) -> None:
    sealed.write_text(sealed.read_text().replace('"members": 3', '"members": 4'))
    edited = run("verify", database_url, *DEMO, "--against", str(sealed))
    assert edited.exit_code == 2
    assert edited.stderr.startswith("tallybook: seal: is not as it was made")
    missing = run("verify", database_url, *DEMO, "--against", str(sealed.with_name("none")))
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)


def test_an_unknown_program_has_no_seal(database_url: str) -> None:
    keep_book(database_url)
    unknown = run("seal", database_url, "--program", "nope")
    assert (unknown.exit_code, unknown.stdout) == (3, "")
