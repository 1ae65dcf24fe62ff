"""Decisions are pure: no SQL, no clock, no randomness, no files; and what they import is as pure as they are.

A module is pure by its name (rules.py, decide.py) or by its word ("Pure:" in its docstring's first line).
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from tests.architecture.source_tree import Module, called_name, imports_of, modules_of, parse, within

PURE_NAMES = {"rules", "decide"}

IMPURE_PACKAGES = (
    "sqlalchemy", "psycopg", "sqlite3", "alembic", "time", "random", "secrets", "uuid", "os", "socket",
    "subprocess", "threading", "asyncio", "logging", "structlog",
)  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}
DATE_CLASSES = {"datetime", "date"}
INPUT_AND_OUTPUT = {"open", "print", "input"}


def is_pure(module: Module) -> bool:
    """Does the module claim to decide and do nothing else?"""
    first_line = (ast.get_docstring(module.tree) or "").partition("\n")[0]
    return module.name.rpartition(".")[2] in PURE_NAMES or "Pure:" in first_line


@cache
def own_faults(module: Module) -> tuple[str, ...]:
    """What the module itself does that a decision must not. Many decisions import the same modules."""
    return tuple(_own_faults(module))


def _own_faults(module: Module) -> Iterator[str]:
    for each in imports_of(module):
        for package in IMPURE_PACKAGES:
            if within(each.target, package):
                yield f"{module.path}:{each.line}: a decision imports {package}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _is_date_class(node.value, module):
            yield f"{module.path}:{node.lineno}: a decision asks the clock: {node.attr}"
        if isinstance(node, ast.Call) and called_name(node) in INPUT_AND_OUTPUT:
            yield f"{module.path}:{node.lineno}: a decision calls {called_name(node)}"


def _is_date_class(node: ast.expr, module: Module) -> bool:
    match node:
        case ast.Attribute(attr=name):
            return name in DATE_CLASSES
        case ast.Name(id=name):
            return name in DATE_CLASSES | _other_names_of_date_classes(module)
        case _:
            return False


def _other_names_of_date_classes(module: Module) -> set[str]:
    return {
        alias.asname
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "datetime"
        for alias in node.names
        if alias.asname
    }


def inherited_faults(module: Module, known: Mapping[str, Module]) -> Iterator[str]:
    """Impure modules of ours that a pure one reaches through its imports, each with the way there."""
    ways: list[tuple[str, ...]] = [(module.name,)]
    seen = {module.name}
    while ways:
        way = ways.pop()
        for name in sorted(_imported_modules(known[way[-1]], known) - seen):
            seen.add(name)
            ways.append((*way, name))
            for fault in own_faults(known[name]):
                yield f"{' -> '.join((*way, name))}: {fault}"


def _imported_modules(module: Module, known: Mapping[str, Module]) -> set[str]:
    found = set()
    for each in imports_of(module):
        member = f"{each.target}.{each.member}"
        found.add(member if member in known else each.target)
    return found & known.keys()


def faults_of(module: Module, known: Mapping[str, Module]) -> list[str]:
    return [*own_faults(module), *inherited_faults(module, known)]


def test_decisions_are_pure() -> None:
    known = {module.name: module for module in modules_of("tallybook")}
    pure = [module for module in known.values() if is_pure(module)]
    assert [fault for module in pure for fault in faults_of(module, known)] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import sqlalchemy as sa", "imports sqlalchemy"),
        ("from sqlite3 import connect", "imports sqlite3"),
        ("from time import monotonic", "imports time"),
        ("def f():\n    import random", "imports random"),
        ("import os.path", "imports os"),
        ("from datetime import datetime\nnow = datetime.now(UTC)", "asks the clock: now"),
        ("import datetime as dt\nfield(default_factory=dt.datetime.utcnow)", "asks the clock: utcnow"),
        ("from datetime import datetime as at\nnow = at.now", "asks the clock: now"),
        ("from datetime import date\nday = date.today()", "asks the clock: today"),
        ("open('program.yaml')", "calls open"),
    ],
)
def test_a_planted_impurity_is_found(body: str, said: str) -> None:
    module = parse("tallybook.tiers.rules", body)
    assert is_pure(module)
    assert said in "\n".join(own_faults(module))


def test_an_impurity_behind_an_import_is_found() -> None:
    known = {
        module.name: module
        for module in (
            parse("tallybook.tiers.rules", "from tallybook.tiers import windows"),
            parse("tallybook.tiers.windows", "from tallybook.tiers.queries import growth_since"),
            parse("tallybook.tiers.queries", "import sqlalchemy"),
        )
    }
    (fault,) = faults_of(known["tallybook.tiers.rules"], known)
    assert fault.startswith("tallybook.tiers.rules -> tallybook.tiers.windows -> tallybook.tiers.queries:")


def test_a_module_is_pure_by_its_name_or_by_its_word() -> None:
    assert is_pure(parse("tallybook.points.decide", ""))
    assert is_pure(parse("tallybook.journal.lots", '"""Lots. Pure: no clock, no database."""'))
    assert not is_pure(parse("tallybook.journal.tables", '"""The tables.\n\nNot Pure: SQL."""'))


def test_time_that_is_handed_in_is_pure() -> None:
    module = parse(
        "tallybook.tiers.rules",
        "from datetime import datetime, timedelta\ndef f(now: datetime): return now + timedelta(days=1)",
    )
    assert own_faults(module) == ()
