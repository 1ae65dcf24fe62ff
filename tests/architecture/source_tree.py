"""The project's own source, parsed, for the tests of its architecture."""

import ast
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Where import names begin: `ledger/tallybook/book.py` is `tallybook.book`. Elsewhere they begin at the root.
SOURCE_ROOTS = (ROOT / "ledger", ROOT / "server", ROOT / "clients" / "python")
GENERATED = ROOT / "clients" / "python" / "tallybook_client" / "_gen"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its import name, its path from the root, its text and its syntax tree."""

    name: str
    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """What a relative import starts from."""
        return self.name if self.path.endswith("__init__.py") else self.name.rpartition(".")[0]


def parse(name: str, text: str, path: str | None = None) -> Module:
    """Parse one module; the path is made from the name where none is given, as for planted violations."""
    return Module(name, path or name.replace(".", "/") + ".py", text, ast.parse(text))


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that is or could be committed. Without git (an unpacked archive), every visible file."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        found = [ROOT / os.fsdecode(name) for name in asked.stdout.split(b"\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _hidden(path.relative_to(ROOT))]
    return tuple(sorted(path for path in found if path.is_file()))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") and part != ".ci" for part in path.parts)


@cache
def modules() -> tuple[Module, ...]:
    """Every hand-written module of the tree."""
    paths = (path for path in tracked_files() if path.suffix == ".py" and not path.is_relative_to(GENERATED))
    return tuple(
        parse(_import_name(path), path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
        for path in paths
    )


def modules_of(package: str) -> tuple[Module, ...]:
    """The hand-written modules of one import package."""
    return tuple(module for module in modules() if within(module.name, package))


def _import_name(path: Path) -> str:
    root = next((each for each in SOURCE_ROOTS if path.is_relative_to(each)), ROOT)
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within(name: str, package: str) -> bool:
    """Is `name` the package or something inside it?"""
    return name == package or name.startswith(package + ".")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `from a.b import c` is target `a.b`, member `c`; `import a.b` has no member."""

    target: str
    member: str | None
    line: int


@cache
def imports_of(module: Module) -> tuple[Import, ...]:
    """Every import of a module wherever it stands: in a function, for types only, or asked for by name."""
    return tuple(_imports_of(module))


def _imports_of(module: Module) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, None, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            target = _absolute(module, node)
            yield from (Import(target, alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"}:
            yield from _import_by_name(node)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    ancestors = module.package.split(".")
    start = ancestors[: len(ancestors) - node.level + 1]
    return ".".join([*start, node.module] if node.module else start)


def _import_by_name(call: ast.Call) -> Iterator[Import]:
    match call.args:
        case [ast.Constant(value=str(name)), *_]:
            yield Import(name, None, call.lineno)


def called_name(call: ast.Call) -> str:
    """The last name of what is called: `now` for `datetime.now()`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
