"""The underlined letters of menus: within one menu each entry has its own, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QMenu


def give_letters(menu: QMenu) -> None:
    """Gives entries of a menu that have no letter, or that of an entry before them, one that is free."""
    entries = [action for action in menu.actions() if not action.isSeparator() and action.text()]
    for entry, text in zip(entries, lettered([entry.text() for entry in entries]), strict=True):
        if entry.text() != text:
            entry.setText(text)


def lettered(texts: Sequence[str]) -> list[str]:
    """Texts of a menu, each with a letter of its own where there is one left in it.

    A text keeps the letter that it names with "&", unless a text before it has the same. Free ones are taken from the
    starts of words first.
    """
    taken: set[str] = set()
    kept: list[bool] = []
    for text in texts:
        letter = letter_of(text)
        kept.append(bool(letter) and letter not in taken)
        taken.add(letter)
    return [text if keeps else _with_free(text, taken) for text, keeps in zip(texts, kept, strict=True)]


def letter_of(text: str) -> str:
    """The letter that a text names with "&", small; empty for none."""
    at = text.replace("&&", "  ").find("&")
    return text[at + 1 : at + 2].casefold() if at >= 0 else ""


def _with_free(text: str, taken: set[str]) -> str:
    """A text with a letter that is not taken, and takes it; without any where all are."""
    bare = text.replace("&&", "\0").replace("&", "")
    for at in _places(bare):
        letter = bare[at].casefold()
        if letter not in taken:
            taken.add(letter)
            return (bare[:at] + "&" + bare[at:]).replace("\0", "&&")
    return bare.replace("\0", "&&")


def _places(text: str) -> Iterable[int]:
    """Where letters stand in a text, starts of words first."""
    letters = [at for at, letter in enumerate(text) if letter.isalnum()]
    return sorted(letters, key=lambda at: at > 0 and text[at - 1].isalnum())
