"""Conditions and formulae in the catalog's data: a small, closed part of Python's expressions.

Names are properties; `and or not`, comparisons, `in`, arithmetic, `x if c else y`, lists and a few functions are all
there is. No attribute, no subscript by name, no call of anything else: an expression can neither loop nor reach out.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from designer.catalog.quantities import written

MAX_LENGTH = 400
MAX_NESTING = 60


class ExpressionError(ValueError):
    """The text is not an expression of this small language, or it failed on the given values."""


def _cron_problem(text: object) -> str:
    # Asked where an architecture has a schedule; most have none.
    from designer.catalog.cron import cron_problem

    return cron_problem(str(text))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": len,
    "min": min,
    "max": max,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": lambda number: round(number),
    "abs": abs,
    "any": any,
    "all": all,
    "starts": lambda text, start: str(text).startswith(start),
    "contains": lambda text, part: part in str(text),
    "join": lambda *parts: "".join(str(part) for part in parts),
    "time": lambda seconds: written("s", seconds),
    "size": lambda number, unit: written(unit, number),
    "cron_problem": _cron_problem,
}

_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Eq, ast.NotEq, ast.Lt,
    ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.FloorDiv, ast.Mod, ast.IfExp, ast.Constant, ast.Name, ast.Load, ast.List, ast.Tuple, ast.Call,
)  # fmt: skip


Constants = tuple[tuple[str, Any], ...]
"""Names that stand for a number or a text, with it."""


class Expression:
    """A compiled expression; `names` are the values it asks for, `called` the functions.

    `constants` are names that stand for a value of their own in this expression, such as a quota with its source.
    """

    __slots__ = ("_code", "_name", "called", "names", "text")

    def __init__(self, text: str, constants: Constants = ()) -> None:
        self.text = text
        tree = _checked(text)
        if constants:
            tree = ast.fix_missing_locations(_Constants(dict(constants)).visit(tree))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        called = {function.id for function in calls if isinstance(function, ast.Name)}
        self.names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - called
        self.called = {name.removeprefix(_PREFIX) for name in called}
        # Many expressions in the data are a name alone: it is looked up without running code.
        self._name = tree.body.id if isinstance(tree.body, ast.Name) else None
        self._code = compile(tree, "<catalog>", "eval")

    def __call__(self, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] | None = None) -> Any:
        """The value for the given names. Raises `ExpressionError` when a name is missing or types do not fit."""
        if self._name is not None and self._name in values:
            return values[self._name]
        try:
            return eval(self._code, self._scope(functions), values)  # the tree was checked node by node
        except (NameError, TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
            raise ExpressionError(f"{self.text!r}: {error}") from error

    def _scope(self, functions: Mapping[str, Callable[..., Any]] | None) -> dict[str, Any]:
        """The functions it calls; one scope serves all expressions that call none but the language's own."""
        given = [name for name in self.called if name in functions] if functions else ()
        if not given:
            return _SCOPE
        assert functions is not None
        scope = dict(_SCOPE)
        for name in given:
            scope[_PREFIX + name] = functions[name]
        return scope


@lru_cache(maxsize=4096)
def compile_expression(text: str, constants: Constants = ()) -> Expression:
    """The compiled form of an expression. Raises `ExpressionError` when it is not one."""
    return Expression(text, constants)


def _checked(text: str) -> ast.Expression:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"an expression has at most {MAX_LENGTH} characters, this has {len(text)}")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{text!r} is not an expression: {error}") from error
    if _depth(tree) > MAX_NESTING:
        raise ExpressionError(f"{text!r} is nested deeper than {MAX_NESTING} levels")
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(f"{text!r}: {type(node).__name__} is not allowed")
        if isinstance(node, ast.Call) and (not isinstance(node.func, ast.Name) or node.keywords):
            raise ExpressionError(f"{text!r}: only functions by name, without keywords, may be called")
        if isinstance(node, ast.Name) and node.id.startswith("_"):
            raise ExpressionError(f"{text!r}: {node.id} is not allowed")
    safe: ast.Expression = _Safe().visit(tree)
    return ast.fix_missing_locations(safe)


def _depth(tree: ast.AST) -> int:
    """How many levels of nodes there are, counted without recursion."""
    level, depth = [tree], 0
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


class _Constants(ast.NodeTransformer):
    """Puts the values of constants in the place of their names."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Constant(self._values[node.id]) if node.id in self._values else node


class _Safe(ast.NodeTransformer):
    """Gives functions names of their own (a property may be called `max`), and checks what `*` and `%` are used on.

    Of text or lists, those two could fill the memory.
    """

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        assert isinstance(node.func, ast.Name)
        node.func.id = _PREFIX + node.func.id
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, (ast.Mult, ast.Mod)):
            return node
        name = _PREFIX + ("times" if isinstance(node.op, ast.Mult) else "modulo")
        return ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=[node.left, node.right], keywords=[])


def _times(left: float, right: float) -> float:
    return _number(left) * _number(right)


def _modulo(left: float, right: float) -> float:
    return _number(left) % _number(right)


def _number(value: object) -> float:
    if isinstance(value, (int, float)):
        return value
    raise TypeError(f"{value!r} is not a number")


_PREFIX = "_call_"
HELPERS = frozenset({"times", "modulo"})
"""What `*` and `%` are called with; no function of the language."""
_SCOPE: dict[str, Any] = {
    "__builtins__": {},
    _PREFIX + "times": _times,
    _PREFIX + "modulo": _modulo,
    **{_PREFIX + name: function for name, function in FUNCTIONS.items()},
}
