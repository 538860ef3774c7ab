"""Letters of menu entries."""

from __future__ import annotations

import pytest

from designer.gui.mnemonics import letter_of, lettered


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["&Open", "&Save"], ["&Open", "&Save"]),
        (["Cu&t", "Reconnec&t All"], ["Cu&t", "&Reconnect All"]),
        (["&Paste", "Re&place"], ["&Paste", "&Replace"]),
        (["Plain", "&Print"], ["P&lain", "&Print"]),
        (["&A", "&a"], ["&A", "a"]),
        (["This && That", "&This"], ["T&his && That", "&This"]),
        (["Ações &Úteis", "&Úteis"], ["Ações &Úteis", "Ú&teis"]),
    ],
)
def test_each_entry_gets_a_letter_of_its_own(texts: list[str], expected: list[str]) -> None:
    assert lettered(texts) == expected
    letters = [letter_of(text) for text in lettered(texts) if letter_of(text)]
    assert len(letters) == len(set(letters))


def test_a_doubled_ampersand_is_no_letter() -> None:
    assert letter_of("This && That") == "" and letter_of("This && &That") == "t"
