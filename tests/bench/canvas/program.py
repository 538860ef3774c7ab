"""What a program must be able to do to be measured, and the Qt that it uses."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from tests.bench.canvas.graph import Graph


class Program(ABC):
    """One way to draw the graph."""

    binding: ClassVar[str] = "PySide6"
    needs: ClassVar[tuple[str, ...]] = ()
    """Modules that have to be installed besides the product's own."""
    modules: ClassVar[tuple[str, ...]] = ()
    """Modules that are imported before time and memory are taken, so that both are those of the drawing."""
    view: Any

    def prepare(self, graph: Graph) -> None:  # noqa: B027 - most have nothing to prepare
        """What is no part of drawing: it is done before time and memory are taken."""

    @abstractmethod
    def build(self, graph: Graph) -> None:
        """Makes the view, ready to be shown."""

    @abstractmethod
    def zoom(self, factor: float | None) -> None:
        """Zooms with the hub in the middle; `None` shows everything."""

    @abstractmethod
    def hub_place(self) -> tuple[float, float]:
        """The middle of the hub in the scene."""

    @abstractmethod
    def move_many(self, numbers: range) -> None:
        """Moves components by an undoable step."""

    @abstractmethod
    def undo(self) -> None:
        """Takes it back."""

    @abstractmethod
    def redo(self) -> None:
        """Does it again."""

    @abstractmethod
    def selected(self) -> int:
        """How many components are selected."""

    @abstractmethod
    def clear(self) -> None:
        """Selects nothing."""

    def outdate(self) -> None:  # noqa: B027 - the others keep no picture of what they have drawn
        """Makes everything that is shown be drawn anew with the next frame."""

    def window(self) -> Any:
        """The widget to show."""
        return self.view

    def pan(self, dx: int, dy: int) -> None:
        """Scrolls by pixels."""
        for bar, by in ((self.view.horizontalScrollBar(), dx), (self.view.verticalScrollBar(), dy)):
            bar.setValue(bar.value() + by)

    def fit_by_transform(self, factor: float | None) -> None:
        """Zooms a plain view."""
        qt = self.qt("QtCore")
        if factor is None:
            self.view.fitInView(self.view.scene().itemsBoundingRect(), qt.Qt.AspectRatioMode.KeepAspectRatio)
        else:
            self.view.resetTransform()
            self.view.scale(factor, factor)
            self.view.centerOn(*self.hub_place())

    @classmethod
    def qt(cls, module: str) -> Any:
        """A module of the Qt that this program uses."""
        return importlib.import_module(f"{cls.binding}.{module}")
