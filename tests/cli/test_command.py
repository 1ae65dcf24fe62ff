"""The command is there under its name, and the library does not need it."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("tallybook"))


def called(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("words", [(COMMAND,), (sys.executable, "-m", "tallybook")])
def test_the_command_has_two_names(words: tuple[str, ...]) -> None:
    result = called(*words, "rollup", "sqlite:///missing.db")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == "tallybook: there is no file missing.db; `tallybook migrate` makes a new book\n"


def test_help_names_every_command() -> None:
    result = called(COMMAND, "--help")
    assert result.returncode == 0
    for name in ("migrate", "apply", "programs", "schema", "verify", "trial-balance", "sweep", "rollup"):
        assert f"\n  {name} " in result.stdout


def test_a_disk_that_is_full_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert (done.returncode, done.stderr) == (3, "tallybook: No space left on device\n")


def test_the_library_needs_no_terminal() -> None:
    code = "import sys; sys.modules.update(typer=None, rich=None); import tallybook; tallybook.Book.open('sqlite://')"
    result = called(sys.executable, "-c", code)
    assert (result.returncode, result.stderr) == (0, "")
