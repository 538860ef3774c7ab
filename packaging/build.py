#!/usr/bin/env python3
"""Builds everything that can be handed out into dist/: `python packaging/build.py [--only wheel|program|deb]...`.

`wheel` is the Python package, `program` the stand-alone program (a folder and a tar.xz of it), `deb` the Debian package
made from that folder. What was built is tried before it is packed. `make build` runs this in an environment that has
the optional group `package`.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build"
DIST = ROOT / "dist"
FOLDER = DIST / "aws-designer"
PROGRAM = FOLDER / ("aws-designer.exe" if os.name == "nt" else "aws-designer")
PARTS = ("wheel", "program", "deb")
COMMON_LICENCES = Path("/usr/share/common-licenses")
OPEN_SECONDS = 8
TRY_SECONDS = 60


def main() -> None:
    """Builds the parts asked for, or all that this system can build."""
    parser = argparse.ArgumentParser(description="Builds the packages of the AWS architecture designer into dist/.")
    parser.add_argument("--only", action="append", choices=PARTS, help="build this part; can be given several times")
    parts = parser.parse_args().only or [part for part in PARTS if part != "deb" or shutil.which("dpkg-deb")]
    DIST.mkdir(exist_ok=True)
    if "wheel" in parts:
        build_wheel()
    if "program" in parts:
        build_program()
        try_program()
        pack_program()
    if "deb" in parts:
        run([sys.executable, str(ROOT / "packaging" / "linux" / "deb.py"), str(FOLDER), str(DIST)])


def run(command: list[str], **more: object) -> None:
    """Runs a command, showing it; ends the build when it fails or, where a timeout is given, does not end."""
    print("==>", " ".join(command), flush=True)
    try:
        result = subprocess.run(command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL, **more)
    except subprocess.TimeoutExpired as error:
        sys.exit(f"{command[0]} did not end within {error.timeout} seconds")
    if result.returncode != 0:
        sys.exit(f"{command[0]} failed with exit code {result.returncode}")


def build_wheel() -> None:
    """The wheel and the source archive; without a build environment of its own, so that no network is needed."""
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT)])


def build_program() -> None:
    """The stand-alone program in dist/aws-designer/."""
    if sys.platform.startswith("linux"):
        for tool, package in (("objdump", "binutils"), ("ldd", "libc-bin")):
            if not shutil.which(tool):
                sys.exit(f"{tool} is missing, which PyInstaller needs. Install it: sudo apt-get install {package}")
    spec = ROOT / "packaging" / "designer.spec"
    folders = ["--distpath", str(DIST), "--workpath", str(WORK)]
    run([sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders, str(spec)])
    collect_licences()


def collect_licences() -> None:
    """Puts the licence texts of the bundled libraries beside the program; Qt's is the LGPL, which asks for that."""
    from importlib.metadata import PackageNotFoundError, distribution

    names = ("PySide6-Essentials", "shiboken6", "networkx", "PyYAML", "Jinja2", "MarkupSafe", "cloudformation-validate")
    for name in names:
        try:
            found = distribution(name)
        except PackageNotFoundError:
            if name != "cloudformation-validate":
                raise
            continue
        target = FOLDER / "licences" / name
        target.mkdir(parents=True, exist_ok=True)
        (target / "METADATA").write_text(found.read_text("METADATA") or "", encoding="utf-8")
        for file in found.files or []:
            if re.search(r"licen[cs]e|copying|notice", str(file), re.IGNORECASE) and file.suffix in (
                "",
                ".txt",
                ".rst",
            ):
                source = Path(str(found.locate_file(file)))
                if source.is_file():
                    shutil.copy(source, target / source.name)
    for name in ("LGPL-3", "GPL-3"):  # Qt's wheels name their licence without its text
        text = COMMON_LICENCES / name
        if text.is_file():
            shutil.copy(text, FOLDER / "licences" / name)
        else:
            print(f"==> {text} is not here: add the text of {name} to {FOLDER / 'licences'} before handing out")


def try_program() -> None:
    """Starts what was built, without a screen: the command line, then the window, which has to stay open."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for arguments in (["--version"], ["--help"]):
        run([str(PROGRAM), *arguments], env=environment, timeout=TRY_SECONDS)
    tried = str(WORK / "tried.yaml")
    run([str(PROGRAM), "export", "sample:three-tier", "-o", tried, "--lint"], env=environment, timeout=TRY_SECONDS)
    print("==> the window, on the sample three-tier", flush=True)
    window = subprocess.Popen([str(PROGRAM), "sample:three-tier"], env=environment, stdin=subprocess.DEVNULL)
    try:
        code = window.wait(OPEN_SECONDS)
    except subprocess.TimeoutExpired:
        window.terminate()
        window.wait()
        return
    sys.exit(f"the window closed by itself, with exit code {code}")


def pack_program() -> None:
    """Packs the folder under a name that says for which system it is."""
    system = f"{platform.system().lower()}-{platform.machine().lower()}"
    archive = DIST / f"aws-designer-{version()}-{system}.tar.xz"
    print("==> packing", archive.name, flush=True)
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(FOLDER, arcname=f"aws-designer-{version()}")


def version() -> str:
    """The program's version, from the one place where it stands."""
    text = (ROOT / "designer" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if not found:
        sys.exit("designer/__init__.py names no __version__")
    return found[1]


if __name__ == "__main__":
    main()
