"""What the user can choose about the look of a window, except its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from designer.errors import UserError
from designer.gui import icons
from designer.gui.text_size import use_text_size
from designer.language import tr

if TYPE_CHECKING:
    from designer.catalog.icon_package import IconPackage
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
        self._problem = self._read_icons()
        window.begun.connect(self._begin)

    def use_text_size(self, percent: int) -> None:
        """Takes a size of letters, in percent of the desktop's, and remembers it."""
        self._window.settings.text_size = percent
        use_text_size(percent)

    def use_language(self, name: str) -> None:
        """Remembers a language; the window speaks it when it is opened again."""
        self._window.settings.language = name
        self._window.workspace.status.tell(tr("The language changes when the program is started again"))

    def use_own_icons(self) -> None:
        """Shows the program's own icons."""
        self._window.settings.icons = None
        icons.use_package(None)

    def choose_icons(self) -> None:
        """Asks for the package of AWS's icons."""
        from designer.gui.dialogs.icons import IconsDialog

        window = self._window
        dialog = IconsDialog(window.document.catalog, window.settings, window)
        dialog.chosen.connect(self._use_package)
        # The menu has marked what was clicked, whether or not it came to that.
        dialog.finished.connect(self._mark_icons)
        dialog.open()

    def _use_package(self, package: IconPackage) -> None:
        self._window.settings.icons = package.source.absolute()
        icons.use_package(package)

    def _mark_icons(self) -> None:
        self._window.menus.show_icons(own=icons.package_in_use() is None)

    def _read_icons(self) -> str:
        """Shows the icons that were chosen in an earlier run; says why, where that cannot be."""
        source = self._window.settings.icons
        problem = ""
        if source is not None and icons.package_in_use() is None:
            from designer.catalog.icon_package import read_icon_package

            try:
                icons.use_package(read_icon_package(source, self._window.document.catalog.aws_icons))
            except UserError as error:
                problem = tr("Built-in icons are shown: {error}", error=error)
        return problem

    def _begin(self) -> None:
        window = self._window
        window.menus.offer_text_sizes(window.settings.text_size, self.use_text_size)
        window.menus.offer_languages(window.settings.language, self.use_language)
        window.menus.offer_icons(self.use_own_icons, self.choose_icons)
        self._mark_icons()
        self._show_map(self._window.commands["minimap"].isChecked())
        if self._problem:
            self._window.workspace.status.tell(self._problem)

    def _keep_map(self, shown: bool) -> None:
        self._window.settings.minimap = shown
        self._show_map(shown)

    def _show_map(self, shown: bool) -> None:
        if self.map is None and shown:
            from designer.gui.canvas.minimap import Minimap

            self.map = Minimap(self._window.canvas)
        if self.map is not None:
            self.map.use(shown)
