"""What both sessions end with: the drawing is saved and its template exported, by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop import Desktop, until


def save(desktop: Desktop, path: Path) -> None:
    """Saves under a path typed into the file dialog."""
    desktop.keys("ctrl+s")
    desktop.find("dialog", starts="Save")
    desktop.keys("ctrl+a")
    desktop.type(str(path))
    desktop.keys("Return")
    until(lambda: path.exists() and path.stat().st_size > 0, f"{path.name} on disk")
    desktop.gone("dialog", starts="Save")
    desktop.wait_active()


def export(desktop: Desktop, path: Path, picture: Callable[[str], object]) -> None:
    """Exports to the path that the dialog proposes: beside the drawing, with its name."""
    desktop.keys("ctrl+e")
    desktop.find("dialog", starts="Export")
    picture("4-export")
    desktop.keys("Return")
    until(lambda: path.exists() and path.stat().st_size > 0, f"{path.name} on disk")
    picture("5-exported")
