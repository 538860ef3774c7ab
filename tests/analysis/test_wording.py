"""Figures in words never say more than they mean."""

import pytest

from designer.analysis.wording import percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (0.9947, "99.47 %"),
        (0.999, "99.9 %"),
        (0.99999, "99.999 %"),
        (0.99999999, "99.999999 %"),
        (1 - 2**-53, "99.99999999999999 %"),
        (1.0, "100 %"),
    ],
)
def test_only_certainty_is_a_hundred_percent(share: float, text: str) -> None:
    assert percent(share) == text


def test_a_percentage_is_told_from_another_one() -> None:
    """A value just below a goal does not read like the goal."""
    assert percent(0.99989, 0.9999) == "99.989 %"
    assert percent(0.9999, 0.9999) == "99.99 %"
    assert percent(0.95, 0.9999) == "95 %"
    assert percent(0.9999999, 0.9999) == "99.99999 %"
