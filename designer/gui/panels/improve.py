"""What helps most: all fixes of a drawing worked through, the best, the cheapest and the smallest one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from designer.gui.controls import allow, label
from designer.gui.fix_finder import FixFinder
from designer.gui.panels.fix_list import FixList
from designer.language import later, plural, tr

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis
    from designer.analysis.fixes import Preview, Ranking

_TAGS = (("best", later("Helps most")), ("cheapest", later("Costs least")), ("smallest", later("Changes least")))
_SEARCHING = later("Working every fix through…")
_NOTHING = later("No fix was found that helps. What is left is a matter of the design: see the findings.")
_NOT_YET = later("Fixes show here as soon as the drawing is checked.")
_NO_FINDINGS = later("There is nothing to fix: no findings.")


class ImprovePanel(QWidget):
    """The ranking, kept up to date while it is looked at."""

    applied = Signal(object)
    """A `Fix` is to be made."""
    looked_at = Signal(object)
    """Ids to light up on the canvas; empty for none."""

    def __init__(self, finder: FixFinder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("What helps most"))
        self._finder = finder
        self._analysis: Analysis | None = None
        self._asked: Analysis | None = None
        self._looked_at = False
        self.heading = label("", "title")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(120)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr(_SEARCHING))
        self.list = FixList(tr("Fixes, the best first"))
        self._arrange()
        self.list.applied.connect(self.applied)
        self.list.looked_at.connect(self.looked_at)
        finder.ranked.connect(self._show)
        finder.outdated.connect(self._forget)
        self._wait(tr(_NOT_YET))

    def show_analysis(self, analysis: Analysis | None) -> None:
        """The findings are others now; their fixes are worked out while the panel is in front."""
        self._analysis = analysis
        if analysis is None:
            self._asked = None
            self._wait(tr(_NOT_YET))
        self._ask()

    def look(self, looked_at: bool) -> None:
        """Whether the panel is in front."""
        if not looked_at and self._looked_at:
            self.looked_at.emit(())
        self._looked_at = looked_at
        if looked_at:
            self._ask()
        elif self.progress.isVisibleTo(self):
            self._finder.stop_ranking()
            self._asked = None

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 14, 6)
        head.addWidget(self.heading, 1)
        head.addWidget(self.progress)
        body = QWidget()
        body.setProperty("role", "panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 0, 14, 12)
        column.addWidget(self.list)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("role", "panel")
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setAccessibleName(tr("Fixes"))
        self.setFocusProxy(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)

    def _ask(self) -> None:
        if not self._looked_at or self._analysis is self._asked:
            return
        self._asked = self._analysis
        if self._analysis is None or not self._analysis.findings:
            self._wait(tr(_NO_FINDINGS if self._analysis is not None else _NOT_YET))
            return
        self.heading.setText(tr(_SEARCHING))
        self.progress.show()
        self._finder.rank(self._analysis)

    def _show(self, ranking: Ranking) -> None:
        self.progress.hide()
        if not ranking.previews and not ranking.trades:
            self._wait(tr(_NOTHING))
            return
        self.heading.setText(_heading(ranking))
        tags: dict[str, list[str]] = {}
        first: dict[str, Preview] = {}
        for name, words in _TAGS:
            chosen: Preview | None = getattr(ranking, name)
            if chosen is not None:
                tags.setdefault(chosen.fix.key, []).append(tr(words))
                first.setdefault(chosen.fix.key, chosen)
        others = [preview for preview in ranking.previews if preview.fix.key not in first]
        self.list.show_previews([*first.values(), *others, *ranking.trades], tags)

    def _forget(self) -> None:
        """What was found is old; it stays readable until the new ranking is there, but can no longer be applied."""
        self._asked = None
        for row in self.list.rows:
            allow(row.apply, tr("The drawing has changed: it is worked out anew"))

    def _wait(self, text: str) -> None:
        self.progress.hide()
        self.heading.setText(tr("What helps most"))
        self.list.show_text(text)


def _heading(ranking: Ranking) -> str:
    count = len(ranking.previews) + len(ranking.trades)
    more = "" if ranking.complete else tr(", the first of many")
    return plural(
        "{count} fix worked through{more}, the best first",
        "{count} fixes worked through{more}, the best first",
        count,
        more=more,
    )
