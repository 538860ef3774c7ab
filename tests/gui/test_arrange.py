"""Arranging in the window: by menu and keys, with motion, beside the window for large drawings, and on opening."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QMenu,
    QProgressBar,
    QProgressDialog,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.arranger import DIRECT, Arranger
from designer.gui.canvas import metrics
from designer.gui.document import Document
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from designer.layout import boxes
from designer.layout.boxes import Direction
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Boundary, Component, Connection, Entity, Settings
from designer.storage.writer import dumps
from tests.bench.large_drawings import SHAPES
from tests.layout.agreement import clashes

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
Shown = Callable[[Architecture], Window]


def chain() -> Architecture:
    """Three wired components one above the other in the wrong order, and one beside them in a boundary too small."""
    entities: list[Entity] = [
        Boundary(id="team", kind="group", name="Team", x=600, y=0, width=280, height=200),
        Component(id="c", kind="dynamodb", name="C", x=0, y=0),
        Component(id="b", kind="lambda", name="B", x=0, y=80),
        Component(id="a", kind="users", name="A", x=0, y=160),
        Component(id="d", kind="sqs", name="D", x=640, y=80, boundary="team"),
        Component(id="e", kind="lambda", name="E", x=648, y=88, boundary="team"),
        Connection(id="a-b", source="a", target="b", relation="requests"),
        Connection(id="b-c", source="b", target="c", relation="reads-writes"),
        Connection(id="d-e", source="d", target="e", relation="triggers"),
    ]
    return Architecture.of(Settings(), entities)


@pytest.fixture
def made(qtbot: QtBot, catalog: Catalog) -> Iterator[Shown]:
    """A window on a drawing, not yet shown; in the end it goes without a question."""
    windows: list[Window] = []

    def make(architecture: Architecture) -> Window:
        window = Window(Document(catalog, architecture), UserSettings())
        windows.append(window)
        qtbot.addWidget(window, before_close_func=lambda window: window.document.history.mark_clean())
        return window

    yield make
    for window in windows:
        window.workspace.stop()


@pytest.fixture
def shown(made: Shown, qtbot: QtBot) -> Shown:
    """A window on a drawing, with the canvas in focus."""

    def show(architecture: Architecture) -> Window:
        window = made(architecture)
        window.show()
        qtbot.waitUntil(lambda: window.workspace.tasks.settled)
        window.canvas.setFocus()
        return window

    return show


def arranger(window: Window) -> Arranger:
    """What arranges; it is made with the first command."""
    found = window.workspace.arranger
    assert found is not None
    return found


def places(window: Window) -> dict[str, tuple[int, int]]:
    return {key: (one.x, one.y) for key, one in window.document.architecture.components.items()}


def drawn_places(window: Window) -> dict[str, tuple[float, float]]:
    return {key: (rect[0], rect[1]) for key, rect in window.canvas.drawing.rects.items()}


def arrange_menu(window: Window) -> QMenu:
    menu = next(action.menu() for action in window.menuBar().actions() if action.text() == "&Arrange")
    assert isinstance(menu, QMenu)
    return menu


def test_arranging_all_by_key_is_one_step(shown: Shown, qtbot: QtBot) -> None:
    """Ctrl+L: from left to right, the boundary grows, and one undo brings everything back."""
    window = shown(chain())
    before, frame = places(window), window.document.architecture.boundaries["team"]
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    now = places(window)
    assert now["a"][0] < now["b"][0] < now["c"][0] and now["a"][1] == now["b"][1] == now["c"][1]
    assert window.document.architecture.boundaries["team"].width > frame.width
    assert window.document.history.undo_label == "Arrange all"
    qtbot.waitUntil(lambda: not arranger(window).busy)
    assert drawn_places(window) == now
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, CTRL)
    assert places(window) == before and drawn_places(window) == before
    assert window.document.architecture.boundaries["team"] == frame


def test_arranging_again_changes_nothing(shown: Shown, qtbot: QtBot) -> None:
    """The second time there is no step, and the status bar says why."""
    window = shown(chain())
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: not arranger(window).busy)
    steps, now = window.document.history.undo_label, places(window)
    window.document.undo()
    window.document.redo()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    assert places(window) == now and window.document.history.undo_label == steps
    assert window.workspace.status.currentMessage() == "Everything is in its place already"


def test_corners_of_wires_go_along_or_are_given_up(shown: Shown) -> None:
    """A wire led by hand finds its own way when its ends move apart, and keeps its corners when they do not."""
    window = shown(chain())
    document = window.document
    wire = document.architecture.connections["a-b"].with_(via=((96, 152), (120, 152)))
    document.do(Put(wire))
    window.workspace.lay_out(window.settings, whole=True)
    assert document.architecture.connections["a-b"].via == ()
    arranged = document.architecture.components["a"]
    corners = ((arranged.x + 240, arranged.y + 32),)
    document.do(Put(wire.with_(via=corners)))
    window.workspace.lay_out(window.settings, whole=True)
    assert document.architecture.connections["a-b"].via == corners


def test_direction_is_chosen_in_the_menu_and_remembered(shown: Shown, qtbot: QtBot) -> None:
    """Top down, by mouse."""
    window = shown(chain())
    menu = window.menus.directions
    menu.popup(window.mapToGlobal(QPoint(40, 40)))
    down = next(action for action in menu.actions() if action.text() == "&Top Down")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(down).center())
    assert UserSettings().direction is Direction.DOWN and down.isChecked()
    whole = next(action for action in arrange_menu(window).actions() if action.text() == "Arrange &All")
    whole.trigger()
    now = places(window)
    assert now["a"][1] < now["b"][1] < now["c"][1] and now["a"][0] == now["b"][0]
    qtbot.waitUntil(lambda: not arranger(window).busy)


def test_a_selection_is_arranged_where_it_is(shown: Shown, qtbot: QtBot) -> None:
    """Only what is selected moves; the command is off while there is nothing to arrange."""
    window = shown(chain())
    command = window.commands["arrange-selection"]
    assert not command.isEnabled()
    window.canvas.select(components=["a"])
    assert not command.isEnabled()
    window.canvas.select(components=["a", "b"])
    before = places(window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL | SHIFT)
    now = places(window)
    assert {key for key in now if now[key] != before[key]} <= {"a", "b"}
    assert now["a"][0] == 0 and now["b"][0] > now["a"][0] and now["a"][1] == now["b"][1] == 88
    assert window.document.history.undo_label == "Arrange selection"
    qtbot.waitUntil(lambda: not arranger(window).busy)


def test_a_selected_boundary_is_arranged_inside(shown: Shown, qtbot: QtBot) -> None:
    """It stays where it is, and grows around its content."""
    window = shown(chain())
    window.canvas.select(boundaries=["team"])
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL | SHIFT)
    team, now = window.document.architecture.boundaries["team"], places(window)
    assert (team.x, team.y) == (600, 0) and now["e"][0] + 192 <= team.x + team.width
    assert now["d"][0] < now["e"][0] and now["c"] == (0, 0)
    qtbot.waitUntil(lambda: not arranger(window).busy)


def test_a_selection_in_a_vpc_is_arranged_among_the_others(shown: Shown, qtbot: QtBot) -> None:
    """Only what is selected moves, within its lane and its tier, below what is in the way."""
    vpc = Boundary(id="vpc", kind="vpc", name="Network", zones=("a", "b"), width=800, height=700)
    tier = Boundary(id="tier", kind="tier", name="Tier", parent="vpc", x=24, y=60, width=752, height=500)
    places_of = {"one": ("a", 90, 140), "two": ("a", 60, 190), "three": ("b", 520, 130), "stays": ("b", 470, 260)}
    cards = [
        Component(id=key, kind="ec2", name=key, boundary="tier", zones=(zone,), x=x, y=y)
        for key, (zone, x, y) in places_of.items()
    ]
    band = Component(id="band", kind="asg", name="Band", boundary="tier", x=100, y=440)
    wire = Connection(id="wire", source="one", target="two", relation="calls")
    window = shown(Architecture.of(Settings(), (vpc, tier, *cards, band, wire)))
    window.canvas.select(components=["one", "two", "three"])
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL | SHIFT)
    now, before = places(window), {key: (x, y) for key, (_zone, x, y) in places_of.items()}
    assert now["stays"] == before["stays"] and now["band"] == (100, 440)
    assert now["one"][1] == now["three"][1] == 128, "from the highest of them on"
    assert now["one"][0] == now["two"][0] and now["two"][1] > now["one"][1] + 64, "below what it is called by"
    assert now["one"][0] + 192 <= 400 <= now["three"][0], "in their lanes"
    assert dict(window.document.architecture.boundaries) == {"vpc": vpc, "tier": tier}
    assert not clashes(window.document.architecture, window.document.catalog)
    window.document.undo()
    assert places(window) == {**before, "band": (100, 440)}
    qtbot.waitUntil(lambda: not arranger(window).busy)


def test_things_glide_to_their_places(shown: Shown, qtbot: QtBot) -> None:
    """The document is right from the start; the picture follows, unless something is done meanwhile."""
    window = shown(chain())
    before = drawn_places(window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    assert arranger(window).motion.running
    assert drawn_places(window) == before and places(window) != before
    qtbot.mousePress(window.canvas.viewport(), LEFT, pos=QPoint(5, 5))
    assert not arranger(window).motion.running and drawn_places(window) == places(window)
    qtbot.mouseRelease(window.canvas.viewport(), LEFT, pos=QPoint(5, 5))


def test_an_edit_while_things_glide(shown: Shown, qtbot: QtBot) -> None:
    """Undo finds everything, and shows it, where it was; deleting leaves nothing behind."""
    window = shown(chain())
    before = drawn_places(window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    window.document.undo()
    assert drawn_places(window) == before and not arranger(window).motion.running
    window.document.redo()
    window.canvas.select(components=["a"])
    window.document.undo()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    window.canvas.delete_selection()
    assert "a" not in drawn_places(window) and drawn_places(window) == places(window)


class Still(QProxyStyle):
    """A desktop that wants nothing to move."""

    def styleHint(  # noqa: N802
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returnData)


@pytest.mark.parametrize("how", ["desktop", "menu"])
def test_nothing_glides_where_motion_is_not_wanted(shown: Shown, qtbot: QtBot, how: str) -> None:
    """By the desktop's style, or by the entry in the menu, which is remembered."""
    window = shown(chain())
    still = Still()
    if how == "desktop":
        window.canvas.setStyle(still)
    else:
        next(action for action in arrange_menu(window).actions() if action.text() == "A&nimate").trigger()
        assert not UserSettings().animated
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    assert not arranger(window).busy and drawn_places(window) == places(window)
    window.canvas.setStyle(None)


