"""The list of zones that selected components can stand in: what a drag over lanes does, from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from designer.catalog.entries import Scope
from designer.catalog.members import in_one_zone
from designer.gui.canvas.rezoning import rezone, why_not_zones
from designer.gui.canvas.zoning import named
from designer.language import tr
from designer.layout.zones import zones_around

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class ZoneMenu:
    """Offers zones for the selection of a canvas, and sets them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.menu: QMenu | None = None
        """The menu that was opened last by `ask`, while it exists."""

    def ask(self) -> None:
        """Opens the list of zones below what is selected."""
        canvas = self._canvas
        bounds = canvas.drawing.bounds_of(canvas.selection())
        menu = self.made(canvas)
        if menu is None or bounds is None:
            canvas.say(tr("Select components that stand in zones."))
            return
        self.menu = menu
        menu.aboutToHide.connect(menu.deleteLater)
        menu.destroyed.connect(self._gone)
        at = canvas.mapFromScene(bounds[0], bounds[3])
        area = canvas.viewport().rect()
        place = QPoint(min(max(at.x(), 0), area.width() - 1), min(max(at.y(), 0), area.height() - 1))
        menu.popup(canvas.viewport().mapToGlobal(place))

    def made(self, parent: QWidget) -> QMenu | None:
        """The list for the selected components that stand in zones; `None` where there are none of them.

        What stands in one zone moves into the chosen one; what reaches across zones gets one more, or loses it.
        """
        keys = self._keys()
        if not keys:
            return None
        architecture, resolution = self._canvas.document.architecture, self._canvas.drawing.labels.resolution
        around = [zones_around(architecture, architecture.components[key].boundary) for key in keys]
        letters = sorted({zone for zones in around for zone in zones})
        has = set.intersection(*(set(resolution.component(key).zones) for key in keys))
        alone = any(in_one_zone(resolution.component(key)) for key in keys)
        menu = QMenu(tr("&Zones"), parent)
        group = QActionGroup(menu)
        group.setExclusive(alone)
        for letter in letters:
            action = menu.addAction(tr("Zone {zone}", zone=f"&{letter}"))
            action.setCheckable(True)
            action.setChecked(letter in has)
            group.addAction(action)
            wanted = (letter,) if alone else tuple(sorted(has ^ {letter}))
            reasons = (why_not_zones(resolution, key, wanted, zones) for key, zones in zip(keys, around, strict=True))
            reason = next((one for one in reasons if one), "")
            action.setEnabled(not reason)
            action.setToolTip(reason)
            action.triggered.connect(lambda _checked=False, wanted=wanted: self._set(wanted))
        if any(architecture.components[key].zones for key in keys):
            menu.addSeparator()
            text = tr("As Around It ({zones})", zones=named(around[0])) if len(set(around)) == 1 else tr("As Around It")
            menu.addAction(text).triggered.connect(lambda: self._set(()))
        menu.setToolTipsVisible(True)
        return menu

    def _keys(self) -> list[str]:
        architecture, kinds = self._canvas.document.architecture, self._canvas.document.catalog.kinds
        selected = self._canvas.selection().components
        zonal = (Scope.ZONAL, Scope.ZONES)
        return [key for key in selected if kinds[architecture.components[key].kind].placement.scope in zonal]

    def _set(self, zones: tuple[str, ...]) -> None:
        architecture, resolution = self._canvas.document.architecture, self._canvas.drawing.labels.resolution
        batch = rezone(architecture, resolution, self._keys(), zones)
        if self._canvas.do(batch):
            self._canvas.say(batch.label)

    def _gone(self) -> None:
        self.menu = None
