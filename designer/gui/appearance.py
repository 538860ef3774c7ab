"""What the user can choose about the look of a window, except its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from designer.gui.text_size import use_text_size
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.minimap import Minimap
    from designer.gui.window import Window


class Appearance(QObject):
    """Connects the choices in the menu View and remembers them."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.map: Minimap | None = None
        """The minimap, once it was asked for."""
        shown = window.commands["minimap"]
        shown.setChecked(window.settings.minimap)
        shown.toggled.connect(self._keep_map)
        window.menus.offer_text_sizes(window.settings.text_size, self.use_text_size)
        window.menus.offer_languages(window.settings.language, self.use_language)
        window.begun.connect(lambda: self._show_map(shown.isChecked()))

    def use_text_size(self, percent: int) -> None:
        """Takes a size of letters, in percent of the desktop's, and remembers it."""
        self._window.settings.text_size = percent
        use_text_size(percent)

    def use_language(self, name: str) -> None:
        """Remembers a language; the window speaks it when it is opened again."""
        self._window.settings.language = name
        self._window.workspace.status.tell(tr("The language changes when the program is started again"))

    def _keep_map(self, shown: bool) -> None:
        self._window.settings.minimap = shown
        self._show_map(shown)

    def _show_map(self, shown: bool) -> None:
        if self.map is None and shown:
            from designer.gui.canvas.minimap import Minimap

            self.map = Minimap(self._window.canvas)
        if self.map is not None:
            self.map.use(shown)
