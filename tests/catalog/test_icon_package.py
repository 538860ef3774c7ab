"""Icons from a package of the user's: found by name whatever its date and sizes, and harmless whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.catalog import icon_package
from designer.catalog.catalog import load_catalog
from designer.catalog.icon_package import read_icon_package
from designer.catalog.svg_check import MAX_BYTES, is_harmless
from designer.errors import UserError
from tests.icon_packages import GROUPS, SERVICES, files, tile, write_folder, write_zip

CATALOG = load_catalog()
WANTED = CATALOG.aws_icons
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" xmlns:xlink="http://www.w3.org/1999/xlink">'


def test_every_kind_says_what_aws_calls_its_icon() -> None:
    assert set(CATALOG.kinds) <= set(WANTED)
    assert {"vpc", "tier-public", "tier-private"} <= set(WANTED)
    assert all(names for names in WANTED.values())


@pytest.mark.parametrize("folder", [False, True])
def test_icons_are_found_by_what_aws_calls_them(tmp_path: Path, folder: bool) -> None:
    path = write_folder(tmp_path / "p", files()) if folder else write_zip(tmp_path / "p.zip", files())
    package = read_icon_package(path, WANTED)
    assert set(package.light) == {"ec2", "lambda", "sqs", "rds", "users", "vpc", "tier-public"}
    assert set(package.missing) == set(WANTED) - set(package.light)
    assert package.icon("ec2", dark=False) == tile("#112233"), "48 pixels rather than any other size"
    assert package.icon("users", dark=False) == tile("#232f3e")
    assert package.icon("users", dark=True) == tile("#eeeeee")
    assert package.icon("ec2", dark=True) == package.icon("ec2", dark=False)
    assert package.icon("sns", dark=False) is None


@pytest.mark.parametrize(
    "path",
    [
        "Asset-Package_07312025/Architecture-Service-Icons_07312025/Arch_Compute/48/Arch_Amazon-EC2_48.svg",
        "Asset-Package_07312025.d1/x/Architecture-Service-Icons_02072020/Arch_Compute/Arch_64/Arch_Amazon-EC2_64.svg",
        "AWS-Architecture-Icons/SVG Light/Compute/Amazon-EC2_light-bg.svg",
        "arch_amazon ec2_32.SVG",
    ],
)
def test_dates_sizes_and_folders_do_not_matter(tmp_path: Path, path: str) -> None:
    package = read_icon_package(write_zip(tmp_path / "p.zip", {path: tile("#aabbcc")}), WANTED)
    assert set(package.light) == {"ec2"}


def test_of_two_names_the_newer_is_taken(tmp_path: Path) -> None:
    content = {
        f"{GROUPS}/Auto-Scaling-group_32.svg": tile("#010101", 32),
        f"{SERVICES}/Arch_Compute/48/Arch_Amazon-EC2-Auto-Scaling_48.svg": tile("#020202"),
    }
    assert read_icon_package(write_zip(tmp_path / "p.zip", content), WANTED).light["asg"] == tile("#020202")


def test_what_is_not_harmless_is_passed_over(tmp_path: Path) -> None:
    folder = f"{SERVICES}/Arch_Compute"
    content = {
        f"{folder}/48/Arch_AWS-Lambda_48.svg": tile("#112233").replace(b"<title>", b"<script>alert(1)</script><title>"),
        f"{folder}/64/Arch_AWS-Lambda_64.svg": tile("#445566", 64),
        f"{folder}/48/Arch_Amazon-EC2_48.svg": b"no picture at all",
    }
    package = read_icon_package(write_zip(tmp_path / "p.zip", content), WANTED)
    assert package.light == {"lambda": tile("#445566", 64)}


@pytest.mark.parametrize(
    "body",
    [
        '<image href="file:///etc/passwd"/>',
        '<image xlink:href="http://example.com/a.png"/>',
        '<use xlink:href="#a"/>',
        "<script>alert(1)</script>",
        '<rect width="1" onload="alert(1)"/>',
        '<rect width="1" fill="url(http://example.com/#a)"/>',
        '<rect width="1" style="fill:url( \'//example.com#a\')"/>',
        "<style>@import 'http://example.com/a.css';</style>",
        '<path d="M0 0L9 9" stroke-dasharray="0.00001"/>',
        '<path d="M0 0L9 9" style="stroke-dasharray:0.00001"/>',
        "<style>path{stroke-dasharray:0.00001}</style>",
        "<foreignObject/>",
        '<filter id="a"/>',
        '<a href="https://example.com"><rect/></a>',
        "<g>" * 60 + "</g>" * 60,
        "<g/>" * 5000,
        "<rect",
    ],
)
def test_svg_that_does_more_than_draw_is_refused(body: str) -> None:
    assert not is_harmless(f"{HEAD}{body}</svg>".encode())


def test_svg_that_only_draws_is_taken() -> None:
    style = "<style>.a{fill:#123456}</style>"
    clip = '<defs><clipPath id="c"><rect width="4"/></clipPath></defs><g clip-path="url(#c)"/>'
    assert is_harmless(f"{HEAD}{style}{clip}<path class='a' d='M0 0h48'/></svg>".encode())
    assert is_harmless(b"\xef\xbb\xbf" + tile("#123456"))
    assert is_harmless(b"<!-- made up -->" + f"{HEAD}</svg>".encode())


def test_entities_encodings_and_size_are_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa">]>' + f"{HEAD}<title>&a;</title></svg>".encode()
    assert not is_harmless(bomb)
    assert not is_harmless(f'<?xml version="1.0" encoding="utf-16"?>{HEAD}</svg>'.encode("utf-16"))
    assert not is_harmless(f"{HEAD}<title>{'a' * MAX_BYTES}</title></svg>".encode())
    assert not is_harmless(b"<html/>")


def test_a_file_that_grows_when_it_is_unpacked_is_read_only_up_to_the_limit(tmp_path: Path) -> None:
    content = {"Arch_Amazon-EC2_48.svg": b" " * 40_000_000, "Arch_AWS-Lambda_48.svg": tile("#123456")}
    path = write_zip(tmp_path / "p.zip", content)
    assert path.stat().st_size < 500_000
    assert set(read_icon_package(path, WANTED).light) == {"lambda"}


def test_names_that_lead_out_of_the_package_write_nothing(tmp_path: Path) -> None:
    content = {"../../Arch_Amazon-EC2_48.svg": tile("#123456"), "/etc/Arch_AWS-Lambda_48.svg": tile("#123456")}
    (tmp_path / "in").mkdir()
    before = set(tmp_path.rglob("*"))
    path = write_zip(tmp_path / "in" / "p.zip", content)
    assert set(read_icon_package(path, WANTED).light) == {"ec2", "lambda"}
    assert set(tmp_path.rglob("*")) == before | {path}


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.svg"
    outside.write_bytes(tile("#123456"))
    folder = write_folder(tmp_path / "p", {"Arch_AWS-Lambda_48.svg": tile("#123456")})
    (folder / "Arch_Amazon-EC2_48.svg").symlink_to(outside)
    assert set(read_icon_package(folder, WANTED).light) == {"lambda"}


def test_what_is_no_package_is_refused_with_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    text = tmp_path / "a.zip"
    text.write_text("no archive")
    for path in (empty, text, tmp_path / "missing.zip"):
        with pytest.raises(UserError, match=r"aws\.amazon\.com/architecture/icons"):
            read_icon_package(path, WANTED)
    with pytest.raises(UserError):
        read_icon_package(write_zip(tmp_path / "o.zip", {"Arch_Amazon-EC2_48.svg": b"<svg"}), WANTED)
    monkeypatch.setattr(icon_package, "MAX_FILES", 3)
    with pytest.raises(UserError, match="more than 3 files"):
        read_icon_package(write_zip(tmp_path / "many.zip", files()), WANTED)
    with pytest.raises(UserError, match="more than 3 files"):
        read_icon_package(write_folder(tmp_path / "many", files()), WANTED)
    monkeypatch.setattr(icon_package, "MAX_PACKAGE", 10)
    with pytest.raises(UserError, match="larger than"):
        read_icon_package(tmp_path / "many.zip", WANTED)


def test_a_damaged_archive_is_no_crash(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", files())
    whole = path.read_bytes()
    for start in range(0, len(whole), 211):
        path.write_bytes(whole[:start] + b"\x00\xff" * 20 + whole[start + 40 :])
        try:
            read_icon_package(path, WANTED)
        except UserError as error:
            assert error.file == path
