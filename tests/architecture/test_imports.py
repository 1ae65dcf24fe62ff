"""Imports point one way: server -> library -> nothing of ours, and downwards through the library's layers."""

import sys
from collections.abc import Iterator

import pytest

from tests.architecture.source_tree import Import, Module, imports_of, modules_of, parse, within

# The library's layers, the highest first: a module imports only from layers below its own, or from its own
# package. So a slice never imports another slice; where a story crosses slices, a flow calls them in order.
# A new package of `tallybook` gets its place here.
LAYERS: dict[str, tuple[str, ...]] = {
    "command": ("__main__",),
    "doors": ("__init__", "cli"),
    "book": ("book",),
    "table of commands": ("commands",),
    "flows": ("flows",),
    "checkout": ("checkout",),
    "slices": (
        "points", "reports", "earning", "tiers", "tasks", "stored_value", "mall",
        "referrals", "feed", "grants", "memberships", "draws",
    ),
    "growth": ("growth",),
    "coupons": ("coupons",),
    "people": ("members",),
    "codes": ("codes",),
    "engine": ("engine",),
    "programs": ("programs",),
    "journal": ("journal",),
    "ground": ("db",),
    "refusals of slices": ("refusals",),
    "words": ("errors", "traces"),
}  # fmt: skip
RANKS = {part: rank for rank, parts in enumerate(reversed(LAYERS.values())) for part in parts}

DATABASE_PACKAGES = ("sqlalchemy", "psycopg", "sqlite3", "alembic")
FORBIDDEN: dict[str, tuple[str, ...]] = {
    "tallybook": ("grpc", "google", "tallybook_server", "tallybook_client"),
    "tallybook_server": DATABASE_PACKAGES,
}
# A commerce back end installs the client with these alone.
CLIENT_DEPENDENCIES = {"grpc", "google", "tallybook_client"}

# SQL stands in these and nowhere else. The book passes the caller's own connection through.
SQL_PACKAGES = ("tallybook.db", "tallybook.engine", "tallybook.book")
SQL_FILES = {"tables", "queries"}


def library_faults(module: Module) -> Iterator[str]:
    """Imports against the layers of the library."""
    own = _part(module.name)
    if own not in RANKS:
        yield f"{module.path}: `{own}` has no layer yet; give it one in LAYERS"
        return
    for each in imports_of(module):
        other = _imported_part(each)
        if other is not None and other != own and RANKS.get(other, -1) >= RANKS[own]:
            yield f"{_place(module, each)}: {own} imports {other}, which is not below it"


def _part(name: str) -> str:
    _, _, inside = name.partition(".")
    return inside.split(".")[0] or "__init__"


def _imported_part(each: Import) -> str | None:
    if not within(each.target, "tallybook"):
        return None
    if each.target == "tallybook" and each.member in RANKS:
        return each.member
    return _part(each.target)


def forbidden_faults(module: Module) -> Iterator[str]:
    """Imports of what a whole distribution must not know."""
    for package in FORBIDDEN.get(module.name.split(".")[0], ()):
        for each in imports_of(module):
            if within(each.target, package):
                yield f"{_place(module, each)}: {module.name} imports {package}"


def sql_faults(module: Module) -> Iterator[str]:
    """Imports of SQL outside the files that hold it."""
    holds_sql = module.name.rpartition(".")[2] in SQL_FILES
    if holds_sql or any(within(module.name, allowed) for allowed in SQL_PACKAGES):
        return
    for each in imports_of(module):
        if any(within(each.target, package) for package in DATABASE_PACKAGES):
            yield f"{_place(module, each)}: SQL stands in tables.py, queries.py, the engine and db alone"


def server_faults(module: Module) -> Iterator[str]:
    """The server knows the library's public names and the client's generated code, nothing behind them."""
    for each in imports_of(module):
        behind = within(each.target, "tallybook") and (each.target != "tallybook" or each.member in RANKS)
        if behind:
            yield f"{_place(module, each)}: the server imports names from `tallybook` itself only"
        if within(each.target, "tallybook_client") and not _is_generated(each):
            yield f"{_place(module, each)}: of the client, the server imports `_gen` only"


def _is_generated(each: Import) -> bool:
    return within(each.target, "tallybook_client._gen") or each.member == "_gen"


