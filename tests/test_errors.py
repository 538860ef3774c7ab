"""How an error reads: where, which component, what, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.errors import UserError, UserErrors

FILE = Path("shop.arch.yaml")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (UserError("no such kind"), "no such kind"),
        (UserError("no such kind", file=FILE), "shop.arch.yaml: no such kind"),
        (UserError("no such kind", line=3), "line 3: no such kind"),
        (
            UserError("no such kind", file=FILE, line=3, name="orders", hint="Use sqs."),
            "shop.arch.yaml:3: orders: no such kind. Use sqs.",
        ),
        (UserError("It is gone.", hint="Open it again."), "It is gone. Open it again."),
    ],
)
def test_the_parts_that_are_known_are_shown_in_one_order(error: UserError, text: str) -> None:
    """Editors and terminals recognize `file:line:`."""
    assert str(error) == text


def test_several_errors_are_one_a_line_in_their_order() -> None:
    """All problems of a file at once, and still an error that a caller can handle like a single one."""
    errors = [UserError("second", file=FILE, line=9), UserError("first", file=FILE, line=2)]
    with pytest.raises(UserError) as caught:
        raise UserErrors(errors)
    assert str(caught.value) == "shop.arch.yaml:9: second\nshop.arch.yaml:2: first"
    assert isinstance(caught.value, UserErrors)
    assert caught.value.errors == errors


def test_an_error_without_a_reason_cannot_be_made() -> None:
    """It would end the program without a word."""
    with pytest.raises(ValueError, match="at least one"):
        UserErrors([])
