"""Takes all pictures anew and keeps those that look otherwise: `make pictures`, or `python -m tests.visual.renew`.

`make pictures ARGS=--docs` takes those of README and documentation instead.

Look at what `git diff` shows before it is committed: the pictures say how the window is meant to look.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication, QImage

from tests.visual.compare import ALLOWED, differing, shrunk
from tests.visual.shoot import shoot
from tests.visual.views import DOCUMENTED, FONTS, KEPT, View, fonts_are_there, views

_DOCUMENTATION = Path(__file__).resolve().parent.parent.parent / "docs" / "images"


def renew(everything: bool) -> list[str]:
    """Replaces the pictures that look otherwise, or `everything`; the names of those that were replaced."""
    KEPT.mkdir(exist_ok=True)
    changed = []
    with tempfile.TemporaryDirectory(prefix="designer-views-") as folder:
        for ratio in sorted({view.ratio for view in views()}):
            shoot(Path(folder), ratio)
        for view in views():
            taken = QImage(str(Path(folder) / f"{view.name}.png"))
            if everything or _looks_otherwise(view, taken):
                shrunk(taken, view.ratio).save(str(view.kept), "PNG", 0)
                changed.append(view.name)
    names = {view.kept for view in views()}
    for old in set(KEPT.glob("*.png")) - names:
        old.unlink()
        changed.append(f"{old.stem} (gone)")
    return changed


def document() -> list[str]:
    """Takes the pictures of README and documentation, in full size."""
    with tempfile.TemporaryDirectory(prefix="designer-views-") as folder:
        shoot(Path(folder), 1, [view.name for view in DOCUMENTED])
        for view, file in DOCUMENTED.items():
            QImage(str(Path(folder) / f"{view.name}.png")).save(str(_DOCUMENTATION / file), "PNG", 0)
    return [f"docs/images/{file}" for file in DOCUMENTED.values()]


def _looks_otherwise(view: View, taken: QImage) -> bool:
    kept = QImage(str(view.kept))
    return kept.isNull() or len(differing(kept, taken, view.size)) > ALLOWED


if __name__ == "__main__":
    app = QGuiApplication([])
    if not fonts_are_there():
        sys.exit(f"the pictures are made with {' and '.join(FONTS)}: install them (Debian: fonts-dejavu-core)")
    for name in document() if "--docs" in sys.argv else renew(everything="--all" in sys.argv):
        print(name)
