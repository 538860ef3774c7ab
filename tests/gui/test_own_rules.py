"""The user's own rules in the window: checked, reloaded, and told of when they cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from designer.analysis.findings import Finding
from designer.analysis.own_rules import VARIABLE
from designer.gui.document import Document
from designer.gui.own_rules import FIRST_FILE
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from tests.gui.conftest import Answers

RULE = """\
- {id: ORG-01, severity: high, category: DATA, title: Ours, for: sqs, when: "retention < 999999999",
   message: "{name} forgets", why: w, fix: f}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of rules, which is not there yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "rules"))
    return tmp_path / "rules"


@pytest.fixture
def whole(qtbot: QtBot, document: Document, folder: Path) -> Iterator[Window]:  # noqa: ARG001 - set before it starts
    """The window with its real analysis."""
    made = Window(document, UserSettings())
    qtbot.addWidget(made, before_close_func=lambda window: window.document.history.mark_clean())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    qtbot.waitUntil(lambda: made.workspace.tasks.settled, timeout=20_000)
    yield made
    made.workspace.tasks.stop()


def shown(window: Window) -> list[Finding]:
    """The findings in the panel."""
    model = window.workspace.findings.model
    return (
        [model.finding(row) for row in range(model.rowCount())] if hasattr(model, "finding") else list(model.findings)
    )


@pytest.fixture
def reload(qtbot: QtBot, whole: Window) -> Callable[[], None]:
    """Presses F5 and waits for the findings."""

    def pressed() -> None:
        qtbot.keyClick(whole, Qt.Key.Key_F5)
        assert not whole.workspace.tasks.settled
        qtbot.waitUntil(lambda: whole.workspace.tasks.settled, timeout=20_000)

    return pressed


def test_rules_come_and_go_with_their_file(whole: Window, folder: Path, reload: Callable[[], None]) -> None:
    """Without an edit, by F5; broken ones are told of and stop nothing else."""
    before = shown(whole)
    assert before and "ORG-01" not in {finding.rule for finding in before}
    folder.mkdir()
    (folder / "ours.yaml").write_text(RULE, encoding="utf-8")
    reload()
    assert {finding.message for finding in shown(whole) if finding.rule == "ORG-01"} == {"Jobs forgets", "Mail forgets"}
    (folder / "ours.yaml").write_text(RULE.replace("retention", "retenton"), encoding="utf-8")
    reload()
    (broken,) = [finding for finding in shown(whole) if finding.rule == "RUL-01"]
    assert "ours.yaml:1" in broken.message and "'retenton'" in broken.message
    assert {finding.rule for finding in shown(whole)} == {"RUL-01", *(finding.rule for finding in before)}
    whole.workspace.findings.select(broken)
    assert "Reload Rules" in whole.workspace.findings.details.fix.text()


def test_the_folder_is_made_and_shown(whole: Window, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an example that is no rule yet; what is there stays."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(QUrl(url).toLocalFile()) or True)
    whole.commands["rules-folder"].trigger()
    assert asked == [str(folder)]
    (folder / FIRST_FILE).write_text("# mine", encoding="utf-8")
    whole.commands["rules-folder"].trigger()
    assert (folder / FIRST_FILE).read_text(encoding="utf-8") == "# mine"


def test_the_example_is_one(
    whole: Window, folder: Path, reload: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking the marks away gives a rule that is checked."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    whole.commands["rules-folder"].trigger()
    file = folder / FIRST_FILE
    lines = file.read_text(encoding="utf-8").splitlines()[2:]
    file.write_text("\n".join(line.removeprefix("#").removeprefix(" ") for line in lines), encoding="utf-8")
    reload()
    assert "ORG-01" in {finding.rule for finding in shown(whole)}


def test_a_folder_that_cannot_be_made(whole: Window, folder: Path, answers: Answers) -> None:
    """Says why."""
    folder.write_text("", encoding="utf-8")
    answers.press(QMessageBox.StandardButton.Ok)
    whole.commands["rules-folder"].trigger()
    assert "cannot be written" in answers.said[0]
