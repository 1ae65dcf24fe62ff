"""What README tells to type works as it is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tallybook as tb

from tests.cli.operator import run

README = Path(__file__).parents[2] / "README.md"
COMMANDS = re.findall(r"`tallybook ([^`]+ [^`]+)`", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for file in re.findall(r"\S+\.yaml", command):
        Path(file).write_text(tb.DEMO_PROGRAM)
    with tb.Book.open("sqlite:///shop.db") as book:
        book.apply(tb.DEMO_PROGRAM)
    assert run(*command.split()).exit_code == 0


def test_there_are_commands_in_the_readme() -> None:
    assert {command.split()[0] for command in COMMANDS} == {"apply", "backtest"}