def test_a_large_drawing_is_arranged_beside_the_window(shown: Shown, qtbot: QtBot) -> None:
    """The command returns before anything has moved; then all is done in one step."""
    drawing = SHAPES["cells"](DIRECT + 10)
    window = shown(drawing)
    before = places(window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    assert arranger(window).busy and places(window) == before
    qtbot.waitUntil(lambda: not arranger(window).busy)
    assert places(window) != before and window.document.history.undo_label == "Arrange all"
    assert arranger(window).progress is None and drawn_places(window) == places(window)


def tangle(size: int) -> Architecture:
    """Functions that call others at random: the layout has to look long for few crossings."""
    rng = random.Random(size)
    entities: list[Entity] = [
        Component(id=f"c{n}", kind="lambda", name=f"F{n}", x=n % 50 * 240, y=n // 50 * 96) for n in range(size)
    ]
    for number in range(size * 2):
        low, high = sorted(rng.sample(range(size), 2))
        entities.append(Connection(id=f"w{number}", source=f"c{low}", target=f"c{high}", relation="calls"))
    return Architecture.of(Settings(), entities)


def test_arranging_can_be_cancelled(made: Shown, qtbot: QtBot) -> None:
    """The dialog's button: nothing moves, and the worker notices."""
    window = made(tangle(1500))
    before = places(window)
    window.workspace.lay_out(window.settings, whole=True)
    dialog = arranger(window).progress
    assert dialog is not None
    dialog.show()
    button = dialog.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    assert not arranger(window).busy and arranger(window).progress is None
    arranger(window).stop()
    assert places(window) == before and window.document.history.undo_label is None


def test_a_dialog_says_how_far_arranging_is(made: Shown, qtbot: QtBot) -> None:
    """In hundredths, which only grow."""
    window = made(tangle(1500))
    window.workspace.lay_out(window.settings, whole=True)
    dialog = arranger(window).progress
    assert dialog is not None
    bar = dialog.findChild(QProgressBar)
    assert bar is not None and bar.maximum() == 0, "at first nobody knows"
    shown: list[int] = []
    bar.valueChanged.connect(lambda percent: shown.append(percent if bar.maximum() == 100 else -1))
    qtbot.waitUntil(lambda: not arranger(window).busy, timeout=30_000)
    assert len(shown) > 5 and shown == sorted(shown)
    assert 0 <= shown[0] < shown[-1] <= 100
    assert window.document.history.undo_label == "Arrange all"


def test_an_edit_gives_up_what_is_being_arranged(made: Shown) -> None:
    """An answer for a drawing that has changed meanwhile is not taken."""
    window = made(SHAPES["cells"](DIRECT + 10))
    window.workspace.lay_out(window.settings, whole=True)
    window.canvas.select(components=["c1"])
    window.canvas.delete_selection()
    assert not arranger(window).busy
    arranger(window).stop()
    assert window.document.history.undo_label == "Delete Elb 1"


def test_a_file_without_places_is_arranged_when_opened(made: Shown, tmp_path: Path) -> None:
    """It opens in order and unmodified; the file stays as it is until it is saved."""
    file = tmp_path / "hand.arch.yaml"
    text = (
        'designer: 1\nname: "By hand"\nboundaries:\n  team: {"kind": "group", "name": "Team"}\n'
        'components:\n  one: {"kind": "sqs", "name": "One", "in": "team"}\n'
        '  two: {"kind": "lambda", "name": "Two", "in": "team"}\n'
        'connections:\n  w: {"from": "one", "relation": "triggers", "to": "two"}\n'
    )
    file.write_text(text, encoding="utf-8")
    window = made(Architecture())
    assert window.files.open(file)
    now, team = places(window), window.document.architecture.boundaries["team"]
    assert now["one"][0] + 192 < now["two"][0] and now["one"][1] == now["two"][1]
    assert team.x < now["one"][0] and now["two"][0] + 192 < team.x + team.width
    assert window.document.history.is_clean and file.read_text(encoding="utf-8") == text


def test_what_has_a_place_keeps_it_when_opened(made: Shown, tmp_path: Path) -> None:
    """Only the new ones are placed, below what stands there."""
    file = tmp_path / "half.arch.yaml"
    file.write_text(
        'designer: 1\nname: "Half"\ncomponents:\n  old: {"kind": "sqs", "name": "Old", "at": [400, 80]}\n'
        '  one: {"kind": "sqs", "name": "One"}\n  two: {"kind": "lambda", "name": "Two"}\n',
        encoding="utf-8",
    )
    window = made(Architecture())
    assert window.files.open(file)
    now = places(window)
    assert now["old"] == (400, 80) and min(now["one"][1], now["two"][1]) > 144 and now["one"] != now["two"]


def test_layout_and_canvas_draw_the_same_sizes() -> None:
    """Cards and title bars are as large as the layout takes them to be."""
    for name in ("CARD_WIDTH", "CARD_HEIGHT", "GRID", "TITLE_HEIGHT"):
        assert getattr(metrics, name) == getattr(boxes, name)
    assert boxes.SIDE >= metrics.PADDING and boxes.TOP >= metrics.TITLE_HEIGHT + metrics.PADDING


def _unplaced(path: Path, count: int) -> Path:
    drawing = SHAPES["cells"](count)
    for entity in (*drawing.components.values(), *drawing.boundaries.values()):
        drawing.apply(Put(entity.with_(x=0, y=0)))
    path.write_text(dumps(drawing), encoding="utf-8")
    return path


def test_many_components_without_a_place_are_arranged_beside_the_window(made: Shown, tmp_path: Path) -> None:
    """Opening waits for it, and the window stays alive meanwhile."""
    window = made(Architecture(Settings()))
    turns: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(1))
    timer.start(1)
    assert window.files.open(_unplaced(tmp_path / "big.arch.yaml", 600))
    assert turns and len(set(places(window).values())) == len(places(window))
    assert window.document.history.is_clean


def test_giving_places_can_be_cancelled(made: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    """The file is open then, and nothing in it has moved."""
    window = made(Architecture(Settings()))
    said: list[str] = []
    window.files.told.connect(said.append)

    def cancel() -> None:
        dialog = window.findChild(QProgressDialog)
        assert dialog is not None
        dialog.show()
        button = dialog.findChild(QPushButton)
        assert button is not None
        qtbot.mouseClick(button, LEFT)

    QTimer.singleShot(0, cancel)
    assert window.files.open(_unplaced(tmp_path / "big.arch.yaml", 3000))
    assert "cancelled" in said[-1]
    assert len(window.document.architecture.components) == 3000
    assert {(c.x, c.y) for c in window.document.architecture.components.values()} == {(0, 0)}
