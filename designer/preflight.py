"""Can Qt start here? Asked before Qt is imported, because Qt aborts the process instead of raising an error.

Only the standard library is used and nothing else of the program is imported: the set-up of a checkout runs this file
by its path, before anything is installed.

The libraries are those that `ldd` shows for QtGui, QtWidgets and the platform plugins of PySide6-Essentials 6.11 and
that are not part of the wheel. The Debian names are those of Debian 12 and Ubuntu 22.04; the Fedora names are those of
Fedora's own packages.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Distribution = Literal["debian", "fedora"]

HEADLESS_PLATFORMS = frozenset({"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs"})
NO_SCREEN = "There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set, so the window cannot open."
HEADLESS_HELP = "Commands that need no window: aws-designer check, export, new, samples, services, relations, schema."


class Library(NamedTuple):
    """A shared library by the name that the loader looks for, and the package that brings it."""

    soname: str
    debian: str
    fedora: str


ALWAYS = (
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libX11.so.6", "libx11-6", "libX11"),
)
XCB = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)


def check(screen: bool) -> str | None:
    """Why Qt would abort here, in words for the user, or None when it can start.

    `screen`: whether a window is to be shown; without one only what Qt needs to draw into memory is looked for.
    """
    if not sys.platform.startswith("linux"):
        return None
    if screen and not has_screen(os.environ):
        return f"{NO_SCREEN}\n{HEADLESS_HELP}"
    lacking = missing(screen)
    return f"{explain(lacking, distribution())}\n{HEADLESS_HELP}" if lacking else None


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether Qt finds something to show its window on; a platform that draws into memory counts."""
    if _platform(environment) in HEADLESS_PLATFORMS:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def needed(screen: bool, environment: Mapping[str, str]) -> list[tuple[Library, ...]]:
    """The libraries of each platform plugin with which Qt could start here; one complete set is enough.

    The first is what a person should install. A Wayland session usually offers an X server too, and Qt takes the one
    that it can load.
    """
    chosen = _platform(environment)
    if not screen or chosen in HEADLESS_PLATFORMS:
        return [ALWAYS]
    if chosen:
        return [ALWAYS + (WAYLAND if chosen.startswith("wayland") else XCB)]
    offered = {"DISPLAY": ALWAYS + XCB, "WAYLAND_DISPLAY": ALWAYS + WAYLAND}
    return [libraries for variable, libraries in offered.items() if environment.get(variable)] or [ALWAYS + XCB]


def missing(screen: bool) -> list[Library]:
    """The libraries that Qt needs here and that the loader cannot load; always empty on other systems than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = [[lib for lib in libraries if not _loads(lib.soname)] for libraries in needed(screen, os.environ)]
    return [] if [] in lacking else lacking[0]


def distribution() -> Distribution | None:
    """The family of the running Linux distribution, where its package names are known."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if family & {"debian", "ubuntu"}:
        return "debian"
    if family & {"fedora", "rhel", "centos"}:
        return "fedora"
    return None


def packages(libraries: Iterable[Library], family: Distribution) -> list[str]:
    """The names of the packages that bring these libraries, each once, in a fixed order."""
    return sorted({library.debian if family == "debian" else library.fedora for library in libraries})


def install_command(libraries: Iterable[Library], family: Distribution) -> str:
    """The command line, for an administrator, that installs what is missing."""
    names = " ".join(packages(libraries, family))
    if family == "debian":
        return f"sudo apt-get install --no-install-recommends {names}"
    return f"sudo dnf install {names}"


def explain(libraries: Iterable[Library], family: Distribution | None) -> str:
    """What is missing and what installs it; only the names of the libraries where the distribution is not known."""
    libraries = list(libraries)
    names = ", ".join(library.soname for library in libraries)
    if family is None:
        return f"Qt needs system libraries that are missing: {names}.\nInstall the packages that bring them."
    return f"Qt needs system libraries that are missing: {names}.\nInstall them: {install_command(libraries, family)}"


def _platform(environment: Mapping[str, str]) -> str:
    """The platform plugin that the user chose ("xcb" of "xcb:option;wayland"), or the empty string."""
    return environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True
