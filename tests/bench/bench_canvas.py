"""The canvas side by side with other ways to draw the same graph. Run as a program; prints tables of ratios, and goals.

    python -m tests.bench.bench_canvas [--only PROGRAM,...] [--rounds N] [components ...]
                                                                        (default 100 1000 5000 10000)

Programs, each in a process of its own, at each size:

- canvas: the product's own canvas with icons, names, networks with lanes, routed wires and badges of findings, through
  real mouse events and the document's undo.
- items: plain C++ graphics items (rectangle, pixmap, text, path), no Python while painting.
- naive: an item with a Python `paint` for every component and every wire, everything drawn at every zoom.
- NodeGraphQt, and the canvas of Orange: where they are installed (`pip install NodeGraphQt orange-canvas-core PyQt6
  "setuptools<81"`).

A repaint shows what is there once more, as when another window goes away; a redraw has everything drawn anew. The
others keep no pictures: to them both are the same.

The graph has 1.5 wires per component, and one component with 20. Near is zoom 1, mid 0.25, far shows everything.
With several rounds the programs run in turn, and the least of each measure counts: what else a machine does only adds.
Numbers are medians of processor time of the window's thread in milliseconds (build in seconds, memory growth in MB); in
brackets how many times the canvas's number that is. Read the ratios: they hold on other machines. A dash: not measured
within ten minutes, or the program did not do what was asked.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import subprocess
import sys

from tests.bench.canvas.goals import verdict
from tests.bench.canvas.run import MEASURES, PROGRAMS, Run

SIZES = (100, 1_000, 5_000, 10_000)
_TIME_LIMIT = 600


def _in_process(name: str, size: int) -> dict[str, float]:
    """The measures of one program at one size, as far as it came."""
    command = [sys.executable, "-m", "tests.bench.bench_canvas", "--one", name, str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False)
        out, failed = done.stdout, done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except subprocess.TimeoutExpired as cut:
        out, failed = (cut.stdout or b"").decode(), [f"stopped after {_TIME_LIMIT} s"]
    if failed:
        sys.stderr.write(f"{name} {size}: {failed[0]}\n")
    found: dict[str, float] = {}
    for line in out.splitlines():
        if line.startswith("{"):
            found.update(json.loads(line))
    return found


def _least(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    found = one | other
    return {measure: min(one.get(measure, value), value) for measure, value in found.items()}


def _row(cells: list[str]) -> str:
    return cells[0].ljust(20) + "".join(cell.rjust(19) for cell in cells[1:])


def _table(size: int, results: dict[str, dict[str, float]]) -> str:
    own = results.get("canvas", {})
    lines = [f"{size} components, {size * 3 // 2} wires", _row(["", *results])]
    for measure in MEASURES:
        cells = [measure]
        for name, result in results.items():
            value, base = result.get(measure, math.nan), own.get(measure, math.nan)
            if math.isnan(value):
                cells.append("-")
            elif name == "canvas" or math.isnan(base):
                cells.append(f"{value:.2f}")
            else:
                cells.append(f"{value:.2f} ({value / max(base, 1e-3):.1f}x)")
        lines.append(_row(cells))
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measures all programs at all sizes, or one (`--one PROGRAM SIZE`), which prints JSON."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments[:1] == ["--one"]:
        Run(arguments[1], int(arguments[2])).all()
        # Taking ten thousand items apart politely takes longer than all the measures.
        os._exit(0)
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", type=lambda names: names.split(","), default=list(PROGRAMS))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    options = parser.parse_args(arguments)
    names = [name for name, made in PROGRAMS.items() if all(map(importlib.util.find_spec, made.needs))]
    names = [name for name in names if name in options.only]
    results: dict[tuple[str, int], dict[str, float]] = {}
    for size in options.sizes:
        for _round in range(options.rounds):
            for name in names:
                results[name, size] = _least(results.get((name, size), {}), _in_process(name, size))
        sys.stdout.write(_table(size, {name: results[name, size] for name in names}) + "\n\n")
        sys.stdout.flush()
    sys.stdout.write(verdict(results) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
