"""What is remembered, and that rubbish in its file reads as nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from designer.gui.settings import APPLICATION, MAX_RECENT, ORGANISATION, UserSettings
from designer.gui.theme import ThemeChoice


def raw() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION)


def test_everything_has_a_default() -> None:
    settings = UserSettings()
    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.recent == [] and settings.layout is None and settings.template_format == "yaml"
    assert settings.folder.is_absolute()


def test_values_come_back_in_another_run(tmp_path: Path) -> None:
    settings = UserSettings()
    settings.theme, settings.template_format, settings.folder = ThemeChoice.DARK, "json", tmp_path
    settings.keep_layout(QByteArray(b"g"), QByteArray(b"s"))
    settings.add_recent(tmp_path / "a")
    settings.sync()
    again = UserSettings()
    assert again.theme is ThemeChoice.DARK and again.template_format == "json" and again.folder == tmp_path
    assert again.layout == (QByteArray(b"g"), QByteArray(b"s")) and again.recent == [tmp_path / "a"]


def test_recent_files_are_few_and_each_once(tmp_path: Path) -> None:
    settings = UserSettings()
    for number in range(MAX_RECENT + 4):
        settings.add_recent(tmp_path / str(number))
    settings.add_recent(tmp_path / "9")
    assert len(settings.recent) == MAX_RECENT
    assert settings.recent[0] == tmp_path / "9" and settings.recent.count(tmp_path / "9") == 1


def test_a_layout_of_another_version_is_not_taken() -> None:
    UserSettings().keep_layout(QByteArray(b"g"), QByteArray(b"s"))
    store = raw()
    store.setValue("window/version", "0")
    store.sync()
    assert UserSettings().layout is None


def test_rubbish_reads_as_nothing() -> None:
    store = raw()
    for key in ("appearance/theme", "files/recent", "window/geometry", "template/format", "files/folder"):
        store.setValue(key, "§$%")
    store.setValue("window/version", "1")
    store.sync()
    settings = UserSettings()
    assert settings.theme is ThemeChoice.SYSTEM and settings.layout is None and settings.template_format == "yaml"
    assert settings.folder.name != "§$%"
