"""Time from the start of the process to the first painted window: ours with a sample, and a bare QGraphicsView window.

    python tests/bench/bench_start.py [runs]

Both in one run, alternating, each in a process of its own; medians and their ratio. Goal: at most 2.0.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FIRST_PAINT = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.isWindow():
            QTimer.singleShot(0, self.report)
            QApplication.instance().removeEventFilter(self)
        return False
    def report(self):
        print(time.monotonic() - float(sys.argv[1]))
        QApplication.instance().exit(0)
"""

_BARE = (
    _FIRST_PAINT
    + """
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QMainWindow
app = QApplication([])
watch = Watch()
app.installEventFilter(watch)
window = QMainWindow()
scene = QGraphicsScene(0, 0, 1000, 800)
view = QGraphicsView(scene)
scene.addRect(100, 100, 200, 100)
window.setCentralWidget(view)
window.resize(1280, 800)
window.show()
app.exec()
"""
)

_OURS = (
    _FIRST_PAINT
    + """
import designer.gui.app as program
watch = Watch()
make = program.application
def application():
    app = make()
    app.installEventFilter(watch)
    return app
program.application = application
program.main(None, sample="three-tier")
"""
)


def first_paint(code: str, environment: dict[str, str]) -> float:
    """Seconds until the first paint of one process."""
    command = [sys.executable, "-c", code]
    started = time.monotonic()
    result = subprocess.run(
        [*command, str(started)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return float(result.stdout.split()[-1])


def main() -> None:
    """Prints the medians and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    for code in (_BARE, _OURS):
        first_paint(code, environment)  # warms file caches and byte code
    bare, ours = [], []
    for _ in range(runs):
        bare.append(first_paint(_BARE, environment))
        ours.append(first_paint(_OURS, environment))
    low, high = statistics.median(bare), statistics.median(ours)
    print(f"bare QGraphicsView window  {low * 1000:6.0f} ms")
    print(f"our window with a sample   {high * 1000:6.0f} ms   {high / low:.2f}x (goal: at most 2.0)")


if __name__ == "__main__":
    main()
