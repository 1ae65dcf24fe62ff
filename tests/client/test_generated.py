"""The generated code is where it belongs, and is what proto/ makes."""

import re
import subprocess
import sys
from pathlib import Path

import tallybook_client

from tools.gen import GENERATED, differences

PACKAGE = Path(tallybook_client.__file__).parent

SEEN_AFTER_IMPORT = """
import sys
import tallybook_client, tallybook_client.cli
from tallybook_client._gen.tallybook.v1 import points_service_pb2_grpc
foreign = {"tallybook", "tallybook_server", "sqlalchemy"}
print(*sorted(name for name in sys.modules if name.split(".")[0] in foreign))
"""


def test_it_lies_inside_the_client() -> None:
    assert GENERATED == PACKAGE / "_gen"
    assert (GENERATED / "tallybook/v1/points_service_pb2.py").exists()
    assert not list(GENERATED.rglob("google")), "google.* comes from its own distributions"


def test_it_imports_nothing_from_a_top_level_tallybook() -> None:
    stray = re.compile(r"^\s*(?:from|import) tallybook\b", re.MULTILINE)
    modules = [path for path in PACKAGE.rglob("*.py*") if path.suffix in {".py", ".pyi"}]
    assert len(modules) > 30
    assert [path.name for path in modules if stray.search(path.read_text())] == []


def test_the_client_stands_alone() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", SEEN_AFTER_IMPORT], capture_output=True, text=True, check=True
    )
    assert seen.stdout.split() == []


def test_the_client_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
    for module in GENERATED.rglob("*_pb2*.py"):
        assert module.with_suffix(".pyi").exists(), module.name


def test_a_difference_is_told_file_by_file(tmp_path: Path) -> None:
    fresh, standing = tmp_path / "fresh", tmp_path / "standing"
    for folder, files in (
        (fresh, {"same": "1", "edited": "1", "new": "1"}),
        (
            standing,
            {"same": "1", "edited": "2", "old": "1"},
        ),
    ):
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
    assert differences(fresh, standing) == ["edited: changed", "new: missing", "old: not generated any more"]
