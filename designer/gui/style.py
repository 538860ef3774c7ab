"""The style sheet of the program's own windows, made from a theme's roles on top of Qt's Fusion style.

`@role` stands for a colour of the theme, `@small` and `@large` for font sizes that follow the desktop's. Panels set the
dynamic properties `role` (of labels), `primary`, `flat` and `column` (of buttons; one in a `column` begins where the
texts above it do) and `invalid` (of fields).
"""

from __future__ import annotations

import re

from PySide6.QtGui import QGuiApplication

from designer.assets import data
from designer.gui.theme import Theme

_SHEET = """
QMainWindow, QDialog, QMessageBox { background: @window; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow::separator { background: @border; width: 1px; height: 1px; margin: 0; padding: 0; }
QMainWindow::separator:hover { background: @accent; }
QWidget[role="panel"], QScrollArea[role="panel"] { background: @panel; }
QScrollArea { border: none; background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QMenuBar { background: @panel; border: none; padding: 2px 6px; }
QMenuBar::item { padding: 4px 8px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @hover; }
QMenu { background: @tooltip; border: 1px solid @card-border; padding: 5px; }
QMenu::item { padding: 5px 14px 5px 10px; border-radius: 4px; color: @text; min-width: 190px; }
QMenu::icon { padding-left: 6px; }
QMenu::icon:checked { background: @selection; border-radius: 4px; }
QMenu::indicator { left: 3px; width: 13px; height: 13px; border-radius: 4px; }
QMenu::indicator:checked { background: @accent; image: url("@tick"); }
QMenu::indicator:exclusive:checked { background: @accent-text; border: 4px solid @accent; width: 5px; height: 5px;
  border-radius: 6px; image: none; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @text-disabled; }
QMenu::separator { height: 1px; background: @border; margin: 5px 4px; }

QToolBar { background: @panel; border: none; border-bottom: 1px solid @border; padding: 1px 8px; spacing: 2px; }
QToolBar::separator { background: @border; width: 1px; margin: 5px 6px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:focus { border-color: @focus; }
QToolButton:disabled { color: @text-disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[wide="true"] { padding: 3px 12px; }
QToolBar QToolButton:checked { background: @hover; }

QStatusBar { background: @panel; border-top: 1px solid @border; color: @text-muted; font-size: @small; }
QStatusBar::item { border: none; }
QStatusBar QToolButton { padding: 1px 7px; border-radius: 4px; color: @text-muted; font-size: @small; }
QStatusBar QToolButton:hover { color: @text; }

QLineEdit[role="zoom"] { background: transparent; border-color: transparent; border-radius: 4px; padding: 0 3px;
  min-height: 18px; color: @text-muted; font-size: @small; }
QLineEdit[role="zoom"]:hover { border-color: @card-border; color: @text; }
QLineEdit[role="zoom"]:focus { border-color: @focus; background: @input; color: @text; }
QStatusBar ZoomBox QToolButton { padding: 1px 2px; }

QTabBar { background: @panel; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @text-muted; padding: 7px 12px 6px 12px; margin: 0;
  border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover:!selected { color: @text; }
QTabBar::tab:focus { background: @hover; }

QToolButton[chip="true"] { border: 1px solid @card-border; border-radius: 5px; padding: 2px 7px; min-width: 10px;
  background: @input; color: @text-muted; }
QToolButton[chip="true"]:hover { border-color: @border-strong; }
QToolButton[chip="true"]:checked { background: @selection; border-color: @accent; color: @text; font-weight: 600; }
QToolButton[chip="true"][quiet="true"]:checked { background: @panel-alt; border-color: @border-strong;
  color: @text-muted; font-weight: 600; }
QToolButton[filter="true"] { border: 1px solid @border; border-radius: 5px; padding: 2px 0 2px 5px;
  color: @text-disabled; }
QToolButton[filter="true"]:hover { border-color: @border-strong; }
QToolButton[filter="true"]:checked { background: @panel-alt; border-color: @card-border; color: @text; }
QToolButton[filter="true"]:focus { border: 1px solid @focus; }
QToolButton[chip="true"]:focus { border: 1px solid @focus; }

QPushButton { background: @button; border: 1px solid @card-border; border-radius: 6px; padding: 5px 12px;
  color: @text; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border-color: @focus; }
QPushButton:disabled { color: @text-disabled; }
QPushButton[primary="true"], QToolButton[primary="true"] {
  background: @accent; border-color: @accent; color: @accent-text; }
QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover { background: @accent-hover; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border: 1px solid @text; }
QPushButton[primary="true"]:disabled, QToolButton[primary="true"]:disabled {
  background: @panel-alt; border-color: @border; color: @text-disabled; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; color: @accent; padding: 4px 6px; }
QPushButton[flat="true"][column="true"] { padding: 4px 0; text-align: left; }
QPushButton[flat="true"][column="true"]:hover { background: transparent; text-decoration: underline; }
QPushButton[flat="true"]:hover { background: @hover; }
QPushButton[flat="true"]:focus { border-color: @focus; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit[role="field"] {
  background: @input; border: 1px solid @card-border; border-radius: 5px; padding: 2px 7px; color: @text;
  selection-background-color: @accent; selection-color: @accent-text; placeholder-text-color: @text-muted; }
QLineEdit[role="name"] { background: transparent; border-color: transparent; font-weight: 600; padding: 1px 6px; }
QLineEdit[role="name"]:hover { border-color: @card-border; background: @input; }
QLineEdit[role="name"]:focus { border-color: @focus; background: @input; }
QLineEdit[role="name"][invalid="true"] { border-color: @severity-error; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 20px; }
QPlainTextEdit[role="field"] { padding: 2px 3px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover, QPlainTextEdit[role="field"]:hover {
  border-color: @border-strong; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit[role="field"]:focus { border-color: @focus; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: @text-disabled; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QAbstractSpinBox[invalid="true"],
QPlainTextEdit[invalid="true"] { border-color: @severity-error; }
QComboBox[quiet="true"], QAbstractSpinBox[quiet="true"] { color: @text-muted; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0; min-height: 0;
  placeholder-text-color: @text-muted; }
QComboBox::drop-down { border: none; width: 20px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[role="popup"] { background: @tooltip; border: 1px solid @card-border;
  padding: 4px; outline: 0; selection-background-color: @selection; selection-color: @text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; width: 0; height: 0; }

QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @panel; color: @text-muted; border: none; border-bottom: 1px solid @border;
  padding: 3px 6px; font-size: @small; }
QListView, QTreeView { background: @panel; border: none; outline: 0; color: @text; }
QListView::item, QTreeView::item { border-radius: 5px; padding: 3px 4px; color: @text; }
QTreeView::item { border-radius: 0; }
QListView::item:hover, QTreeView::item:hover { background: @hover; }
QListView::item:selected, QTreeView::item:selected { background: @selection; color: @text; }

QTreeView[role="outline"]::item, QTreeView[role="outline"]::item:hover, QTreeView[role="outline"]::item:selected,
QTreeView[role="outline"]::branch, QTreeView[role="outline"]::branch:selected { background: transparent; }
QTreeView[role="outline"] QLineEdit { border-color: @focus; padding: 0 4px; min-height: 0; }

QListView[role="palette"]::item { padding: 0 8px; margin: 1px 6px; border: 1px solid transparent; border-radius: 6px; }
QListView[role="palette"]::item:disabled { background: transparent; color: @text-muted; padding: 5px 7px 0 7px; }
QListView[role="palette"]::item:hover { background: @hover; }
QListView[role="palette"]::item:selected { background: @selection; }
QListView[role="palette"]::item:selected:focus { border-color: @focus; }

QCheckBox::indicator, QTreeView::indicator, QRadioButton::indicator { width: 13px; height: 13px; background: @input;
  border: 1px solid @border-strong; border-radius: 4px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:hover, QTreeView::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: @accent; border-color: @accent;
  image: url("@tick"); }
QRadioButton::indicator:checked { background: @accent-text; border: 4px solid @accent; width: 7px; height: 7px; }
QRadioButton { spacing: 7px; padding: 2px 4px 2px 2px; border: 1px solid transparent; border-radius: 4px; }
QRadioButton:focus { border-color: @focus; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @card-border; border-radius: 3px; margin: 2px 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 2px; }
QScrollBar::handle:hover { background: @border-strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QPlainTextEdit[role="code"] { background: @input; color: @text; border: none;
  selection-background-color: @selection; selection-color: @text; }
QTextBrowser { background: @input; color: @text; border: 1px solid @border; border-radius: 6px;
  selection-background-color: @accent; selection-color: @accent-text; }
QTextBrowser:focus { border-color: @focus; }
QProgressBar { background: @panel-alt; border: none; }
QProgressBar::chunk { background: @accent; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QLabel[role="muted"] { color: @text-muted; }
QLabel[role="small"] { color: @text-muted; font-size: @small; }
QLabel[role="heading"] { color: @text-muted; font-size: @small; font-weight: 600; }
QLabel[role="title"] { color: @text; font-weight: 600; }
QLabel[role="display"] { color: @text; font-size: @large; font-weight: 600; }
QLabel[role="step"] { background: @selection; color: @text; border-radius: 11px; font-weight: 600; font-size: @small; }
QLabel[role="error"] { color: @severity-error; font-size: @small; }
QLabel[role="link"] { border: 1px solid transparent; border-radius: 4px; padding: 1px 0; }
QLabel[role="link"]:focus { border-color: @focus; }
QLabel[ground="panel"] { background: @panel; border: 1px solid @border; border-radius: 6px; }
QFrame[role="line"] { background: @border; border: none; }
QFrame[role="clickable"] { background: @panel; border: 1px solid @border; border-radius: 8px; }
QFrame[role="clickable"]:hover { background: @hover; }
QFrame[role="clickable"]:focus { border-color: @focus; }
QFrame[role="bar"] { background: @tooltip; border: 1px solid @border-strong; border-radius: 9px; }
QFrame[role="bar"] QListView { background: transparent; }
QFrame[role="card"] { background: @panel; border: 1px solid @border; border-radius: 8px; }
"""


def style_sheet(theme: Theme) -> str:
    """The style sheet in the colours of a theme and in sizes relative to the desktop's font."""
    size = QGuiApplication.font().pointSizeF()
    values = {role: theme.color(role).name() for role in theme.roles}
    accent = theme.color("accent")
    values["accent-hover"] = (accent.lighter(112) if theme.dark else accent.darker(112)).name()
    values["small"] = f"{max(7.0, size - 1):g}pt"
    values["large"] = f"{size + 4:g}pt"
    values["tick"] = (
        data("resources") / "icons" / "marks" / f"tick-{'dark' if theme.dark else 'light'}.svg"
    ).as_posix()
    return re.sub(r"@([a-z][a-z-]*)", lambda match: values[match[1]], _SHEET)
