"""An installed wheel lays a book: the revisions travel with the library."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

LAY_AND_ASK = """
import tallybook as tb
print(tb.__file__)
book = tb.Book.open("sqlite://")
book.apply(tb.DEMO_PROGRAM)
book.do(tb.Enroll(program="demo", member="alice", request_id="signup"))
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked wheel of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_a_wheel_lays_a_book(unpacked: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LAY_AND_ASK],
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        cwd=unpacked,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip() == str(unpacked / "tallybook" / "__init__.py")


def test_a_wheel_holds_what_is_imported_and_nothing_else(unpacked: Path) -> None:
    folders = {path.name for path in unpacked.iterdir() if path.is_dir() and path.suffix != ".dist-info"}
    assert folders == {"tallybook", "tallybook_server"}
