"""Cron expressions: the five fields of crontab, each within its limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.cron import cron_problem

LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
NAMES = ("minute", "hour", "day of the month", "month", "day of the week")


@pytest.mark.parametrize(
    "text",
    ["0 7 * * 1-5", "*/15 0-23/2 1,15 * *", "59 23 31 12 7", "0 0 1 JAN-mar SUN", "5 4 * * MON-FRI", "0  7\t* * *"],
)
def test_what_crontab_takes_has_no_problem(text: str) -> None:
    assert cron_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("60 7 * * *", "'60' for the minute, which goes from 0 to 59"),
        ("0 25 * * *", "'25' for the hour, which goes from 0 to 23"),
        ("0 7 0 * *", "'0' for the day of the month, which goes from 1 to 31"),
        ("0 7 * 13 *", "'13' for the month, which goes from 1 to 12"),
        ("0 7 * * 8", "'8' for the day of the week, which goes from 0 to 7"),
        ("0 7 * * 1,2,9", "'9' for the day of the week, which goes from 0 to 7"),
        ("0 7 ? * MON", "'?' for the day of the month"),
        ("0 7 * * 5-1", "'5-1' for the day of the week, a range that ends before it starts"),
        ("*/0 7 * * *", "'*/0' for the minute"),
        ("*/² 7 * * *", "'*/²' for the minute"),
        ("mon 7 * * *", "'mon' for the minute, which goes from 0 to 59"),
        ("0 7 L * *", "'L' for the day of the month"),
        ("0, 7 * * *", "'' for the minute"),
        ("0 7 * *", "4 fields, and not minute, hour, day of the month, month and day of the week"),
        ("0 7 * * MON *", "6 fields, and not minute, hour, day of the month, month and day of the week"),
    ],
)
def test_what_crontab_refuses_names_the_field(text: str, problem: str) -> None:
    assert cron_problem(text) == problem


@given(st.integers(0, 4), st.integers(0, 99))
def test_a_number_passes_within_its_limits_and_nowhere_else(place: int, number: int) -> None:
    fields = ["*"] * 5
    fields[place] = str(number)
    lowest, highest = LIMITS[place]
    problem = cron_problem(" ".join(fields))
    assert (problem == "") is (lowest <= number <= highest)
    assert problem == "" or NAMES[place] in problem


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(cron_problem(text), str)
