"""Takes pictures of views: `python -m tests.visual.shoot FOLDER RATIO [NAME ...]`, a process for each pixel ratio.

A screen's pixel ratio is fixed when the program starts, and so are the settings, which a run of its own begins without.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent


def shoot(folder: Path, ratio: int, names: Iterable[str] = ()) -> None:
    """Puts the pictures of the named views (of all of a ratio where none is named) into a folder, as NAME.png."""
    with tempfile.TemporaryDirectory(prefix="designer-views-") as home:
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=str(ratio), LC_ALL="C.UTF-8")
        environment |= {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE")}
        command = [sys.executable, "-m", "tests.visual.shoot", str(folder), str(ratio), *names]
        done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"no pictures were taken:\n{done.stdout}{done.stderr}")


def _main(folder: Path, ratio: int, names: set[str]) -> None:
    from designer.catalog.catalog import load_catalog
    from designer.gui.app import application
    from tests.visual.views import DOCUMENTED, Studio, views

    app = application()
    studio = Studio(load_catalog())
    for view in (*views(), *DOCUMENTED) if names else views():
        if view.ratio == ratio and (not names or view.name in names):
            studio.take(view).save(str(folder / f"{view.name}.png"))
    studio.close()
    del app


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), set(sys.argv[3:]))
