"""The texts of the window in other languages than English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from designer import language
from designer.errors import UserError


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    language.speak(language.ENGLISH)


def test_english_is_the_source() -> None:
    assert language.language() == "en"
    assert language.tr("Connect {name}", name="Orders") == "Connect Orders"
    assert language.tr("{not a placeholder}") == "{not a placeholder}"


def test_a_language_is_spoken_from_then_on() -> None:
    language.speak("pt_BR")
    assert language.tr("&File") == "&Arquivo"
    assert language.tr("A text that nobody translates") == "A text that nobody translates"


def test_one_and_several() -> None:
    assert language.plural("{count} wire", "{count} wires", 1) == "1 wire"
    assert language.plural("{count} wire", "{count} wires", 0) == "0 wires"


def test_a_language_that_is_not_there_is_refused_and_the_old_one_stays() -> None:
    language.speak("pt_BR")
    with pytest.raises(UserError, match="xx_YY"):
        language.speak("xx_YY")
    assert language.language() == "pt_BR"


def test_all_languages_are_found() -> None:
    assert language.languages()[:2] == ("en", "pt_BR")
