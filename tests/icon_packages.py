"""A made-up package of icons with the structure of the AWS Architecture Icons, for tests: no icon in it is AWS's."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

SERVICES = "Architecture-Service-Icons_01302026"
RESOURCES = "Resource-Icons_01302026"
GROUPS = "Architecture-Group-Icons_01302026"


def tile(colour: str, side: int = 48) -> bytes:
    """A square in one colour, as SVG."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg width="{side}px" height="{side}px" viewBox="0 0 {side} {side}" '
        f'version="1.1" xmlns="http://www.w3.org/2000/svg"><title>Made up</title>'
        f'<defs><linearGradient id="a"><stop stop-color="{colour}" offset="0%"/></linearGradient></defs>'
        f'<g fill="url(#a)"><rect x="0" y="0" width="{side}" height="{side}" fill="{colour}"/></g></svg>'
    ).encode()


def files(colour: str = "#112233") -> dict[str, bytes]:
    """Paths and contents of a small package: services, users for both grounds, groups, and what else lies there."""
    found = {
        "__MACOSX/._Arch_Amazon-EC2_48.svg": b"\x00\x05\x16\x07",
        f"{SERVICES}/Arch_Compute/48/.DS_Store": b"",
        f"{SERVICES}/Arch_Compute/48/Arch_Amazon-EC2_48.png": b"\x89PNG",
        f"{RESOURCES}/Res_Compute/Res_Amazon-EC2_Instance_48.svg": tile("#ff0000"),
        f"{RESOURCES}/Res_General-Icons/Res_48_Light/Res_Users_48_Light.svg": tile("#232f3e"),
        f"{RESOURCES}/Res_General-Icons/Res_48_Dark/Res_Users_48_Dark.svg": tile("#eeeeee"),
        f"{GROUPS}/Virtual-private-cloud-VPC_32.svg": tile(colour, 32),
        f"{GROUPS}/Public-subnet_32.svg": tile(colour, 32),
    }
    for group, name in (
        ("Arch_Compute", "Amazon-EC2"),
        ("Arch_Compute", "AWS-Lambda"),
        ("Arch_Application-Integration", "Amazon-Simple-Queue-Service"),
        ("Arch_Database", "Amazon-RDS"),
    ):
        for size in (16, 32, 48, 64):
            found[f"{SERVICES}/{group}/{size}/Arch_{name}_{size}.svg"] = tile(colour if size == 48 else "#00ff00", size)
    return found


def write_zip(path: Path, content: Mapping[str, bytes]) -> Path:
    """A zip file of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def write_folder(path: Path, content: Mapping[str, bytes]) -> Path:
    """The same as a folder."""
    for name, data in content.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path
