"""The languages of the window: the choice, Qt's own words, letters of menus, and that nothing stays English."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QTranslator
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMenu
from pytestqt.qtbot import QtBot

from designer import language
from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui import app, languages, live_validation, previews
from designer.gui.document import Document
from designer.gui.languages import own_name, use_language, wanted
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from designer.language import ENGLISH
from designer.storage.samples import open_sample
from tests.gui.conftest import QuickJudge
from tests.gui.reading import Said, menus_of, said_by, said_by_canvas

OTHERS = [name for name in language.languages() if name != ENGLISH]
OPEN, CLOSE = "⟦", "⟧"
PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
EXPRESSION = re.compile(r"join\(|'")
TRANSLATED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
KEYS = re.compile(r"\(((Ctrl|Shift|Alt|Meta)\+)*[^ ()]+(, ((Ctrl|Shift|Alt|Meta)\+)*[^ ()]+)*\)")
"""Keys behind a word."""
ONE_KEY = re.compile(r"((Ctrl|Shift|Alt|Meta)\+)+.+|F\d+|Del|Ins|Esc|Backspace|Tab|Return|Enter|Home|Menu|Space|.")
NAMES = re.compile(
    r"AWS Architecture Designer|YAML|JSON|SVG|PNG|PDF|draw\.io|cfn-lint|cloudformation-validate|English|"
    r"Português \(Brasil\)|https://\S+|[a-z]{2}(-[a-z]+)+-\d|(db\.)?[a-z]\d\w*\.\w+|PostgreSQL|"
    r"\b(app|ImageArm64|Key|Database|InvoiceServerInstance|ShopServerInstance)\b|\b\d+ (min|[MGT]i?B)\b"
)
"""The same in every language: formats, programs, addresses, Regions, types of instances, identifiers, units."""
QT = re.compile(r"\b(Cancel|Close|Scroll Left|Scroll Right)\b")
"""Qt's own words: they come from Qt's catalogue."""
WORKED_OUT = re.compile(r"\bday\b|single zone|on-demand")
"""Words within expressions, which a catalogue translates with the expression."""


class Pseudo(dict[str, str]):
    """Stands for a language that has everything: each text is itself in brackets, its values outside of them."""

    def get(self, text: str, default: object = None) -> str:  # type: ignore[override]  # noqa: ARG002 - dict's own
        if text == "1,234.5" or EXPRESSION.match(text):
            return text
        return OPEN + PLACEHOLDER.sub(CLOSE + r"\1" + OPEN, text) + CLOSE


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    """English, and Qt's words and numbers as they were, after each test."""
    numbers = QLocale()
    yield
    language.speak(ENGLISH)
    QLocale.setDefault(numbers)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window speaks the language that has everything."""
    monkeypatch.setattr(language, "_texts", Pseudo())
    monkeypatch.setattr(language, "_now", "pseudo")


def make_window(qtbot: QtBot, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, sample: str) -> Window:
    """A window on a sample, analysed for real; only the judges of the template are stand-ins."""
    monkeypatch.setattr(live_validation, "start_judge", QuickJudge().start)
    made = Window(Document(catalog, open_sample(sample, catalog)), UserSettings())
    qtbot.addWidget(made, before_close_func=lambda window: window.document.history.mark_clean())
    made.resize(1600, 1000)
    with qtbot.waitExposed(made):
        made.show()
    made.begin()
    qtbot.waitUntil(lambda: made.workspace.tasks.settled, timeout=20_000)
    return made


def left_english(said: Iterator[Said], own: set[str]) -> set[Said]:
    """What has words outside of the brackets that are not the drawing's own."""
    found = set()
    for where, text in said:
        rest = "" if _is_keys(text) else re.sub(r"<[^>]*>", " ", text.replace("&quot;", '"'))
        while (shorter := TRANSLATED.sub(" ", rest)) != rest:
            rest = shorter
        for name in sorted(own, key=len, reverse=True):
            rest = rest.replace(name, " ")
        for known in (NAMES, KEYS, QT, WORKED_OUT):
            rest = known.sub(" ", rest)
        if re.search(r"[A-Za-z]{2}", rest):
            found.add((where, text))
    return found


