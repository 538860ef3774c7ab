"""Saying what Qt lacks before Qt aborts the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from designer import preflight
from designer.preflight import ALWAYS, WAYLAND, XCB, Library

ROOT = Path(__file__).resolve().parent.parent
LINUX = sys.platform.startswith("linux")
ABSENT = Library("libdesigner-absent.so.7", "libdesigner-absent7", "designer-absent")


def use_screen(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    """Leaves exactly these of the variables that decide how Qt reaches a screen."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_screen_is_an_x_or_wayland_display_or_memory(environment: dict[str, str], expected: bool) -> None:
    """Every way in which Qt gets, or does not get, something to draw on."""
    assert preflight.has_screen(environment) is expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DISPLAY": ":0"}, [ALWAYS + XCB]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, [ALWAYS + WAYLAND]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, [ALWAYS + XCB, ALWAYS + WAYLAND]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "wayland"}, [ALWAYS + WAYLAND]),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, [ALWAYS + XCB]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, [ALWAYS]),
        ({}, [ALWAYS + XCB]),
    ],
)
def test_the_libraries_follow_the_platform(environment: dict[str, str], expected: list[tuple[Library, ...]]) -> None:
    """Nobody is told to install what the platform in use does not load."""
    assert preflight.needed(True, environment) == expected
    assert preflight.needed(False, environment) == [ALWAYS]


@pytest.mark.skipif(not LINUX, reason="only Linux builds of Qt use libraries of the system")
def test_without_a_screen_the_message_says_so_and_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would abort with a core dump here."""
    use_screen(monkeypatch)
    message = preflight.check(screen=True)
    assert message is not None
    assert "DISPLAY" in message
    assert "aws-designer check, export" in message


@pytest.mark.skipif(not LINUX, reason="only Linux builds of Qt use libraries of the system")
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader is really asked: the library of an invented name is missing, those of the process are not."""
    use_screen(monkeypatch, DISPLAY=":0")
    monkeypatch.setattr(preflight, "ALWAYS", (Library("libc.so.6", "libc6", "glibc"), ABSENT))
    monkeypatch.setattr(preflight, "XCB", ())
    monkeypatch.setattr(preflight, "distribution", lambda: "debian")
    assert preflight.missing(True) == [ABSENT]
    message = preflight.check(screen=True)
    assert message is not None
    assert "libdesigner-absent.so.7" in message
    assert "apt-get install --no-install-recommends libdesigner-absent7" in message
    assert "libc.so.6" not in message


@pytest.mark.skipif(not LINUX, reason="only Linux builds of Qt use libraries of the system")
def test_one_complete_way_to_the_screen_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Wayland session offers X too; libraries of the way that is not taken may be missing."""
    use_screen(monkeypatch, DISPLAY=":0", WAYLAND_DISPLAY="wayland-0")
    monkeypatch.setattr(preflight, "ALWAYS", ())
    monkeypatch.setattr(preflight, "XCB", (ABSENT,))
    monkeypatch.setattr(preflight, "WAYLAND", ())
    assert preflight.missing(True) == []
    monkeypatch.setattr(preflight, "WAYLAND", (ABSENT,))
    assert preflight.missing(True) == [ABSENT]


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheels for Windows and macOS are complete, and neither sets DISPLAY."""
    use_screen(monkeypatch)
    monkeypatch.setattr(sys, "platform", "win32")
    assert preflight.check(screen=True) is None
    assert preflight.missing(screen=True) == []


@pytest.mark.parametrize(
    ("release", "family"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ({"ID": "fedora"}, "fedora"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ({"ID": "arch"}, None),
    ],
)
def test_the_family_of_the_distribution(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], family: str | None
) -> None:
    """Derived distributions count to the one they say they are like."""
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    assert preflight.distribution() == family


def test_a_system_that_does_not_say_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """os-release may be absent."""

    def absent() -> dict[str, str]:
        raise FileNotFoundError("os-release")

    monkeypatch.setattr("platform.freedesktop_os_release", absent)
    assert preflight.distribution() is None


def test_commands_and_names_of_each_family() -> None:
    """Packages once each, however many of their libraries are missing; library names where packages are not known."""
    lacking = [lib for lib in XCB if lib.fedora == "libxcb"]
    assert len(lacking) > 1
    assert preflight.install_command(lacking, "fedora") == "sudo dnf install libxcb"
    assert "libxcb-shape0" in preflight.install_command(lacking, "debian")
    unknown = preflight.explain(lacking, None)
    assert all(lib.soname in unknown for lib in lacking)
    assert "libxcb-shape0" not in unknown


def test_it_needs_neither_qt_nor_the_rest_of_the_program() -> None:
    """The set-up of a checkout runs it by its path, on a machine where nothing is installed."""
    code = (
        "import runpy, sys; runpy.run_path('designer/preflight.py');"
        "sys.exit(any(name.split('.')[0] in ('PySide6', 'designer') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-I", "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_list_for_the_package_manager_covers_what_qt_needs() -> None:
    """Every package of packaging/linux/apt-packages.txt stands for a library here, so the two cannot drift apart."""
    lines = (ROOT / "packaging/linux/apt-packages.txt").read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if line and not line.startswith("#")}
    known = {library.debian for library in ALWAYS + XCB}
    brought_along = {
        "libx11-6": "libx11-xcb1",
        "libxkbcommon0": "libxkbcommon-x11-0",
        "libxcb-image0": "libxcb-cursor0",
        "libxcb-render0": "libxcb-cursor0",
        "libxcb-render-util0": "libxcb-cursor0",
        "libxcb-shm0": "libxcb-cursor0",
        "libxcb-xkb1": "libxkbcommon-x11-0",
    }
    assert listed == known - set(brought_along)
    assert set(brought_along.values()) <= listed


@pytest.mark.skipif(not LINUX or "QT_QPA_PLATFORM" not in os.environ, reason="asks for the platform of the run")
def test_where_the_check_is_silent_qt_starts() -> None:
    """The check and Qt agree about this machine: a process of its own, because Qt would take this one down."""
    if preflight.check(screen=True) is not None:
        pytest.skip("Qt cannot start here")
    code = "from PySide6.QtWidgets import QApplication; QApplication([]); print('started')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "started", result.stderr


def test_the_commands_that_it_names_exist() -> None:
    """A way out that leads nowhere is worse than none."""
    from designer.cli.main import main

    for command in preflight.HEADLESS_HELP.rpartition("aws-designer ")[2].rstrip(".").split(", "):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, command