def client_faults(module: Module) -> Iterator[str]:
    """The client imports the standard library, grpc and protobuf."""
    for each in imports_of(module):
        package = each.target.split(".")[0]
        if package not in CLIENT_DEPENDENCIES and package not in sys.stdlib_module_names:
            yield f"{_place(module, each)}: the client imports {package}"
        if package == "sqlite3":
            yield f"{_place(module, each)}: the client imports a database"


def dialect_faults(module: Module) -> Iterator[str]:
    """Only `db` knows that there are several databases."""
    if within(module.name, "tallybook.db"):
        return
    for each in imports_of(module):
        if within(each.target, "sqlalchemy.dialects") or each.member == "dialects":
            yield f"{_place(module, each)}: only tallybook.db names a dialect"


def _place(module: Module, each: Import) -> str:
    return f"{module.path}:{each.line}"


CHECKS = {
    "tallybook": (library_faults, forbidden_faults, sql_faults, dialect_faults),
    "tallybook_server": (server_faults, forbidden_faults),
    "tallybook_client": (client_faults,),
}


def faults_of(module: Module) -> list[str]:
    return [fault for check in CHECKS[module.name.split(".")[0]] for fault in check(module)]


@pytest.mark.parametrize("package", CHECKS)
def test_imports_point_one_way(package: str) -> None:
    found = modules_of(package)
    assert found, f"no module of {package} found"
    assert [fault for module in found for fault in faults_of(module)] == []


@pytest.mark.parametrize(
    ("name", "statement", "said"),
    [
        ("tallybook.journal.holds", "from tallybook.points import Award", "journal imports points"),
        ("tallybook.journal.holds", "from ..points import Award", "journal imports points"),
        ("tallybook.journal.holds", "from tallybook import points", "journal imports points"),
        ("tallybook.journal.holds", "from tallybook import Book", "journal imports __init__"),
        ("tallybook.journal.lots", "import tallybook.engine.record", "journal imports engine"),
        ("tallybook.tiers.rules", "def f():\n    from tallybook.points import Award", "tiers imports points"),
        ("tallybook.programs.merge", "import tallybook.members", "programs imports members"),
        ("tallybook.db.bulk", "import_module('tallybook.engine')", "db imports engine"),
        ("tallybook.shop.rules", "import ast", "`shop` has no layer yet"),
        ("tallybook.points.award", "import grpc.aio", "tallybook.points.award imports grpc"),
        ("tallybook.points.award", "from google.protobuf import message", "imports google"),
        ("tallybook.points.award", "from sqlalchemy import select", "SQL stands in"),
        ("tallybook.points.queries", "from sqlalchemy.dialects import sqlite", "names a dialect"),
        ("tallybook_server.main", "from tallybook.book import Book", "from `tallybook` itself only"),
        ("tallybook_server.main", "from tallybook import journal", "from `tallybook` itself only"),
        ("tallybook_server.main", "from tallybook_client.wrapper import Client", "`_gen` only"),
        ("tallybook_server.main", "import psycopg", "tallybook_server.main imports psycopg"),
        ("tallybook_client.wrapper", "import tallybook", "the client imports tallybook"),
        ("tallybook_client.wrapper", "import sqlalchemy.orm", "the client imports sqlalchemy"),
        ("tallybook_client.wrapper", "import sqlite3", "the client imports a database"),
    ],
)
def test_a_planted_import_is_found(name: str, statement: str, said: str) -> None:
    assert said in "\n".join(faults_of(parse(name, statement)))


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("tallybook", "from tallybook.book import Book\nfrom tallybook.points import Award"),
        ("tallybook.book", "from tallybook.engine import do\nfrom tallybook.reports import trial_balance"),
        (
            "tallybook.points.award",
            "from tallybook.points.rules import floor\nfrom tallybook.journal import Lot",
        ),
        ("tallybook.points.queries", "import sqlalchemy as sa"),
        ("tallybook.db.bulk", "from sqlalchemy.dialects import postgresql"),
        ("tallybook_server.main", "import tallybook\nfrom tallybook import Book, Award\nimport grpc"),
        ("tallybook_server.main", "from tallybook_client._gen.tallybook.v1 import points_service_pb2"),
        ("tallybook_client.wrapper", "import grpc\nimport secrets\nfrom google.rpc import status_pb2"),
    ],
)
def test_an_import_downwards_is_welcome(name: str, statement: str) -> None:
    assert faults_of(parse(name, statement)) == []
