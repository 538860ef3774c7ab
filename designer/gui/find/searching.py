"""Where a search goes: into the drawing, or into the template while one is in its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis
    from designer.gui.find.finder import Finder
    from designer.gui.workspace import Workspace


class Searching:
    """The commands Find, Find Next and Find Previous of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.finder: Finder | None = None
        """The search in the drawing, once it was asked for."""

    def find(self) -> None:
        """Opens the search."""
        if self._in_template():
            self._workspace.find_in_template()
        else:
            self._made().open()

    def step(self, by: int) -> None:
        """Goes to the next (1) or the previous (-1) match."""
        if self._in_template():
            self._workspace.template.find_next(back=by < 0)
        else:
            self._made().step(by)

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Hands on a new analysis."""
        if self.finder is not None:
            self.finder.show_analysis(analysis)

    def _made(self) -> Finder:
        if self.finder is None:
            from designer.gui.find.finder import Finder

            workspace = self._workspace
            self.finder = Finder(workspace.document, workspace.canvas, workspace.lead_to, workspace.light_chosen)
            self.finder.show_analysis(workspace.analysis)
        return self.finder

    def _in_template(self) -> bool:
        focused = QApplication.focusWidget()
        template = getattr(self._workspace, "template", None)
        return focused is not None and template is not None and template.isAncestorOf(focused)
