#!/usr/bin/env python3
"""Makes the virtual environment of a checkout: `python3 packaging/bootstrap.py [--extra NAME]...`.

Run by its path and with the standard library alone; `make` calls it whenever pyproject.toml is newer than the stamps
that it leaves behind (.venv/.ready, and .venv/.ready-NAME for each optional group). What is missing on a Debian or
Ubuntu machine (the venv module, Qt's system libraries) is installed where that needs no password; elsewhere the command
to type is printed.

The file has to start on an old Python 3 in order to look for a newer one.
"""

import argparse
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

MINIMUM = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WISHED = ["validate"]  # optional groups for everybody, left out where they cannot be installed
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / ".unfinished"


def say(text: str) -> None:
    """Shows what is being done; at once, because the steps are long."""
    print("==> " + text, flush=True)


def main() -> None:
    """Checks the machine, brings the environment up to date and leaves the stamps that `make` looks at."""
    parser = argparse.ArgumentParser(description="Makes the virtual environment of this checkout.")
    parser.add_argument("--extra", action="append", default=[], help="an optional group of pyproject.toml to add")
    options = parser.parse_args()
    continue_on_new_enough_python()
    require_venv_module()
    require_qt_libraries()
    if not is_sound():
        make_environment()
    install(options.extra)
    for stamp in [".ready", *[f".ready-{extra}" for extra in options.extra]]:
        (VENV / stamp).touch()
    say(f"The environment in {VENV.name} is ready.")


def continue_on_new_enough_python() -> None:
    """Starts this file again with a newer interpreter when this one is too old; ends the run when there is none."""
    if sys.version_info >= MINIMUM:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            say(f"Python {version(sys.version_info)} is too old; going on with {found}.")
            sys.exit(subprocess.call([found, *sys.argv]))
    sys.exit(
        f"Python {version(MINIMUM)} or newer is needed; {sys.executable} is Python {version(sys.version_info)}, "
        f"and none of {', '.join(NEWER)} is on the PATH.\nInstall a newer one and name it: make PY=/path/to/python3.12"
    )


def version(numbers) -> str:
    """The first two of a version's numbers, as people write them."""
    return ".".join(str(number) for number in numbers[:2])


def require_venv_module() -> None:
    """Debian and Ubuntu keep ensurepip, without which no environment can be made, in a package of its own."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    name = f"python{version(sys.version_info)}-venv"
    if debian_install([name]) and subprocess.call([sys.executable, "-c", "import venv, ensurepip"]) == 0:
        return
    sys.exit(
        f"{sys.executable} lacks its venv or ensurepip module.\nInstall it: sudo apt-get install {name}\n"
        "(on other systems than Debian and Ubuntu: the package that completes Python's standard library)"
    )


def require_qt_libraries() -> None:
    """Installs the system libraries that Qt lacks; without the rights says so and goes on, for what needs no window."""
    preflight = load_preflight()
    lacking = preflight.missing(True)
    if not lacking:
        return
    family = preflight.distribution()
    if family == "debian" and debian_install(preflight.packages(lacking, family)) and not preflight.missing(True):
        return
    say(preflight.explain(lacking, family))
    say("Going on without: the window will not open, what needs no window works.")


def load_preflight():
    """designer/preflight.py, which knows the libraries; loaded by path, for nothing is installed yet."""
    spec = importlib.util.spec_from_file_location("preflight", str(ROOT / "designer" / "preflight.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["preflight"] = module
    spec.loader.exec_module(module)
    return module


def debian_install(packages: list) -> bool:
    """Installs Debian packages where apt-get is there and needs no password; whether that worked."""
    rights = administrator()
    if not shutil.which("apt-get") or rights is None:
        return False
    say("Installing system packages: " + " ".join(packages))
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    update = subprocess.call([*apt, "update"], stdin=subprocess.DEVNULL)
    if update != 0:
        say("The package lists could not be refreshed; trying with those that are there.")
    install_command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    return subprocess.call(install_command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) == 0


def administrator():
    """What to put before a command so that it runs with an administrator's rights; None when there are none."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], **quiet) == 0:
        return ["sudo", "-n"]
    return None


def is_sound() -> bool:
    """Whether the environment is one that pip can work in, not one that was cut off or lost its interpreter."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    question = f"import sys; sys.exit(sys.version_info < {MINIMUM})"
    if subprocess.call([str(PYTHON), "-I", "-c", question], stderr=subprocess.DEVNULL) != 0:
        return False
    if subprocess.call([str(PYTHON), "-I", "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return True
    return subprocess.call([str(PYTHON), "-I", "-m", "ensurepip"], stdout=subprocess.DEVNULL) == 0


def make_environment() -> None:
    """Makes the environment anew; the mark inside it stays until `install` has finished once."""
    if VENV.is_symlink() or VENV.exists():
        ours = (VENV / "pyvenv.cfg").exists() or UNFINISHED.exists() or not any(VENV.iterdir())
        if VENV.is_symlink() or not ours:
            sys.exit(f"{VENV} is in the way and is no virtual environment: move it away.")
        say(f"The environment in {VENV.name} is incomplete; making it anew.")
        shutil.rmtree(str(VENV))
    say(f"Making the environment in {VENV.name} with {sys.executable}.")
    VENV.mkdir()
    UNFINISHED.touch()
    subprocess.check_call([sys.executable, "-m", "venv", str(VENV)])


def install(extras: list) -> None:
    """Installs the checkout in place, with these optional groups, at the versions that pyproject.toml pins.

    The build backend goes into the environment too, so that a complete environment needs no network the next time.
    """
    new = UNFINISHED.exists()
    UNFINISHED.touch()
    pins = VENV / "pins.txt"
    pins.write_text("\n".join(read_pins()) + "\n", encoding="utf-8")
    if new:
        say("Installing the libraries; this takes a minute, once.")
    if not (pip(pins, ["hatchling", "editables"]) and install_checkout(pins, extras)):
        if not new:
            UNFINISHED.unlink()  # pip changes nothing when it fails: what was there still works
        sys.exit(
            "The libraries could not be installed, see above; with a network connection, run the same command again."
        )
    UNFINISHED.unlink()


def install_checkout(pins: pathlib.Path, extras: list) -> bool:
    """Installs the checkout with its optional groups, and with those that everybody gets where there are any."""
    if pip(pins, ["--no-build-isolation", "-e", f"{ROOT}[{','.join(extras + WISHED)}]"]):
        return True
    say("Trying without cloudformation-validate, which is not made for every system; the program judges alone then.")
    checkout = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    return pip(pins, ["--no-build-isolation", "-e", checkout])


def read_pins() -> "list[str]":
    """The pinned versions of pyproject.toml, as lines of a pip constraints file."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        table = tomllib.load(file)["tool"]["uv"]
    return sorted({*table["constraint-dependencies"], *table["build-constraint-dependencies"]})


def pip(pins: pathlib.Path, what: list) -> bool:
    """Runs pip's install in the environment; whether it succeeded."""
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    environment = dict(os.environ, PIP_USER="0")
    return subprocess.call([*command, "-c", str(pins), *what], env=environment, stdin=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    main()
