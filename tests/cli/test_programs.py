"""The operator applies programs, and learns of every mistake where it stands."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tallybook as tb
from tallybook.programs import schema

from tests.cli.operator import run

MISTAKEN = tb.DEMO_PROGRAM.replace("kind: redeemable", "kind: redeemible").replace("America/", "Amerika/")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "program.yaml"
    path.write_text(tb.DEMO_PROGRAM, encoding="utf-8")
    return path


def etag_of(url: str) -> str:
    with tb.Book.open(url) as book:
        return book.program("demo").etag


def test_a_document_comes_into_force_once(database_url: str, document: Path) -> None:
    first, second = (run("apply", database_url, str(document)) for _ in range(2))
    etag = etag_of(database_url)
    assert (first.exit_code, first.stdout) == (0, f"demo revision 1 in force, etag {etag}\n")
    assert (second.exit_code, second.stdout) == (0, f"demo revision 1 unchanged, etag {etag}\n")


def test_a_simulated_document_changes_nothing(database_url: str, document: Path) -> None:
    result = run("apply", database_url, str(document), "--simulate")
    assert result.exit_code == 0
    assert result.stdout.startswith("demo revision 1 would be in force, etag ")
    assert run("programs", database_url).stdout == ""


def test_standard_input_is_read_and_the_url_may_come_from_the_environment(database_url: str) -> None:
    result = run("apply", "-", typed=tb.DEMO_PROGRAM.encode(), env={"TALLYBOOK_URL": database_url})
    assert result.exit_code == 0
    assert run("apply", "-", typed=tb.DEMO_PROGRAM.encode()).exit_code == 2
    assert run("apply").exit_code == 2


def test_mistakes_are_told_with_file_line_and_column(database_url: str, document: Path) -> None:
    document.write_text(MISTAKEN, encoding="utf-8")
    result = run("apply", database_url, str(document))
    lines = tb.DEMO_PROGRAM.splitlines()
    zone = next(n for n, line in enumerate(lines, start=1) if line.startswith("timezone:"))
    kind = next(n for n, line in enumerate(lines, start=1) if "kind: redeemable" in line)
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert told[0].startswith(f"{document}:{zone}:11: timezone ")
    assert told[1].startswith(f"{document}:{kind}:11: units.points.kind ")
    assert told[1].endswith("(did you mean 'redeemable'?)")
    assert run("programs", database_url).stdout == ""


def test_mistakes_in_standard_input_are_told_too(database_url: str) -> None:
    result = run("apply", database_url, "-", typed=b"program: demo\nunits: 7: 8\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:2:9: ")


def test_of_a_thousand_mistakes_some_are_told_and_the_rest_counted(database_url: str) -> None:
    typed = tb.DEMO_PROGRAM + "".join(f"slip{n}: 1\n" for n in range(1000))
    told = run("apply", database_url, "-", typed=typed.encode()).stderr.splitlines()
    assert len(told) == 101
    assert told[-1] == "<stdin>: and 900 more"


def test_a_stale_etag_is_told(database_url: str, document: Path) -> None:
    run("apply", database_url, str(document))
    document.write_text(tb.DEMO_PROGRAM.replace("Demo shop", "Other shop"), encoding="utf-8")
    result = run("apply", database_url, str(document), "--etag", "stale")
    assert result.exit_code == 1
    assert etag_of(database_url) in result.stderr
    assert result.stderr.count("\n") == 1
    assert run("apply", database_url, str(document), "--etag", etag_of(database_url)).exit_code == 0


def test_a_document_that_cannot_be_read_is_told(database_url: str, document: Path) -> None:
    missing = run("apply", database_url, str(document.with_name("missing.yaml")))
    assert (missing.exit_code, "No such file" in missing.stderr) == (2, True)
    document.write_bytes(b"program: \xff")
    garbled = run("apply", database_url, str(document))
    assert (garbled.exit_code, "is not UTF-8: invalid start byte at byte 9" in garbled.stderr) == (1, True)


def test_programs_are_listed_however_many(database_url: str) -> None:
    with tb.Book.open(database_url) as book:
        for number in range(101):
            book.apply(tb.DEMO_PROGRAM.replace("program: demo", f"program: shop{number:03}"))
    lines = run("programs", database_url).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"shop{number:03}" for number in range(101)]
    assert lines[0].split()[1:3] == ["revision", "1"]


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema").stdout) == schema()


def test_what_a_document_changes_is_told_value_by_value(database_url: str, document: Path) -> None:
    assert run("apply", database_url, str(document)).stdout.count("\n") == 1
    changed = tb.DEMO_PROGRAM.replace("Demo shop", "Other shop").replace("America/New_York", "Asia/Tokyo")
    document.write_text(changed + "funds: [partner]\n", encoding="utf-8")
    tried = run("apply", database_url, str(document), "--dry-run").stdout.splitlines()
    assert tried[:-1] == [
        'display_name: "Demo shop" -> "Other shop"',
        'funds: added ["partner"]',
        'timezone: "America/New_York" -> "Asia/Tokyo"',
        "what members have already may vest or lapse at other times than before",
    ]
    assert tried[-1].startswith("demo revision 2 would be in force, etag ")
    done = run("apply", database_url, str(document)).stdout.splitlines()
    assert done[:-1] == tried[:-1]
    assert done[-1].startswith("demo revision 2 in force, etag ")
    document.write_text(tb.DEMO_PROGRAM.replace("America/New_York", "Asia/Tokyo"), encoding="utf-8")
    assert 'funds: removed ["partner"]' in run("apply", database_url, str(document)).stdout


def test_a_document_is_planned_and_seen_coming(database_url: str, document: Path) -> None:
    run("apply", database_url, str(document))
    document.write_text(tb.DEMO_PROGRAM.replace("Demo shop", "Other shop"), encoding="utf-8")
    at = (datetime.now(UTC) + timedelta(days=30)).replace(microsecond=0)
    told = run("apply", database_url, str(document), "--at", at.isoformat()).stdout
    assert told.splitlines()[-1].startswith(f"demo revision 2 in force from {at.isoformat()} on, etag ")
    again = run("apply", database_url, str(document)).stdout
    assert again.startswith(f"demo revision 2 unchanged, in force from {at.isoformat()} on, etag ")
    assert run("programs", database_url).stdout.startswith("demo  revision 1  ")
    listed = run("revisions", database_url, "--program", "demo").stdout.splitlines()
    assert [line.split()[1] for line in listed] == ["2", "1"]
    assert listed[0].endswith(f"in force from {at.isoformat()}")
    document.write_text(tb.DEMO_PROGRAM.replace("Demo shop", "A third shop"), encoding="utf-8")
    refused = run("apply", database_url, str(document))
    assert refused.exit_code == 1
    assert "Revision 2 of program 'demo' is planned" in refused.stderr


@pytest.mark.parametrize(
    ("at", "problem"),
    [("soon", "is no time"), ("2020-01-01T00:00Z", "must not have passed"), ("2027-01-01", "time zone")],
)
def test_a_time_that_makes_no_sense_is_told(database_url: str, document: Path, at: str, problem: str) -> None:
    run("apply", database_url, str(document))
    document.write_text(tb.DEMO_PROGRAM.replace("Demo shop", "Other shop"), encoding="utf-8")
    result = run("apply", database_url, str(document), "--at", at)
    assert (result.exit_code, problem in result.stderr) == (2, True)


def test_the_revisions_of_a_program_are_listed_however_many(database_url: str) -> None:
    with tb.Book.open(database_url) as book:
        for number in range(101):
            book.apply(tb.DEMO_PROGRAM.replace("Demo shop", f"Shop {number}"))
    lines = run("revisions", database_url, "--program", "demo").stdout.splitlines()
    assert [int(line.split()[1]) for line in lines] == list(range(101, 0, -1))
    assert run("revisions", database_url, "--program", "nowhere").exit_code == 3
