"""Fixes worked out beside the window: those of one finding, and which of all help most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui.document import Document
from designer.gui.latest import Latest

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis, Finding
    from designer.analysis.fixes import Preview, Ranking
    from designer.analysis.rules import RuleBook


class FixFinder(QObject):
    """Asks for fixes of the document as it is; an edit makes what was found old and cancels what is looked for.

    How exact the figures are does not depend on the time that they take, or else a busy machine would rank otherwise.
    """

    proposed = Signal(object)
    """The previews of the fixes for the finding asked about last, the best first."""
    ranked = Signal(object)
    """The `Ranking` of all fixes."""
    outdated = Signal()
    """The drawing is another one: nothing that was found fits it any more."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._one = Latest()
        self._all = Latest()
        self._one.answered.connect(self._tell_proposed)
        self._all.answered.connect(self._tell_ranked)
        document.changed.connect(self._forget)
        document.replaced.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether something is being looked for."""
        return self._one.busy or self._all.busy

    def propose(self, finding: Finding, analysis: Analysis) -> None:
        """Looks for the fixes of a finding of this analysis of the document."""
        architecture, catalog = self._document.architecture.copy(), self._document.catalog

        def work(stale: Callable[[], bool]) -> tuple[Preview, ...] | None:
            from designer.analysis.budget import Budget, Cancelled
            from designer.analysis.fixes import propose

            budget, rules = Budget(seconds=None, should_stop=stale), _rules(catalog)
            try:
                return propose(finding, architecture, catalog, analysis, budget, rules=rules)
            except Cancelled:
                return None

        self._one.ask(work)

    def rank(self, analysis: Analysis) -> None:
        """Works all fixes of this analysis of the document through."""
        architecture, catalog = self._document.architecture.copy(), self._document.catalog

        def work(stale: Callable[[], bool]) -> Ranking | None:
            from designer.analysis.budget import Budget, Cancelled
            from designer.analysis.fixes import rank

            budget, rules = Budget(seconds=None, should_stop=stale), _rules(catalog)
            try:
                return rank(architecture, catalog, analysis, budget, rules=rules)
            except Cancelled:
                return None

        self._all.ask(work)

    def stop_ranking(self) -> None:
        """Nobody looks at the ranking any more."""
        self._all.cancel()

    def stop(self) -> None:
        """Waits for the workers and takes no more answers."""
        self._one.stop()
        self._all.stop()

    def _forget(self) -> None:
        self._one.cancel()
        self._all.cancel()
        self.outdated.emit()

    def _tell_proposed(self, answer: object) -> None:
        if answer is not None:
            self.proposed.emit(answer)

    def _tell_ranked(self, answer: object) -> None:
        if answer is not None:
            self.ranked.emit(answer)


def _rules(catalog: Catalog) -> RuleBook:
    """The rules that the window's analysis goes by: the user's own too, unless they cannot be read."""
    from designer.analysis.own_rules import rules_of
    from designer.analysis.rules import load_rules

    try:
        return rules_of(catalog)
    except UserError:
        return load_rules(catalog)
