"""No float comes near a value: none in the library or the contract, no value that is one around them."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.exactness import inexact
from tests.architecture.source_tree import ROOT, Module, modules, parse, within

# The library counts. Setting up a database is the one thing in it that waits, and waiting is in seconds.
EXACT = "tallybook"
WAITING = ("tallybook.db",)
# Around it, deadlines and pauses are floats, and values still are not.
AROUND = ("tallybook_server", "tallybook_client")
VALUE = re.compile(r"points|amount|balance|money|cents|price|quantity|liability", re.IGNORECASE)

FLOAT_FIELD = re.compile(r"^\s*(?:repeated |optional )?(?:double|float)\s|map<[^>]*\b(?:double|float)\b")


def faults_of(module: Module) -> list[str]:
    around = any(within(module.name, package) for package in AROUND)
    found = float_values(module) if around else inexact(module)
    return [f"{module.path}:{line}: {what}" for line, what in sorted(set(found))]


def float_values(module: Module) -> Iterator[tuple[int, str]]:
    """Values, by their names, that are declared to be floats, turned into floats or divided."""
    for node in ast.walk(module.tree):
        match node:
            case (
                ast.arg(arg=name, annotation=ast.expr() as annotation)
                | ast.AnnAssign(target=ast.Name(id=name) | ast.Attribute(attr=name), annotation=annotation)
                | ast.FunctionDef(name=name, returns=ast.expr() as annotation)
                | ast.AsyncFunctionDef(name=name, returns=ast.expr() as annotation)
            ):
                if VALUE.search(name) and "float" in ast.unparse(annotation):
                    yield node.lineno, f"{name}: {ast.unparse(annotation)}"
            case (
                ast.Call(func=ast.Name(id="float")) | ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div())
            ) if VALUE.search(ast.unparse(node)):
                yield node.lineno, ast.unparse(node)


def contract_faults(name: str, text: str) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if FLOAT_FIELD.search(line)
    ]


def test_the_library_counts_exactly() -> None:
    counted = [
        module
        for module in modules()
        if within(module.name, EXACT) and not any(within(module.name, package) for package in WAITING)
    ]
    assert counted
    assert [fault for module in counted for fault in faults_of(module)] == []


def test_no_value_is_a_float_around_the_library() -> None:
    around = [module for module in modules() if any(within(module.name, each) for each in AROUND)]
    assert around
    assert [fault for module in around for fault in faults_of(module)] == []


def test_the_contract_carries_no_floats() -> None:
    contract = sorted((ROOT / "proto").rglob("*.proto"))
    assert contract
    assert [
        fault
        for path in contract
        for fault in contract_faults(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "body",
    [
        "rate = 0.1",
        "x: float = 1",
        "x = float('1')",
        "share = points / 3",
        "points /= 3",
        "def f(points: int, rates: list[Fraction]): return points / rates[0].n",
        "tenth = 10 ** -1",
        "import math\nhalf = math.sqrt(4)",
        "from math import log",
        "from statistics import mean",
        "from operator import truediv",
        "import operator\nshare = operator.truediv(1, 3)",
        "amount = sa.Column(sa.Float)",
        "amount: Mapped[Double]",
        # What is exact in one function says nothing about the same name in another.
        "def f(r: Fraction): pass\ndef g(r: int): return r / 2",
    ],
)
def test_a_planted_float_is_found(body: str) -> None:
    assert faults_of(parse("tallybook.journal.lots", body))


@pytest.mark.parametrize(
    "body",
    [
        "points = cents // 100",
        "rate = Fraction(1, 100)\npoints = floor(cents * rate / 3)",
        "def f(rate: Fraction): return 1 / rate",
        "def f(rate: Fraction | None): return 1 / rate",
        "class Rule:\n    rate: Fraction\n    def share(self, n: int): return n / self.rate",
        "def f(rate: Decimal):\n    half = rate / 2\n    return half / 2",
        "from pathlib import Path\nhere = Path(__file__).parent / name",
        "def f(folder): return folder / 'program.yaml'",
        "import math\nwhole = math.floor(Fraction(7, 2))",
        "from math import gcd",
        "scale = 10 ** 2",
    ],
)
def test_exact_arithmetic_is_welcome(body: str) -> None:
    assert faults_of(parse("tallybook.journal.lots", body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "points: float = 0",
        "def f(amount: float | None): pass",
        "async def balance() -> float: pass",
        "class C:\n    def __init__(self): self.paid_cents: list[float] = []",
        "shown = reply.amount / 100",
        "shown = float(reply.points)",
        "price /= 100",
    ],
)
def test_a_planted_float_value_around_the_library_is_found(body: str) -> None:
    assert faults_of(parse("tallybook_client.points", body))


@pytest.mark.parametrize("body", ["def f(timeout: float = 5.0): return timeout / 2", "pause = float(text)"])
def test_a_deadline_may_be_a_float(body: str) -> None:
    assert faults_of(parse("tallybook_server.drain", body)) == []


def test_a_planted_float_field_is_found() -> None:
    assert contract_faults("x.proto", "message M {\n  double amount = 1;\n}") == [
        "x.proto:2: double amount = 1;"
    ]
    assert contract_faults("x.proto", "  map<string, float> rates = 2;")
    assert contract_faults("x.proto", "  // never double counted\n  int64 floats = 1;") == []
