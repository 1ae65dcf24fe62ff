"""The house rules that a machine can hold: sizes, names, docstrings, and no trace of one machine."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest

from tests.architecture.source_tree import ROOT, Module, modules, parse, tracked_files

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 400

# If a thing has no home, its concept has no name yet.
HOMELESS = {"util", "utils", "common", "helper", "helpers", "manager", "managers", "base", "model", "models"}

# Where packages come from is the installer's own setting, and where a checkout lies is its owner's.
ADDRESS = re.compile(rb"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|crates\.io|proxy\.golang|deb\.debian")
MACHINE_PATH = re.compile(rb"(?<![\w.~$})-])/(?:work|root|home|Users|opt/(?:pypi|wheels))/[\w.]")


def size_faults(module: Module) -> Iterator[str]:
    """Files and functions that do not fit a screen or a sitting. A docstring costs a function nothing."""
    length = len(module.text.splitlines())
    if length > FILE_LINES_MAX:
        yield f"{module.path}: {length} lines"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _lines(node) - (_lines(node.body[0]) if ast.get_docstring(node) else 0)
            if length > FUNCTION_LINES_MAX:
                yield f"{module.path}:{node.lineno}: {node.name} has {length} lines"


def _lines(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def name_faults(module: Module) -> Iterator[str]:
    """Modules and packages named after nothing."""
    for part in PurePosixPath(module.path).with_suffix("").parts:
        if part in HOMELESS:
            yield f"{module.path}: `{part}` says nothing; name the concept"


def docstring_faults(module: Module) -> Iterator[str]:
    """Modules that do not begin by saying what they hold."""
    if not ast.get_docstring(module.tree):
        yield f"{module.path}: no docstring"


def machine_faults(path: str, content: bytes) -> Iterator[str]:
    """Traces of one machine or one package registry."""
    for number, line in enumerate(content.splitlines(), start=1):
        for found in (ADDRESS.search(line), MACHINE_PATH.search(line)):
            if found:
                yield f"{path}:{number}: {found[0].decode()}"


@pytest.mark.parametrize(
    "check", [size_faults, name_faults, docstring_faults], ids=["sizes", "names", "docstrings"]
)
def test_every_module_keeps_the_house_rules(check: Callable[[Module], Iterator[str]]) -> None:
    assert [fault for module in modules() for fault in check(module)] == []


def test_nothing_names_a_registry_or_a_machine() -> None:
    contents = ((str(path.relative_to(ROOT)), path.read_bytes()) for path in tracked_files())
    assert [fault for path, content in contents for fault in machine_faults(path, content)] == []


def test_planted_sizes_are_found() -> None:
    body = "    x = 1\n" * FUNCTION_LINES_MAX
    assert list(size_faults(parse("a", "def f():\n" + body)))
    assert list(size_faults(parse("a", "class C:\n  async def f(self):\n" + body)))
    assert list(size_faults(parse("a", "x = 1\n" * (FILE_LINES_MAX + 1))))


def test_a_docstring_does_not_lengthen_a_function() -> None:
    docstring = '    """' + "Why.\n" * FUNCTION_LINES_MAX + '"""\n'
    assert list(size_faults(parse("a", "def f():\n" + docstring + "    return 1\n"))) == []


@pytest.mark.parametrize("path", ["ledger/tallybook/utils.py", "tools/helpers/x.py", "a/models/__init__.py"])
def test_a_planted_name_is_found(path: str) -> None:
    assert list(name_faults(parse("a", "", path)))


def test_a_missing_docstring_is_found() -> None:
    assert list(docstring_faults(parse("a", "x = 1")))
    assert list(docstring_faults(parse("a", '"""Why."""'))) == []


# Planted with `|` for a letter, because this file is searched too.
@pytest.mark.parametrize("registry", ["https://py|i.org/simple", "files.|ythonhosted.org"])
def test_a_planted_registry_is_found(registry: str) -> None:
    assert list(machine_faults("a.txt", registry.replace("|", "p").encode()))


@pytest.mark.parametrize("path", ["/w|rk/main/x", "'/r|ot/.cache'", "file:///h|me/me/x", "PATH=:/h|me/me"])
def test_a_planted_machine_path_is_found(path: str) -> None:
    assert list(machine_faults("a.md", path.replace("|", "o").encode()))


@pytest.mark.parametrize("text", ["sqlite:////tmp/book.db", "proto/work/x", "~/work/x", "/workers/x"])
def test_other_paths_are_welcome(text: str) -> None:
    assert list(machine_faults("a.md", text.encode())) == []
