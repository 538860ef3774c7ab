"""Text that is JSON and YAML at once: every character, every awkward number, keys, and what is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import yaml
from hypothesis import given

from designer.storage import scalars
from tests.model.architectures import HOSTILE, JSON

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def test_every_character_means_the_same_in_json_and_yaml() -> None:
    """The whole Basic Multilingual Plane and some of each plane above, without surrogates."""
    points = [*range(0xD800), *range(0xE000, 0x10000), *range(0x10000, 0x110000, 0x1357), 0x1F98A, 0x10FFFF]
    line = "[" + ", ".join(scalars.text(f"a{chr(point)}b") for point in points) + "]"
    expected = [f"a{chr(point)}b" for point in points]
    assert json.loads(line) == expected
    assert yaml.load(line, Loader=LOADER) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """As a value and as a key, in both languages and on one line."""
    line = scalars.mapping({text: text})
    assert "\n" not in line
    assert json.loads(line) == {text: text}
    if len(text) < 1000:
        assert yaml.load(line, Loader=LOADER) == {text: text}


@pytest.mark.parametrize("number", [0, -1, 10**18, 0.5, 1e22, 1e-7, -1.5e300, 5e-324, 1.0, 99.95])
def test_numbers_stay_numbers(number: float) -> None:
    """YAML 1.1 takes 1e+22 for text."""
    text = scalars.value(number)
    assert json.loads(text) == number
    assert yaml.load(text, Loader=LOADER) == number


@given(JSON)
def test_any_json_value_comes_back(value: Any) -> None:
    """Read by the standard library; the one in YAML is tested through whole files."""
    assert json.loads(scalars.value(value)) == value


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, "a\ud83d", b"bytes", object(), ["ok", math.inf], {"k": "\udc00"}]
)
def test_what_no_file_can_hold_is_refused(value: Any) -> None:
    """Before anything is written."""
    with pytest.raises(ValueError, match=r"cannot be written|no Unicode text|not finite"):
        scalars.value(value)


def test_keys_that_yaml_would_not_take_for_text_are_quoted() -> None:
    """YAML 1.1 reads `no` and `on` as false and true."""
    assert [scalars.key(name) for name in ("web-1", "no", "y", "null", "A b")] == [
        "web-1", '"no"', '"y"', '"null"', '"A b"',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": [1, {"b": "c"}]}, None),
        (10**20, "the number is too large"),
        (math.inf, "the number is too large"),
        ({"k" * 257: 1}, "a key has more than 256 characters"),
        ([[]], None),
    ],
)
def test_values_of_unknown_keys_have_limits(value: Any, reason: str | None) -> None:
    """So that what is kept can be written and read again."""
    assert scalars.refusal(value) == reason


def test_values_of_unknown_keys_have_a_depth() -> None:
    """A thousand levels are refused without recursion."""
    deep: Any = 1
    for _ in range(1000):
        deep = [deep]
    assert scalars.refusal(deep) == "the value is nested deeper than 30 levels"
