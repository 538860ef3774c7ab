"""Which language the window speaks: as the desktop says, or as the user chose.

It is settled before the window is made.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from designer.language import ENGLISH, languages, speak

SYSTEM = "system"
"""The setting that follows the desktop."""


def wanted(setting: str) -> str:
    """The language for a setting: the one named, else the desktop's where there is a catalogue for it, else English.

    Another country's way of writing a language will do: `pt_PT` is spoken as `pt_BR`.
    """
    known = languages()
    if setting in known:
        return setting
    desktop = QLocale.system().name()
    plain = desktop.partition("_")[0]
    return next((name for name in known if name == desktop or name.partition("_")[0] == plain), ENGLISH)


def use_language(setting: str) -> None:
    """Speaks the language for a setting from now on, with Qt's own words, dates and numbers.

    Windows that are there already stay as they are. Raises `UserError` where the catalogue cannot be read.
    """
    name = wanted(setting)
    if name != ENGLISH or setting == ENGLISH:
        QLocale.setDefault(QLocale(name))
    if name == ENGLISH:
        return
    from PySide6.QtCore import QLibraryInfo

    speak(name)
    app = QApplication.instance()
    translator = QTranslator(app)
    # Qt's words for OK, Cancel and its file dialogs; without its file they stay English.
    if app is not None and translator.load(
        f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        app.installTranslator(translator)


def own_name(language: str) -> str:
    """What a language calls itself: "English", "Português (Brasil)"."""
    if language == ENGLISH:
        return "English"
    locale = QLocale(language)
    name = locale.nativeLanguageName()
    return f"{name[:1].upper()}{name[1:]} ({locale.nativeTerritoryName()})"
