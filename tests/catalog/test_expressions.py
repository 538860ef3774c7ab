"""The small language of the catalog: what it can say, and that it can do nothing else."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.expressions import ExpressionError, compile_expression

VALUES: dict[str, Any] = {"min": 2, "zones": ("a", "b"), "kind": "sqs", "text": "x", "scaling": True, "huge": "y" * 10}


def work_out(text: str) -> Any:
    """The value of an expression."""
    return compile_expression(text)(VALUES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("min", 2),
        ("max(min * 3, min + 1)", 6),
        ("min if len(zones) > 1 else 0", 2),
        ("'internet-facing' if kind == 'elb' else 'internal'", "internal"),
        ("kind in ['sqs', 'sns'] and not (min < 2)", True),
        ("-min + 7 // 2 % 4 - 1 / 2", 0.5),
        ("join('a', min, 'b')", "a2b"),
        ("starts(kind, 'sq') and contains(kind, 'q')", True),
        ("round(2.5) + ceil(1.2) + floor(1.8) + abs(-1)", 6),
        ("any([scaling]) and all([])", True),
        ("1 <= min <= 3", True),
        ("kind is not None", True),
    ],
)
def test_what_it_can_say(text: str, value: Any) -> None:
    """Names, conditions, arithmetic and a few functions; `min` is a property and a function at once."""
    assert work_out(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "__builtins__",
        "_call_len",
        "_call_times(2, 3)",
        "().__class__.__bases__[0].__subclasses__()",
        "kind.upper()",
        "''.join(zones)",
        "zones[0]",
        "lambda: 1",
        "[z for z in zones]",
        "{z for z in zones}",
        "(z for z in zones)",
        "{'a': 1}",
        "f'{kind}'",
        "f'{kind:>{min}}'",
        "kind := 1",
        "len(zones := 1)",
        "print('x')(1)",
        "len(*zones)",
        "max(key=len)",
        "min ** 99",
        "1 << 99",
        "1 | 2",
        "~1",
        "await x",
        "yield",
        "import os",
        "x = 1",
        "a; b",
        "",
        "(",
        "'unfinished",
        "\x00",
        "a\nb",
        "x" * 401,
        "[" * 199 + "]" * 199,
        "not " * 99 + "x",
        "-" * 399 + "1",
        "\uff3f\uff3fimport\uff3f\uff3f('os')",
    ],
)
def test_what_it_cannot_say(text: str) -> None:
    """Attributes, subscripts, loops, powers, assignments and whatever else Python has are no part of it."""
    with pytest.raises(ExpressionError):
        compile_expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "exec('import os')",
        "open('/etc/passwd')",
        "eval('1')",
        "kind * 999999999",
        "zones * 999999999",
        "[0] * 999999999",
        "999999999 * 'x'",
        "'%99999999d' % 1",
        "'%s' % kind",
        "round(1, -99999999)",
        "1 / 0",
        "1 % 0",
        "min + kind",
        "nobody",
        "max([])",
        "ceil(1e999)",
        "len(5)",
        "ceil('a')",
        "min(1, 'a')",
    ],
)
def test_what_fails_fails_small(text: str) -> None:
    """Functions that do not exist, text as a number, bombs of memory or time: an error, at once."""
    start = time.thread_time()
    with pytest.raises(ExpressionError):
        work_out(text)
    assert time.thread_time() - start < 1


def test_the_longest_products_stay_small() -> None:
    """Without powers, 400 characters cannot make a number that hurts."""
    product = "*".join(["9999999"] * 50)
    assert work_out(product) == 9999999**50


@given(st.text(alphabet="abc_.()[]{}'\"+-*/%<>=! ,:\n0123456789ifelsndortlamx", max_size=60))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    """Nothing else is ever raised."""
    with contextlib.suppress(ExpressionError):
        compile_expression(text)({"a": 1, "b": "x", "c": (1,)})


def test_the_names_that_it_asks_for() -> None:
    """Without the functions that it calls."""
    assert compile_expression("max(a, len(b)) if c else a").names == {"a", "b", "c"}


def test_times_and_sizes_are_written_as_people_write_them() -> None:
    values = {"timeout": 900, "memory": 1_536}
    assert compile_expression("join(time(timeout), ', ', size(memory, 'MB'))")(values) == "15 min, 1536 MB"
