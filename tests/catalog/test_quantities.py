"""Times and sizes as people write and read them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer import language
from designer.catalog.quantities import SCALES, stepped, typed, written

UNITS = st.sampled_from(sorted(SCALES))


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    language.speak(language.ENGLISH)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("s", 0, "0 s"),
        ("s", 59, "59 s"),
        ("s", 900, "15 min"),
        ("s", 5_400, "1 h 30 min"),
        ("s", 86_400, "1 day"),
        ("s", 345_600, "4 days"),
        ("s", 90_061, "1 day 1 h 1 min 1 s"),
        ("minutes", 90, "1 h 30 min"),
        ("MB", 10_240, "10 GB"),
        ("MiB", 1_536, "1536 MiB"),
        ("GiB", 65_536, "64 TiB"),
        ("%", 99.5, "99.5 %"),
        ("instances", 3, "3 instances"),
        ("", 1_234, "1,234"),
    ],
)
def test_numbers_are_written_in_the_units_that_fit(unit: str, value: float, text: str) -> None:
    assert written(unit, value) == text


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("s", "90", 90),
        ("s", " 15 min ", 900),
        ("s", "1h30", 5_400),
        ("s", "1 h 30 min", 5_400),
        ("s", "1.5 hours", 5_400),
        ("s", "4 Days", 345_600),
        ("minutes", "2 h", 120),
        ("MB", "1.5 GB", 1_536),
        ("MiB", "2 GB", 2_048),
        ("GiB", "1 TiB", 1_024),
        ("instances", "7", 7),
    ],
)
def test_what_people_type_is_read(unit: str, text: str, value: float) -> None:
    assert typed(unit, text) == value


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        *(("s", text) for text in ("", "min", "2 weeks", "30 1 h", "1 h 2 h", "30 min 1 h", "5 min x", "1,5 h")),
        *(("minutes", "30 s"), ("MiB", "1 KiB"), ("instances", "3 instances"), ("GiB", "2 h")),
    ],
)
def test_what_is_no_quantity_is_refused(unit: str, text: str) -> None:
    with pytest.raises(ValueError):
        typed(unit, text)


@given(UNITS, st.integers(0, 10**11))
def test_what_is_written_says_exactly_what_is_kept(unit: str, value: int) -> None:
    assert typed(unit, written(unit, value)) == value
    language.speak("pt_BR")
    assert typed(unit, written(unit, value)) == value
    language.speak(language.ENGLISH)


@given(UNITS, st.integers(1, 10**9))
def test_a_step_goes_one_way_and_never_below_nothing(unit: str, value: int) -> None:
    assert stepped(unit, value, up=True) > value
    assert 0 <= stepped(unit, value, up=False) < value


def test_steps_are_as_large_as_what_is_written() -> None:
    ways = [(59, True, "1 min"), (60, True, "2 min"), (60, False, "59 s"), (5_400, True, "1 h 31 min")]
    ways += [(86_400, False, "23 h"), (345_600, True, "5 days")]
    assert [written("s", stepped("s", value, up)) for value, up, _text in ways] == [text for *_, text in ways]


def test_another_language_has_words_of_its_own() -> None:
    language.speak("pt_BR")
    assert written("s", 345_600) == "4 dias"
    assert typed("s", "1,5 horas") == 5_400 and typed("s", "4 dias") == typed("s", "4 days") == 345_600