def _is_keys(text: str) -> bool:
    """Whether a text only names keys, as a list of shortcuts does."""
    return all(ONE_KEY.fullmatch(part) for part in text.split(", "))


def own_words(window: Window) -> set[str]:
    """What the drawing calls its things, and the notes on them."""
    architecture = window.document.architecture
    things = (*architecture.components.values(), *architecture.boundaries.values(), *architecture.connections.values())
    names = {getattr(thing, "name", "") for thing in things} | {thing.note for thing in things}
    names |= {flow.name for flow in architecture.flows.values()}
    return {*names, architecture.settings.name, architecture.settings.description} - {""}


def open_everything(window: Window, qtbot: QtBot) -> None:
    """Makes every panel, with something failing, so that each has something to say."""
    for dock in window.docks.values():
        dock.show()
        dock.raise_()
        qtbot.wait(1)
    qtbot.waitUntil(lambda: window.workspace.tasks.settled, timeout=20_000)


def dialogs(window: Window, qtbot: QtBot) -> Iterator[QDialog]:
    """The dialogs of the menus, one after the other."""
    for key in ("samples", "export", "picture", "shortcuts", "about"):
        window.commands[key].trigger()
        (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
        qtbot.wait(1)
        yield dialog
        dialog.close()
        dialog.deleteLater()
        dialog.setParent(None)


def test_the_language_of_the_desktop_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    for desktop, spoken in (("pt_BR", "pt_BR"), ("pt_PT", "pt_BR"), ("en_GB", "en"), ("ja_JP", "en"), ("C", "en")):
        monkeypatch.setattr(languages.QLocale, "system", lambda name=desktop: QLocale(name))
        assert wanted("system") == spoken, desktop
        assert wanted("pt_BR") == "pt_BR"
        assert wanted("no such language") == spoken


@pytest.mark.parametrize(
    ("desktop", "spoken", "written"),
    [
        ("en_GB", "en", "03/04/2026 "),
        ("pt_BR", "pt_BR", "03/04/2026 "),
        ("pt_BR", "en", "2026-04-03 "),
        ("en_US", "pt_BR", "2026-04-03 "),
        ("C", "en", "2026-04-03 "),
    ],
)
def test_dates_are_those_of_the_desktop_or_leave_no_doubt(
    monkeypatch: pytest.MonkeyPatch, desktop: str, spoken: str, written: str
) -> None:
    language.speak(spoken)
    monkeypatch.setattr(previews.QLocale, "system", lambda: QLocale(desktop))
    noon = QDateTime(QDate(2026, 4, 3), QTime(12, 30, 15)).toSecsSinceEpoch()
    assert previews.moment(noon).startswith(written)
    exact = previews.moment(noon, seconds=True)
    assert exact.startswith(written) and exact.endswith(" 12:30:15")


def test_languages_are_called_what_they_call_themselves() -> None:
    assert own_name("en") == "English"
    assert own_name("pt_BR") == "Português (Brasil)"


def test_a_language_is_chosen_in_the_menu_and_spoken_from_the_next_start(window: Window, qtbot: QtBot) -> None:
    choices = {action.text(): action for action in window.menus.languages.actions()}
    assert list(choices) == ["Follow the &System", "English", "Português (Brasil)"]
    assert choices["Follow the &System"].isChecked()
    window.menus.languages.popup(window.mapToGlobal(window.rect().center()))
    where = window.menus.languages.actionGeometry(choices["Português (Brasil)"]).center()
    qtbot.mouseClick(window.menus.languages, Qt.MouseButton.LeftButton, pos=where)
    assert UserSettings().language == "pt_BR"
    assert "started again" in window.workspace.status.currentMessage()
    assert language.language() == ENGLISH


def test_the_program_starts_in_the_language_that_was_chosen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_validation, "start_judge", QuickJudge().start)
    settings = UserSettings()
    settings.language = "pt_BR"
    settings.sync()
    made = app._make_window()
    qtbot.addWidget(made)
    assert next(action.text() for action in made.menuBar().actions()) == "&Arquivo"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Cancelar"
    assert QLocale().decimalPoint() == ","
    made.workspace.tasks.stop()


