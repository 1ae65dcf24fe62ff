"""The operator asks what another program would have given, as a table and as files."""

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import tallybook as tb

from tests.cli.operator import run
from tests.clocks import SetClock
from tests.slices.earning.market import BASE, Market, document

PERIOD = ("--from", "2026-01-01", "--to", "2026-12-31")
TWICE = {"base": {**BASE, "formula": {**BASE["formula"], "units": 2}}}
BUDGETS = {
    "spring": {"unit": "points", "currency": "USD", "most": "500.00", "cost": {"units": 1, "money": "0.05"}}
}


@pytest.fixture
def kept(database_url: str) -> str:
    """A book with two members' purchases in two months."""
    clock = SetClock()
    with tb.Book.open(database_url, clock=clock) as book:
        market = Market(book, clock, document(events={"visit": {}}))
        market.enroll("m1", "m2")
        market.buy("o1", 123456)
        clock.forward(days=40)
        market.buy("o1", 2000, member="m2")
        market.refund("r1", "o1", amount=500, member="m2")
        market.told(tb.Custom(name="visit", event_id="v"))
    return database_url


@pytest.fixture
def doubled(tmp_path: Path) -> str:
    path = tmp_path / "new.yaml"
    path.write_text(document(TWICE, budgets=BUDGETS))
    return str(path)


def rows(said: str) -> list[list[str]]:
    """What stands in the table, cell by cell."""
    lines = [line.split("│")[1:-1] for line in said.splitlines() if "│" in line]
    return [[cell.strip() for cell in line] for line in lines]


def test_a_backtest_is_printed_as_a_table(kept: str, doubled: str) -> None:
    result = run("backtest", kept, doubled, *PERIOD)
    assert result.exit_code == 0
    assert "market from 2026-01-01 through 2026-12-31" in result.stdout
    table = rows(result.stdout)
    assert ["", "Points", "1,249", "2,499", "1,250", "62.45 USD", "124.95 USD", "62.50 USD"] in table
    titles = [row[0] for row in table if row[0] and not any(row[1:])]
    assert titles == ["in all", "by rule", "by month", "by tier", "who would have more"]
    assert [row[:4] for row in table if row[0].startswith("2026")] == [
        ["2026-01", "Points", "1,234", "2,469"],
        ["2026-02", "Points", "15", "30"],
    ]
    assert [row[0] for row in table][-2:] == ["m1", "m2"]
    assert "not taken: Program 'market' declares no event 'visit' in revision 2: 1 event\n" in result.stdout
    assert result.stderr == "3 events of 2 members\n"


def test_its_figures_are_written_as_csv(kept: str, doubled: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    assert run("backtest", kept, doubled, *PERIOD, "--csv", str(path)).exit_code == 0
    with path.open(newline="") as file:
        assert list(csv.DictReader(file)) == [
            {
                "month": "2026-01", "tier": "", "rule": "base", "unit": "points",
                "old": "1234", "new": "2469", "difference": "1235",
                "currency": "USD", "old_cost": "61.70", "new_cost": "123.45", "cost_difference": "61.75",
            },
            {
                "month": "2026-02", "tier": "", "rule": "base", "unit": "points",
                "old": "15", "new": "30", "difference": "15",
                "currency": "USD", "old_cost": "0.75", "new_cost": "1.50", "cost_difference": "0.75",
            },
        ]  # fmt: skip


def test_its_figures_are_written_as_parquet(kept: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    stars = {"base": {**BASE, "unit": "stars"}}
    path = tmp_path / "figures.parquet"
    result = run("backtest", kept, "-", *PERIOD, "--parquet", str(path), typed=document(stars).encode())
    assert result.exit_code == 0
    found = parquet.read_table(path).to_pylist()
    assert [(each["unit"], each["month"], each["old"], each["new"]) for each in found] == [
        ("points", "2026-01", 1234, 0),
        ("stars", "2026-01", 0, Decimal("1234.56")),
        ("points", "2026-02", 15, 0),
        ("stars", "2026-02", 0, 15),
    ]
    assert {(each["currency"], each["new_cost"]) for each in found} == {("", None)}


def test_without_pyarrow_it_says_what_to_install(
    kept: str, doubled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("backtest", kept, doubled, *PERIOD, "--parquet", str(tmp_path / "x"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "tallybook: --parquet needs pyarrow: install tallybook[parquet]\n"
    assert run("backtest", kept, doubled, *PERIOD).exit_code == 0


def test_a_sample_and_a_shorter_time_count_less(kept: str, doubled: str) -> None:
    assert run("backtest", kept, doubled, *PERIOD, "--members", "1").stderr.endswith(" of 1 member\n")
    short = run("backtest", kept, doubled, "--from", "2026-02-01", "--to", "2026-02-28")
    assert short.stderr == "2 events of 2 members\n"


def test_mistakes_are_told_in_their_places(kept: str, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    content = json.loads(document())
    content["unts"] = content.pop("units")
    path.write_text(json.dumps(content, indent=1))
    result = run("backtest", kept, str(path), *PERIOD)
    assert result.exit_code == 1
    assert f"{path}:" in result.stderr
    assert "did you mean 'units'?" in result.stderr


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("--from", "2026-02-01", "--to", "2026-01-01"), 2, "to: must not be before 2026-02-01"),
        (("--from", "soon", "--to", "2026-01-01"), 2, "'soon'"),
        ((*PERIOD, "--csv", "/nowhere/figures.csv"), 2, "cannot write /nowhere/figures.csv: No such file"),
    ],
)
def test_wrong_usage_is_told(
    kept: str, doubled: str, words: tuple[str, ...], exit_code: int, said: str
) -> None:
    result = run("backtest", kept, doubled, *words)
    assert result.exit_code == exit_code
    assert said in result.stderr


def test_an_unknown_program_is_told(database_url: str, doubled: str) -> None:
    result = run("backtest", database_url, doubled, *PERIOD)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "tallybook: No program 'market' has been applied.\n"
