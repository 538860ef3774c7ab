"""The language that the window speaks. English is the source: its texts are the keys of the catalogues.

A catalogue is the folder `resources/i18n/LANGUAGE`: in each of its files one JSON object of English text to translated
text. A text that has no translation stays English. The command line and everything written to files speak English;
only the window chooses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from designer.assets import data
from designer.errors import UserError

ENGLISH = "en"

_texts: dict[str, str] = {}
_now = ENGLISH


def languages() -> tuple[str, ...]:
    """The languages there are, as names of locales (`en`, `pt_BR`): English, then the others in order."""
    return (ENGLISH, *sorted(path.name for path in (data("resources") / "i18n").iterdir() if path.is_dir()))


def language() -> str:
    """The language spoken now."""
    return _now


def speak(name: str) -> None:
    """Changes the language for all texts asked for from now on.

    Raises `UserError` where there is no such language or its catalogue cannot be read; the language stays as it was.
    """
    global _now, _texts
    texts = {} if name == ENGLISH else _read(name)
    _now, _texts = name, texts


def later(text: str) -> str:
    """Marks a text of a table as one to translate: `tr` does so where it is shown, for the language is chosen later."""
    return text


def tr(text: str, /, **values: object) -> str:
    """A text in the language spoken now, with `{name}` replaced by the value of that name.

    A text without values is taken as it is, so that braces in it are no placeholders. Numbers with a format of their
    own, such as `{count:,}`, are written as the language writes numbers.
    """
    translated = _texts.get(text, text)
    if not values:
        return translated
    return translated.format(**values) if _now == ENGLISH else _WORDS.vformat(translated, (), values)


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """The text for one or for several things; `{count}` is their number. English and Portuguese need no third form."""
    return tr(one if count == 1 else many, count=count, **values)


def number(text: str) -> str:
    """A number written in English ("1,234.5") with the separators of the language spoken now."""
    if _now == ENGLISH:
        return text
    sample = tr("1,234.5")
    return text.translate({ord(","): sample[1], ord("."): sample[5]})


def typed_number(text: str) -> float:
    """The number that somebody typed, with the separators of the language spoken now or with a decimal point.

    Raises ValueError for what is no number.
    """
    decimal = number(".")
    if decimal in text and decimal != ".":
        text = text.replace(number(","), "").replace(decimal, ".")
    return float(text)


class _Words(Formatter):
    """Fills placeholders; numbers that have a format get the separators of the language."""

    def format_field(self, value: object, format_spec: str) -> str:
        text = format(value, format_spec)
        return number(text) if format_spec and isinstance(value, (int, float)) else text


_WORDS = _Words()


def _read(name: str) -> dict[str, str]:
    folder = data("resources") / "i18n" / name
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UserError(f"there is no language {name!r}", file=folder, hint=f"There are {', '.join(languages())}.")
    return {text: translated for file in files for text, translated in _table(file).items()}


def _table(file: Path) -> dict[str, str]:
    try:
        texts = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"the texts of a language cannot be read: {error}", file=file) from error
    if not isinstance(texts, Mapping):
        raise UserError("a catalogue is one JSON object of English text to translated text", file=file)
    return {str(key): str(value) for key, value in texts.items()}
