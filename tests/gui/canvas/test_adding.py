"""New things: dropped from the palette, inserted by command, pasted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.clipboard import PART_MIME
from designer.gui.canvas.metrics import card_rect, contains, overlaps
from designer.gui.document import Document
from designer.model.architecture import Architecture
from designer.storage.files import loads
from tests.gui.canvas.conftest import ALT, CONTROL, Hand
from tests.gui.canvas.test_pointer import EMPTY, place, steps


def test_drop_from_the_palette(canvas: Canvas, hand: Hand, document: Document) -> None:
    assert hand.drag_in("sqs", (-400, 320))
    assert canvas.overlay.ghosts == [("sqs", (-496, 288, -304, 352))]
    hand.drop((-400, 320))
    (key,) = canvas.selection().components
    component = document.architecture.components[key]
    assert (component.kind, component.x, component.y, component.boundary) == ("sqs", -496, 288, None)
    assert component.name == document.catalog.kinds["sqs"].name
    assert not canvas.overlay.ghosts
    assert steps(document) == 1


def test_drop_into_a_boundary(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag_in("ecs", (0, -240))
    assert canvas.drawing.emphasis.drop_targets == {"vpc"}
    hand.drop((0, -240))
    (key,) = canvas.selection().components
    assert document.architecture.components[key].boundary == "vpc"
    assert canvas.drawing.emphasis.drop_targets == frozenset()


def test_drop_with_alt_ignores_the_grid(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.held = ALT
    hand.drag_in("sqs", (-403, 323))
    hand.drop((-403, 323))
    assert place(document, canvas.selection().components[0]) == (-499, 291)


def test_leaving_takes_the_preview_away(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag_in("sqs", EMPTY)
    hand.leave()
    assert not canvas.overlay.ghosts and canvas.gesture is None
    assert steps(document) == 0


@pytest.mark.parametrize("kind", ["nonsense", "", "tier", b"\xff\xfe", "x" * 70])
def test_only_known_kinds_are_taken(hand: Hand, document: Document, kind: str | bytes) -> None:
    known = kind == "tier"
    assert hand.drag_in(kind, EMPTY) is known
    hand.drop(EMPTY)
    assert steps(document) == int(known)


def test_other_drags_are_left_alone(hand: Hand) -> None:
    assert not hand.drag_in("sqs", EMPTY, "text/plain")


def test_dropped_boundary_takes_in_what_it_covers(canvas: Canvas, hand: Hand, document: Document) -> None:
    assert hand.drag_in("group", (-560, 176))
    hand.drop((-560, 176))
    (key,) = canvas.selection().boundaries
    assert document.architecture.components["queue"].boundary == key
    assert document.architecture.components["worker"].boundary is None
    assert steps(document) == 1
    document.undo()
    assert document.architecture.components["queue"].boundary is None


def test_dropped_tier_has_its_access_and_joins_the_vpc(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.do(_without(document, "private"))
    canvas.select()
    hand.drag_in("tier:public", (0, -200))
    hand.drop((0, -200))
    boundary = document.architecture.boundaries[canvas.selection().boundaries[0]]
    assert boundary.properties == {"access": "public"} and boundary.parent == "vpc"
    assert boundary.name == "Public subnets"


def _without(document: Document, boundary: str) -> object:
    from designer.model.entities import Collection
    from designer.model.operations import delete

    return delete(document.architecture, {Collection.BOUNDARIES: [boundary]})


def test_insert_goes_beside_the_selection_and_never_on_another(canvas: Canvas, document: Document) -> None:
    canvas.select(["queue"])
    canvas.insert("lambda")
    first = canvas.selection().components[0]
    x, y = place(document, first)
    assert x > -560 + 192
    for key, rect in canvas.drawing.rects.items():
        assert key == first or not overlaps(rect, card_rect(x, y))
    canvas.select()
    canvas.insert("sns")
    canvas.insert("sns")
    assert not _overlapping(canvas)


def _overlapping(canvas: Canvas) -> list[tuple[str, str]]:
    rects = sorted(canvas.drawing.rects.items())
    return [(a, b) for i, (a, one) in enumerate(rects) for b, other in rects[i + 1 :] if overlaps(one, other)]


def test_insert_of_a_boundary_and_of_nothing_known(canvas: Canvas, document: Document, messages: list[str]) -> None:
    canvas.insert("vpc")
    assert len(canvas.selection().boundaries) == 1
    canvas.insert("nonsense")
    assert "nonsense" in messages[-1] and steps(document) == 1


def test_copy_and_paste_keep_wires_properties_and_inner_boundaries(canvas: Canvas, document: Document) -> None:
    canvas.select(["queue"], (), ["vpc"])
    canvas.copy()
    text = QGuiApplication.clipboard().text()
    part = loads(text, document.catalog)
    assert set(part.components) == {"queue", "entry", "web", "db"}
    assert set(part.connections) == {"entry-web", "web-db"}
    canvas.paste()
    selection = canvas.selection()
    assert len(selection.components) == 4 and len(selection.boundaries) == 2
    tier = document.architecture.boundaries["private-2"]
    assert tier.parent == "vpc-2"
    web = next(c for c in document.architecture.components.values() if c.name == "Web 2")
    assert web.boundary == "private-2"
    assert (web.x, web.y) == (-216 + 32, -40 + 32)
    assert steps(document) == 1


def test_the_program_ends_well_with_a_copy_on_the_clipboard(tmp_path: Path) -> None:
    """Qt lets go of the clipboard after Python has gone."""
    code = (
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "from designer.gui.canvas.clipboard import put_on_clipboard, to_mime\n"
        "from designer.model.architecture import Architecture\n"
        "put_on_clipboard(to_mime(Architecture()))\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_pasting_again_goes_further(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["queue"])
    hand.key(Qt.Key.Key_C, CONTROL)
    places = []
    for _ in range(3):
        hand.key(Qt.Key.Key_V, CONTROL)
        places.append(place(document, canvas.selection().components[0]))
    assert places == [(-528, 232), (-496, 264), (-464, 296)]


def test_paste_shows_what_it_adds(canvas: Canvas) -> None:
    canvas.select(["queue"])
    canvas.copy()
    canvas.viewpoint.centre((9000, 5000))
    canvas.paste()
    added = canvas.selection().components[0]
    assert contains(canvas.viewpoint.visible(), canvas.drawing.rects[added])


def test_cut_and_paste_into_another_document(canvas: Canvas, hand: Hand, catalog: Catalog, qtbot: QtBot) -> None:
    canvas.select(["web", "db"])
    hand.key(Qt.Key.Key_X, CONTROL)
    assert "web" not in canvas.document.architecture.components
    assert canvas.document.history.undo_label == "Cut 2 components"
    other = Canvas(Document(catalog, Architecture()))
    qtbot.addWidget(other)
    other.resize(800, 600)
    other.paste()
    assert set(other.document.architecture.components) == {"web", "data"}
    assert set(other.document.architecture.connections) == {"web-data"}


def test_text_from_elsewhere_is_pasted_or_refused(canvas: Canvas, document: Document, messages: list[str]) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("just some words")
    canvas.paste()
    assert "nothing that can be pasted" in messages[-1]
    clipboard.setText("designer: 1\ncomponents:\n  box: {kind: nonsense}\n")
    canvas.paste()
    assert "cannot be pasted" in messages[-1]
    mime = QMimeData()
    mime.setData(PART_MIME, b"\xff\xfe\x00")
    clipboard.setMimeData(mime)
    canvas.paste()
    assert "pasted" in messages[-1]
    assert steps(document) == 0
    # What was made here must not outlive Python on Qt's clipboard.
    clipboard.clear()
