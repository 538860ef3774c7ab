"""Whether a value fits a property: the one check behind file, command line and inspector."""

from __future__ import annotations

from typing import Any

import pytest

from designer.catalog.check import check_value
from designer.catalog.entries import Property, PropertyType

BOOLEAN = Property(name="b", title="B", type=PropertyType.BOOLEAN)
INTEGER = Property(name="i", title="I", type=PropertyType.INTEGER, minimum=1, maximum=10, unit="s")
NUMBER = Property(name="n", title="N", type=PropertyType.NUMBER, minimum=0.5)
CHOICE = Property(name="c", title="C", type=PropertyType.CHOICE, choices={256: "Small", "large": "Large"})
TEXT = Property(name="t", title="Size", type=PropertyType.TEXT, pattern=r"\d+", max_length=5)
LIST = Property(name="l", title="L", type=PropertyType.LIST, pattern="[a-z]+")


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        (BOOLEAN, True), (INTEGER, 1), (INTEGER, 10), (NUMBER, 0.5), (NUMBER, 7), (CHOICE, 256), (CHOICE, "large"),
        (TEXT, "12345"), (LIST, []), (LIST, ["a", "b"]), (LIST, ("a",)), *[(p, None) for p in (BOOLEAN, TEXT, LIST)],
    ],
)  # fmt: skip
def test_what_fits(prop: Property, value: Any) -> None:
    """`None` stands for the default and always fits."""
    assert check_value(prop, value) is None


@pytest.mark.parametrize(
    ("prop", "value", "message"),
    [
        (BOOLEAN, 1, "expected true or false, got 1"),
        (BOOLEAN, "true", "expected true or false, got the text 'true'"),
        (INTEGER, True, "expected a whole number, got true"),
        (INTEGER, 1.0, "expected a whole number, got 1.0"),
        (INTEGER, 0, "expected at least 1 s, got 0"),
        (INTEGER, 10**30, "expected at most 10 s, got 1e+30"),
        (NUMBER, float("nan"), "expected a number, got nan"),
        (NUMBER, float("inf"), "expected a number, got inf"),
        (NUMBER, "7", "expected a number, got the text '7'"),
        (CHOICE, "256", "expected one of 256, large, got the text '256'"),
        (CHOICE, True, "expected one of 256, large, got true"),
        (CHOICE, [256], "expected one of 256, large, got a list"),
        (TEXT, 5, "expected text, got 5"),
        (TEXT, "123456", "expected at most 5 characters, got 6"),
        (TEXT, "a", "the text 'a' is not a valid value for size"),
        (TEXT, "12\n", "is not a valid value for size"),
        (TEXT, "١٢", "is not a valid value for size"),
        (TEXT, "\0", "the text holds characters that are no Unicode text"),
        (TEXT, "\ud800", "the text holds characters that are no Unicode text"),
        (LIST, "a", "expected a list, got the text 'a'"),
        (LIST, ["a", 1], "expected text, got 1"),
        (LIST, ["a", "B"], "the text 'B' is not a valid value for l"),
        (LIST, ["a"] * 41, "expected at most 40 entries, got 41"),
        (LIST, {"a": 1}, "expected a list, got a mapping"),
    ],
)
def test_what_does_not_fit(prop: Property, value: Any, message: str) -> None:
    """The message says what is expected and what there is."""
    assert message in str(check_value(prop, value))


def test_long_values_are_shown_shortened() -> None:
    """In a message a person reads."""
    assert len(str(check_value(INTEGER, "x" * 10_000))) < 100
