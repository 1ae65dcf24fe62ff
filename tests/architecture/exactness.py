"""Finds arithmetic that leaves the exact numbers: floats, true division, and functions that make them.

True division is welcome where one side is visibly a Fraction, a Decimal or a Path: made by calling one, named
with such an annotation, or assigned from such a value in the same function. "Visibly" is meant for the reader
as much as for this check.
"""

import ast
from collections.abc import Iterator

from tests.architecture.source_tree import Import, Module, called_name, imports_of

EXACT_TYPES = {"Fraction", "Decimal", "Path"}
# Database columns and protobuf fields of these types carry floats too.
FLOAT_NAMES = {
    "float", "complex", "truediv", "fsum", "Float", "FLOAT", "Double", "DOUBLE", "DOUBLE_PRECISION", "REAL",
    "float32", "float64",
}  # fmt: skip
EXACT_MATH = {"gcd", "lcm", "isqrt", "comb", "perm", "factorial", "prod", "floor", "ceil", "trunc"}

type_scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def inexact(module: Module) -> Iterator[tuple[int, str]]:
    """Each place where a float can arise: its line and what stands there."""
    exact_attributes = set(_annotated_attributes(module.tree))
    yield from _Finder(exact_attributes).in_scope(module.tree, frozenset())
    yield from _inexact_math(module)


class _Finder:
    """Walks scope by scope, knowing which names and attributes are visibly exact."""

    def __init__(self, exact_attributes: set[str]) -> None:
        self._exact_attributes = exact_attributes

    def in_scope(self, scope: ast.AST, outer: frozenset[str]) -> Iterator[tuple[int, str]]:
        exact = outer | _parameters(scope)
        # Twice, because a name may be made from one that is assigned further down.
        for _ in range(2):
            exact |= {name for node in _inside(scope) for name in self._assigned_exactly(node, exact)}
        for node in _inside(scope):
            if isinstance(node, type_scopes):
                yield from self.in_scope(node, exact)
            else:
                yield from self._faults_at(node, exact)

    def _assigned_exactly(self, node: ast.AST, exact: frozenset[str]) -> Iterator[str]:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                if _names_exact_type(annotation):
                    yield name
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                if self._is_exact(value, exact):
                    yield name

    def _faults_at(self, node: ast.AST, exact: frozenset[str]) -> Iterator[tuple[int, str]]:
        match node:
            case ast.Constant(value=float() | complex() as value):
                yield node.lineno, f"the number {value!r}"
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in FLOAT_NAMES:
                yield node.lineno, name
            case ast.BinOp(op=ast.Div()) if not self._is_exact(node, exact):
                yield node.lineno, f"division: {ast.unparse(node)}"
            case ast.AugAssign(op=ast.Div()) if not (
                self._is_exact(node.target, exact) or self._is_exact(node.value, exact)
            ):
                yield node.lineno, f"division: {ast.unparse(node)}"
            case ast.BinOp(op=ast.Pow(), right=ast.UnaryOp(op=ast.USub())) if not self._is_exact(node, exact):
                yield node.lineno, f"a negative power: {ast.unparse(node)}"

    def _is_exact(self, node: ast.expr, exact: frozenset[str]) -> bool:
        match node:
            case ast.Constant(value=str()):
                return True  # only a path is divided by text
            case ast.Name(id=name):
                return name in exact
            case ast.Attribute(value=value, attr=name):
                return name in self._exact_attributes or self._is_exact(value, exact)
            case ast.Call():
                return self._is_exact_call(node, exact)
            case ast.BinOp(left=left, right=right):
                return self._is_exact(left, exact) or self._is_exact(right, exact)
            case ast.UnaryOp(operand=operand):
                return self._is_exact(operand, exact)
            case _:
                return False

    def _is_exact_call(self, call: ast.Call, exact: frozenset[str]) -> bool:
        if called_name(call) in EXACT_TYPES:
            return True
        # A method of an exact value gives one: rate.limit_denominator(9), Path(__file__).resolve().
        return isinstance(call.func, ast.Attribute) and self._is_exact(call.func.value, exact)


def _inside(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope: nested functions themselves, but not what is inside them."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, type_scopes):
            waiting += ast.iter_child_nodes(node)
        elif not isinstance(node, ast.Lambda):
            waiting += node.decorator_list


def _parameters(scope: ast.AST) -> frozenset[str]:
    if not isinstance(scope, type_scopes):
        return frozenset()
    arguments = scope.args
    each = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return frozenset(one.arg for one in each if one.annotation and _names_exact_type(one.annotation))


def _annotated_attributes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(body=body):
                for field in body:
                    if isinstance(field, ast.AnnAssign) and _names_exact_type(field.annotation):
                        assert isinstance(field.target, ast.Name)
                        yield field.target.id
            case ast.FunctionDef(returns=ast.expr() as returned, name=name) if _names_exact_type(returned):
                yield name  # a property


def _names_exact_type(annotation: ast.expr) -> bool:
    """Is the annotation `Fraction` and its like, or that or None? A list of fractions is not a fraction."""
    match annotation:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name in EXACT_TYPES
        case ast.BinOp(op=ast.BitOr(), left=left, right=ast.Constant(value=None)):
            return _names_exact_type(left)
        case _:
            return False


def _inexact_math(module: Module) -> Iterator[tuple[int, str]]:
    for each in imports_of(module):
        if each.target in {"statistics", "cmath"} or each.member in FLOAT_NAMES or _is_inexact_member(each):
            yield each.line, f"{each.target}.{each.member}" if each.member else each.target
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in EXACT_MATH:
                yield node.lineno, f"math.{name}"


def _is_inexact_member(each: Import) -> bool:
    return each.target == "math" and each.member is not None and each.member not in EXACT_MATH
