"""What holds for every test: no screen, nobody's settings or accounts, and nothing left running."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

from designer import preflight

# Before Qt is imported. Tests of what only a window system can do start one of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_TESTS_PER_FULL_COLLECTION = 20
"""Between them only what is new is looked through for garbage, with what the test before has left."""

_LAST_WAIT_MS = 20_000
"""So long what a test has started may take to end; on a busy machine a disk alone takes seconds."""

_FOLDERS = tempfile.TemporaryDirectory(prefix="designer-tests-", ignore_cleanup_errors=True)
_HOME = Path(_FOLDERS.name)


def _isolate(environment: dict[str, str]) -> None:
    """Points everything that the program or a library reads from the user's account at an empty folder."""
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        folder = _HOME / name.lower()
        folder.mkdir()
        environment[f"XDG_{name}_HOME"] = str(folder)
    if "XDG_RUNTIME_DIR" not in environment:
        runtime = _HOME / "runtime"
        runtime.mkdir(mode=0o700)
        environment["XDG_RUNTIME_DIR"] = str(runtime)
    environment.update(
        AWS_ACCESS_KEY_ID="testing",
        AWS_SECRET_ACCESS_KEY="testing",
        AWS_DEFAULT_REGION="eu-central-1",
        AWS_EC2_METADATA_DISABLED="true",
        AWS_CONFIG_FILE=str(_HOME / "aws-config"),
        AWS_SHARED_CREDENTIALS_FILE=str(_HOME / "aws-credentials"),
    )
    # The window speaks the desktop's language unless told otherwise.
    environment["LC_ALL"] = "C.UTF-8"
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "LANGUAGE"):
        environment.pop(name, None)


_isolate(os.environ)  # type: ignore[arg-type]

# Machines of continuous integration are slow and shared: no deadline, and there the same examples on every run.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "local")

_QT_LACKS = preflight.missing(screen=False)
_NEED_QT = ["gui", "end_to_end", "test_canary.py"]
# Continuous integration has to fail where a person is told what to install.
_WITHOUT_QT = bool(_QT_LACKS) and not os.environ.get("CI")
collect_ignore = _NEED_QT if _WITHOUT_QT else []


def pytest_plugin_registered(plugin_name: str, manager: pytest.PytestPluginManager) -> None:
    """pytest-qt ends the whole run when Qt cannot be loaded; the tests without Qt run nevertheless."""
    if _WITHOUT_QT and plugin_name == "pytest-qt":
        manager.unregister(name=plugin_name)


def pytest_report_header() -> str:
    """Says at the top which window system the run uses."""
    return f"qt platform: {os.environ['QT_QPA_PLATFORM']}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says at the end, where it is seen, that and why a part of the tests did not run."""
    if _WITHOUT_QT:
        terminalreporter.section("NOT RUN: " + ", ".join(f"tests/{name}" for name in _NEED_QT))
        terminalreporter.line(preflight.explain(_QT_LACKS, preflight.distribution()))


def pytest_collection_finish() -> None:
    """What the tests and the libraries are made of stays; looking through it for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Where there is Qt, garbage is looked for after each test and by nobody else, as in the running program.

    Python would look in whichever thread it happens to be, and destroy the widgets of an earlier test in a worker.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect(1 if gc.get_count()[2] < _TESTS_PER_FULL_COLLECTION else 2)
        gc.enable()


def pytest_unconfigure() -> None:
    """Removes the folders of the run."""
    _FOLDERS.cleanup()


def _qt_core() -> ModuleType | None:
    """PySide6.QtCore where something has imported it; the headless tests must not pay for it."""
    return sys.modules.get("PySide6.QtCore")


@pytest.fixture(scope="session", autouse=True)
def isolated_settings() -> None:
    """QSettings reads and writes files of the run, also where the system keeps settings in a registry."""
    core = _qt_core()
    if core is not None:
        core.QSettings.setDefaultFormat(core.QSettings.Format.IniFormat)
        for scope in (core.QSettings.Scope.UserScope, core.QSettings.Scope.SystemScope):
            core.QSettings.setPath(core.QSettings.Format.IniFormat, scope, str(_HOME / "config"))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> object:  # noqa: ARG001 - it acts on the application
    """The one of pytest-qt, with more patience."""
    from tests.patience import PatientBot

    return PatientBot(request)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test ends only when the threads that it started have ended; a thread left over disturbs a later test."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + _LAST_WAIT_MS / 1000
    for thread in _threads_since(before):
        thread.join(max(0.0, end - time.monotonic()))
    left = _threads_since(before)
    assert not left, f"threads left running: {', '.join(thread.name for thread in left)}"


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    """The threads that run now and did not then; without the stand-ins that Python makes for threads of Qt."""
    return [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.name.startswith("Dummy-")]


@pytest.fixture(autouse=True)
def no_qt_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same for QThread, and for tasks of the application's thread pool."""
    core = _qt_core()
    if core is None:
        yield
        return
    started = []
    start = core.QThread.start

    def remembered(thread: object, *arguments: object) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(core.QThread, "start", remembered)
    yield
    left = [thread for thread in started if _runs_on(thread)]
    assert not left, f"QThread left running: {left}"
    if core.QCoreApplication.instance() is not None:
        assert core.QThreadPool.globalInstance().waitForDone(_LAST_WAIT_MS), "tasks left in the global QThreadPool"


def _runs_on(thread: object) -> bool:
    """Whether a QThread still runs after a last wait; one whose C++ object is deleted has ended."""
    from shiboken6 import isValid

    return isValid(thread) and thread.isRunning() and not thread.wait(_LAST_WAIT_MS)  # type: ignore[attr-defined]
