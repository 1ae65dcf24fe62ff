"""The operator proves a book: every history replayed, every unit balanced."""

from collections.abc import Iterator

import msgspec
import pytest
import tallybook as tb

from tests.cli.operator import keep_book, run, tamper
from tests.memory import peak_of

DEMO = ("--program", "demo")
MANY = 20_000
MEMORY_MAX = 5_000_000


def test_a_sound_book_is_verified(database_url: str) -> None:
    keep_book(database_url)
    result = run("verify", database_url, *DEMO)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "verified 3 members, 6 entries: 0 disagreements\n"


def test_the_program_may_come_from_the_environment(database_url: str) -> None:
    keep_book(database_url)
    assert run("verify", database_url, env={"TALLYBOOK_PROGRAM": "demo"}).exit_code == 0
    assert run("verify", database_url).exit_code == 2


def test_every_disagreement_is_printed(database_url: str) -> None:
    keep_book(database_url)
    tamper(database_url, "UPDATE lot SET amount = 101 WHERE member = 'm0'")
    tamper(database_url, "UPDATE entry SET reason = 'forged' WHERE member = 'm2' AND version = 1")
    result = run("verify", database_url, *DEMO)
    first, second = result.stdout.splitlines()
    assert result.exit_code == 1
    assert first.startswith("m0: entry 2: the available lot of points (house, expires ")
    assert first.endswith(" holds 101, the postings say 100")
    assert second.startswith("m2: entry 1: ")
    assert result.stderr.endswith(": 2 disagreements\n")


def test_verifying_resumes_behind_a_member(database_url: str) -> None:
    keep_book(database_url)
    tamper(database_url, "UPDATE lot SET amount = 101 WHERE member = 'm0'")
    result = run("verify", database_url, *DEMO, "--after", "m0")
    assert (result.exit_code, result.stderr) == (0, "verified 2 members, 4 entries: 0 disagreements\n")


def test_who_stops_verifying_learns_how_to_go_on(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Iterator[tb.Checked]:
        yield tb.Checked(member="m0", entries=1, disagreement=None)
        raise KeyboardInterrupt

    keep_book(database_url)
    monkeypatch.setattr(tb.Book, "verify", interrupted)
    result = run("verify", database_url, *DEMO)
    assert (result.exit_code, result.stderr) == (3, "tallybook: stopped; go on with --after m0\n")


def test_verifying_needs_no_more_memory_for_more_members(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, **__: object) -> Iterator[tb.Checked]:
        for number in range(MANY):
            yield tb.Checked(member=f"m{number}", entries=1, disagreement=None)

    keep_book(database_url)
    run("verify", database_url, *DEMO)  # imports what it needs
    monkeypatch.setattr(tb.Book, "verify", endless)

    def all_verified() -> None:
        result = run("verify", database_url, *DEMO)
        assert result.stderr == f"verified {MANY} members, {MANY} entries: 0 disagreements\n"

    assert peak_of(all_verified) < MEMORY_MAX


def test_a_terminal_sees_a_progress_bar_beside_the_answers(database_url: str) -> None:
    keep_book(database_url)
    result = run("verify", database_url, *DEMO, env={"FORCE_COLOR": "1"})
    assert "members verified" in result.stderr
    assert "3/3" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["verify", "trial-balance"])
def test_an_unknown_program_is_told(database_url: str, command: str) -> None:
    unknown = run(command, database_url, "--program", "nope")
    assert (unknown.exit_code, unknown.stderr) == (3, "tallybook: No program 'nope' has been applied.\n")
    senseless = run(command, database_url, "--program", "\x07")
    assert senseless.exit_code == 2
    assert senseless.stderr.startswith("tallybook: program: ")


@pytest.mark.parametrize("command", ["verify", "trial-balance"])
def test_a_database_that_fails_halfway_is_told_in_one_line(database_url: str, command: str) -> None:
    keep_book(database_url)
    tamper(database_url, "DROP TABLE lot")
    result = run(command, database_url, *DEMO)
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "lot" in result.stderr
    assert "SELECT" not in result.stderr


def test_the_trial_balance_is_a_table(database_url: str) -> None:
    keep_book(database_url, members=20)
    result = run("trial-balance", database_url, *DEMO)
    assert result.exit_code == 0
    assert ["points", "available", "house", "2,000"] in cells(result.stdout)
    assert ["points", "issued", "house", "-2,000"] in cells(result.stdout)
    assert ["points", "together", "0"] in cells(result.stdout)


def cells(table: str) -> list[list[str]]:
    """The words of each line of a printed table."""
    return [line.replace("│", " ").split() for line in table.splitlines()]


def test_an_empty_book_has_an_empty_trial_balance(database_url: str) -> None:
    keep_book(database_url, members=0)
    assert run("trial-balance", database_url, *DEMO).exit_code == 0
    assert sheet(database_url).accounts == ()


def test_the_trial_balance_is_json_for_machines(database_url: str) -> None:
    keep_book(database_url)
    found = sheet(database_url)
    assert found.program == "demo"
    assert found.accounts == (
        tb.AccountSum("points", "available", "house", 300),
        tb.AccountSum("points", "issued", "house", -300),
    )


def sheet(url: str) -> tb.TrialBalanceSheet:
    """The trial balance that the command prints for machines."""
    result = run("trial-balance", url, *DEMO, "--json")
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)
    return msgspec.json.decode(result.stdout, type=tb.TrialBalanceSheet)


def test_a_book_that_does_not_balance_is_told(database_url: str) -> None:
    keep_book(database_url)
    tamper(database_url, "UPDATE lot SET amount = 101 WHERE member = 'm0'")
    result = run("trial-balance", database_url, *DEMO)
    assert (result.exit_code, result.stderr) == (1, "tallybook: points does not balance\n")
    assert ["points", "together", "1"] in cells(result.stdout)


def test_members_are_counted(database_url: str) -> None:
    keep_book(database_url)
    with tb.Book.open(database_url) as book:
        assert book.ask(tb.CountMembers(program="demo")) == 3
        assert book.ask(tb.CountMembers(program="demo", after="m0")) == 2
        with pytest.raises(tb.UnknownProgram):
            book.ask(tb.CountMembers(program="nope"))


@pytest.mark.parametrize("after", ["\udcff", "a\0", "a" * 129])
def test_a_member_to_resume_behind_has_a_name(database_url: str, after: str) -> None:
    keep_book(database_url)
    result = run("verify", database_url, *DEMO, "--after", after)
    assert (result.exit_code, result.stderr.startswith("tallybook: after: ")) == (2, True)


def test_a_file_whose_name_is_too_long_is_not_there() -> None:
    result = run("verify", f"sqlite:///{'x' * 300}", *DEMO)
    assert (result.exit_code, "there is no file xxx" in result.stderr) == (3, True)
