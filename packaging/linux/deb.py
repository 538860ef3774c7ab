#!/usr/bin/env python3
"""Makes a Debian package of the stand-alone program: `python packaging/linux/deb.py PROGRAM_FOLDER OUTPUT_FOLDER`.

Needs dpkg-deb and no rights. The program goes to /opt/aws-architecture-designer, with a link in /usr/bin, an entry in
the applications menu and the file type *.arch.yaml.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = "aws-architecture-designer"
HOME = f"opt/{NAME}"
# What the bundle leaves to the system: the C library that Qt's wheel was built for, the graphics drivers and the fonts.
DEPENDS = "libc6 (>= 2.34), libgl1, libegl1, fontconfig, libwayland-cursor0, libwayland-egl1"
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The AWS architecture designer contributors <noreply@localhost>
Installed-Size: {size}
Depends: {depends}
Section: devel
Priority: optional
Description: offline desktop designer for AWS architectures
 Draw an architecture of AWS services, see at once which single failure stops
 it, and export a CloudFormation template that deploys.
"""


def main() -> None:
    """Builds the tree of files in a temporary folder and packs it."""
    parser = argparse.ArgumentParser(description="Makes a Debian package of the stand-alone program.")
    parser.add_argument("program", type=Path, help="the folder that PyInstaller made")
    parser.add_argument("output", type=Path, help="where to put the package")
    options = parser.parse_args()
    if not (options.program / "aws-designer").is_file():
        sys.exit(f"{options.program} does not hold the program aws-designer; build it first: packaging/build.py")
    if not shutil.which("dpkg-deb"):
        sys.exit("dpkg-deb is missing. Install it: sudo apt-get install dpkg")
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    package = options.output / f"{NAME}_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="deb-") as folder:
        tree = Path(folder) / "tree"
        lay_out(tree, options.program)
        write_control(tree, architecture)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, package], check=True)


def lay_out(tree: Path, program: Path) -> None:
    """Puts every file where it is to be after the installation."""
    tree.mkdir(mode=0o755)
    shutil.copytree(program, tree / HOME, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/aws-designer").symlink_to(f"/{HOME}/aws-designer")
    for source, target in (
        (HERE / f"{NAME}.desktop", "usr/share/applications"),
        (HERE / f"{NAME}.xml", "usr/share/mime/packages"),
        (HERE / f"{NAME}.metainfo.xml", "usr/share/metainfo"),
    ):
        put(source, tree / target / source.name)
    put(ROOT / "resources/icons/app.svg", tree / f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg")
    put(ROOT / "LICENSE", tree / f"usr/share/doc/{NAME}/copyright")


def put(source: Path, target: Path) -> None:
    """Copies a file that everybody may read, with the folders that it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def write_control(tree: Path, architecture: str) -> None:
    """DEBIAN/control; the size is in KiB, as Debian's policy wants it."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    fields = {"name": NAME, "version": version(), "architecture": architecture, "size": size, "depends": DEPENDS}
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(CONTROL.format(**fields), encoding="utf-8")


def version() -> str:
    """The program's version, from the one place where it stands."""
    text = (ROOT / "designer" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if not found:
        sys.exit("designer/__init__.py names no __version__")
    return found[1]


if __name__ == "__main__":
    main()
