"""The operator asks how many members other ladders would move where."""

from pathlib import Path

import tallybook as tb

from tests.cli.operator import run
from tests.slices.tiers.club import PROGRAM


def test_moves_are_printed_as_a_table(database_url: str, tmp_path: Path) -> None:
    with tb.Book.open(database_url) as book:
        book.apply(PROGRAM)
        for member, growth in (("amy", 150), ("bob", 50)):
            book.do(tb.Enroll(program="club", member=member, request_id="e"))
            book.do(tb.Award(program="club", member=member, request_id="a", unit="growth", amount=growth))
        while book.sweep():
            pass
    path = tmp_path / "new.yaml"
    path.write_text(PROGRAM.replace("growth: 100}", "growth: 200}"))
    result = run("tiers-simulate", database_url, str(path))
    assert result.exit_code == 0
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in result.stdout.splitlines()]
    assert ["none", "none", "1", "bob"] in cells
    assert ["silver", "none", "1", "amy"] in cells
    assert "status" in result.stdout
    assert "2 members" in result.stderr
