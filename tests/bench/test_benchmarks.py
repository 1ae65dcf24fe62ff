"""Every benchmark runs, and ends with one JSON line that says how to repeat it."""

import json
import subprocess
import sys
from typing import Any

import pytest

from bench.__main__ import BENCHMARKS, measured
from bench.figures import Figure, in_turn, line
from bench.load import Load, run
from bench.stage import Stage
from bench.surroundings import ROOT

GOALS = {
    "award_statements",
    "award_unary",
    "record_event_unary",
    "spend_unary",
    "claim_unary",
    "flash_sale",
    "award_batch_sql",
    "award_hot",
    "award_growth",
    "worker_memory",
    "purchase_decide",
    "evaluate",
    "sweep",
}


def test_there_is_a_benchmark_for_every_goal() -> None:
    assert set(BENCHMARKS) == GOALS


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_runs(name: str, stage: Stage) -> None:
    text = measured(name, stage)
    assert "\n" not in text
    found = json.loads(text)
    assert found["name"] == name
    assert found["ratio"] > 0
    assert len(found["sides"]) == 2
    assert len({len(side.get("rounds", [])) for side in found["sides"].values()}) == 1
    _tells_how_to_repeat(found)


def _tells_how_to_repeat(found: dict[str, Any]) -> None:
    around = found["run"]
    assert found["parameters"]
    assert {"commit", "python", "platform", "cpus", "postgresql", "fdatasync_us", "length"} <= set(around)
    durable = {name: around["settings"][name] for name in ("fsync", "synchronous_commit", "full_page_writes")}
    assert set(durable.values()) == {"on"}, "a figure of a database that may lose commits is no figure"


def test_sides_are_measured_in_turn() -> None:
    calls: list[str] = []

    def measure(name: str, value: float) -> float:
        calls.append(name)
        return value

    turns = in_turn(3, lambda: measure("A", 6.0), lambda: measure("B", 4.0))
    assert calls == ["A", "B", "A", "B", "A", "B"]
    assert turns.ratio == 1.5


def test_one_disturbed_round_does_not_move_the_ratio() -> None:
    values = iter([10.0, 5.0, 10.0, 5.0, 10.0, 500.0])
    assert in_turn(3, lambda: next(values), lambda: next(values)).ratio == 2.0


def test_a_figure_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON"):
        line("x", Figure(ratio=float("nan"), sides={}, parameters={}), {})


def test_calls_that_fail_are_not_counted() -> None:
    nobody_there = Load(address="127.0.0.1:1", in_flight=2, seconds=0.2, warm_up_seconds=0.0, members=10)
    figures = run(nobody_there)
    assert figures["answered"] == 0
    assert set(figures["failures"]) == {"UNAVAILABLE"}


def test_a_name_that_is_none_ends_with_an_error() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "award_nothing"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "award_nothing" in ended.stderr


def test_a_benchmark_that_fails_ends_with_an_error_and_prints_no_line() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "award_statements", "--postgres"]
    nobody_there = "postgresql://nobody@127.0.0.1:1/none"
    ended = subprocess.run([*command, nobody_there], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
