#!/usr/bin/python3
"""A desktop of its own for one test: a screen, a window manager, and the accessibility tree to find things by.

Runs under the system's Python, which has the AT-SPI bindings; acts with xdotool as a person does with mouse and
keyboard. Nothing here knows the program's code: things are found by their accessible role and name alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

PATIENCE = 40.0
_MENUS = ("menu bar", "scroll bar", "separator")
"""What is not gone through in search of the keyboard: it is large, or never has it."""


def inside_message_bus() -> None:
    """Starts this script again with a private message bus, once."""
    if "DESKTOP_BUS" not in os.environ:
        os.environ["DESKTOP_BUS"] = "1"
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])


def until(look, what, patience=PATIENCE):
    """What `look` gives as soon as it is true; the tree may move while it is read, so its errors are "not yet"."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            found = look()
        except Exception:
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never seen: {what}")


def _child(thing, index: int):
    """A child, or nothing where it went while the tree was read."""
    try:
        child = thing.getChildAtIndex(index)
        child.getRoleName()
        return child
    except Exception:
        return None


def _has_keyboard(thing, pyatspi) -> bool:
    """Whether keys go to a thing. Items and tabs say so of themselves while only their list would have them."""
    if not thing.getState().contains(pyatspi.STATE_FOCUSED):
        return False
    role, around = thing.getRoleName(), thing.parent.getState().contains(pyatspi.STATE_FOCUSED)
    if role == "filler":
        return not around  # the view of what has it says so too
    return around or role not in ("list item", "tree item", "table cell", "page tab")


class Desktop:
    """Screen, window manager and accessibility bus, with the program's window on it."""

    def __init__(self, size: str = "1440x900x24") -> None:
        self._started: list[subprocess.Popen] = []
        self._screen(size)

    def __enter__(self) -> Desktop:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._started:
            process.wait(10)

    def start(self, *command: str, **options: object) -> subprocess.Popen:
        """Starts a program on this desktop."""
        self._started.append(subprocess.Popen(command, start_new_session=True, **options))
        return self._started[-1]

    def _screen(self, size: str) -> None:
        read, write = os.pipe()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.start(
            "Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", pass_fds=[write], **quiet
        )
        os.close(write)
        os.environ["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
        for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        os.environ |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORMTHEME": "", "LC_ALL": "C.UTF-8"}
        self.start("openbox", "--sm-disable", **quiet)
        self.start("/usr/libexec/at-spi-bus-launcher", "--launch-immediately", **quiet)
        time.sleep(0.5)

    # Finding

    def all(self, role: str, name: str | None = None, starts: str | None = None) -> list:
        """Everything of a role, with a name or the start of one."""
        return [
            thing
            for thing in self._things()
            if thing.getRoleName() == role
            and (name is None or thing.name == name)
            and (starts is None or thing.name.startswith(starts))
        ]

    def _things(self, without: tuple[str, ...] = ()):
        """Everything there is, but for what stands in things of some roles."""
        import pyatspi

        for application in pyatspi.Registry.getDesktop(0):
            yield from self._walk(application, without)

    def _walk(self, thing, without: tuple[str, ...], depth: int = 0):
        yield thing
        for index in range(thing.childCount if depth < 16 else 0):
            child = _child(thing, index)
            if child is not None and child.getRoleName() not in without:
                yield from self._walk(child, without, depth + 1)

    def find(self, role: str, name: str | None = None, starts: str | None = None, patience: float = PATIENCE):
        """The first thing of a role and name, waited for."""
        what = f"{role} {name or starts!r}"
        return until(lambda: next(iter(self.all(role, name, starts)), None), what, patience)

    def labelled(self, role: str, label: str):
        """The field of a role that a label names (a combo box is called by its value on this platform)."""

        def look():
            return next((thing for thing in self.all(role) if label in self.labels(thing)), None)

        return until(look, f"{role} labelled {label!r}")

    @staticmethod
    def labels(thing) -> list[str]:
        """The names of what labels a thing."""
        import pyatspi

        relations = thing.getRelationSet()
        return [each.getTarget(0).name for each in relations if each.getRelationType() == pyatspi.RELATION_LABELLED_BY]

    def gone(self, role: str, name: str | None = None, starts: str | None = None) -> None:
        """Waits until there is no such thing."""
        until(lambda: not self.all(role, name, starts), f"the end of {role} {name or starts!r}")

    def focused(self):
        """The innermost thing that has the keyboard, or none."""
        import pyatspi

        return next(reversed([each for each in self._things(_MENUS) if _has_keyboard(each, pyatspi)]), None)

    def wait_focused(self, role: str, name: str | None = None, starts: str | None = None):
        """Waits until a thing of a role, with a name or the start of one, has the keyboard."""

        def look():
            thing = self.focused()
            fits = thing is not None and thing.getRoleName() == role
            fits = fits and (name is None or thing.name == name)
            return thing if fits and (starts is None or thing.name.startswith(starts)) else None

        return until(look, f"the keyboard on {role} {name or starts!r}")

    def wait_active(self) -> None:
        """Waits until the program's window has the keyboard, as it has again once a dialog is gone.

        A window that came before the window manager was there is given it by Alt+Tab.
        """
        import pyatspi

        def look() -> bool:
            return any(frame.getState().contains(pyatspi.STATE_ACTIVE) for frame in self.all("frame"))

        try:
            until(look, "an active window", PATIENCE / 4)
        except AssertionError:
            self.keys("alt+Tab")
            until(look, "an active window")

    @staticmethod
    def leads_to(thing) -> list[str]:
        """The names of what flows on from a thing of the drawing."""
        import pyatspi

        relations = [each for each in thing.getRelationSet() if each.getRelationType() == pyatspi.RELATION_FLOWS_TO]
        return [each.getTarget(index).name for each in relations for index in range(each.getNTargets())]

    @staticmethod
    def box(thing) -> tuple[int, int, int, int]:
        """Its place on the screen: left, top, width, height."""
        import pyatspi

        extents = thing.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        return extents.x, extents.y, extents.width, extents.height

    def centre(self, thing) -> tuple[int, int]:
        """The middle of its place on the screen."""
        x, y, width, height = self.box(thing)
        return x + width // 2, y + height // 2

    # Acting

    @staticmethod
    def xdotool(*words: object) -> None:
        """One xdotool command."""
        subprocess.run(["xdotool", *map(str, words)], check=True)

    def click(self, thing, button: int = 1, times: int = 1) -> None:
        """Clicks into the middle of a thing."""
        self.xdotool("mousemove", *self.centre(thing), "click", "--repeat", times, "--delay", 60, button)

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 12) -> None:
        """Presses at one point, moves in steps, releases at the other."""
        words: list[object] = ["mousemove", *start, "sleep", 0.15, "mousedown", 1, "sleep", 0.05]
        for step in range(1, steps + 1):
            x = start[0] + (end[0] - start[0]) * step // steps
            y = start[1] + (end[1] - start[1]) * step // steps
            words += ["mousemove", x, y, "sleep", 0.02]
        self.xdotool(*words, "sleep", 0.05, "mouseup", 1)

    def keys(self, *names: str) -> None:
        """Presses keys or chords, one after the other."""
        self.xdotool("key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        """Types a text."""
        self.xdotool("type", "--delay", 12, text)

    def picture(self, path: str) -> None:
        """A picture of the whole screen."""
        subprocess.run(["import", "-window", "root", path], check=True)