def test_english_reads_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who speaks English waits for no other language."""

    def no_reading(_name: str) -> dict[str, str]:
        raise AssertionError("a catalogue was read")

    monkeypatch.setattr(language, "_read", no_reading)
    use_language(ENGLISH)
    with pytest.raises(AssertionError):
        use_language("pt_BR")


def test_a_broken_catalogue_says_which_file_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "i18n" / "pt_BR"
    folder.mkdir(parents=True)
    (folder / "window.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(language, "data", lambda _name: tmp_path)
    with pytest.raises(UserError, match=r"window\.json"):
        use_language("pt_BR")
    assert language.language() == ENGLISH


@pytest.mark.parametrize("name", [ENGLISH, *OTHERS])
def test_the_letters_of_a_menu_are_different(name: str, window: Window, qtbot: QtBot, catalog: Catalog) -> None:
    """Alt and a letter lead to one entry; entries of other names than commands, such as recent files, have digits."""
    use_language(name)
    made = window if name == ENGLISH else Window(Document(catalog), UserSettings())
    qtbot.addWidget(made)
    bars = [action.menu() for action in made.menuBar().actions()]
    assert not _twice([action.text() for action in made.menuBar().actions()])
    for menu in (inner for bar in bars if isinstance(bar, QMenu) for inner in menus_of(bar)):
        assert not _twice([action.text() for action in menu.actions()]), menu.title()
    made.workspace.tasks.stop()


@pytest.mark.usefixtures("pseudo")
def test_nothing_in_the_window_stays_english(qtbot: QtBot, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Menus, panels, lists, the drawing, the inspector of every sort of thing: all comes from the catalogue."""
    made = make_window(qtbot, catalog, monkeypatch, "three-tier-fragile")
    own = own_words(made)
    open_everything(made, qtbot)
    left = left_english(said_by(made), own) | left_english(said_by_canvas(made), own)
    architecture = made.document.architecture
    for chosen in (
        {"components": list(architecture.components)[:1]},
        {"components": list(architecture.components)},
        {"connections": list(architecture.connections)[:1]},
        {"boundaries": list(architecture.boundaries)[:1]},
    ):
        made.canvas.select(**chosen)
        qtbot.wait(1)
        left |= left_english(said_by(made.docks["inspector"]), own)
    made.workspace.failures.fail([failure.name for failure in made.workspace.failures.offer()][:2])
    qtbot.wait(50)
    left |= left_english(said_by(made), own) | left_english(said_by_canvas(made), own)
    made.workspace.failures.restore()
    for dialog in dialogs(made, qtbot):
        left |= left_english(said_by(dialog), own)
    made.workspace.tasks.stop()
    assert sorted(left) == []


def _twice(texts: list[str]) -> list[str]:
    """The letters that more than one entry has."""
    letters = Counter(match[1].lower() for text in texts if (match := re.search(r"&([^&])", text.replace("&&", ""))))
    return [letter for letter, count in letters.items() if count > 1]


def test_a_damaged_catalogue_does_not_keep_the_program_from_starting(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    """The window speaks English then, and says why."""
    shutil.copytree(language.data("resources"), tmp_path / "resources")
    (tmp_path / "resources" / "i18n" / "pt_BR" / "window.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(language, "data", lambda kind: tmp_path / kind)
    monkeypatch.setattr(UserSettings, "language", "pt_BR")
    monkeypatch.setattr(app, "_settle", lambda _window: None)
    window = app._make_window()
    qtbot.addWidget(window)
    said: list[str] = []
    monkeypatch.setattr(window.workspace.status, "tell", said.append)
    window.show()
    window.begin()
    assert window.commands["open"].text().startswith("&Open")
    assert any("window.json" in text for text in said)
    window.workspace.tasks.stop()
