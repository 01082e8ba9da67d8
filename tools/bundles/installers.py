"""The Windows installer and the macOS disk image. Neither has run yet: no such machine was at hand."""

from __future__ import annotations

import platform
import plistlib
import shutil
from pathlib import Path

from avatarify import __version__
from bundles.steps import ROOT, run, step

_FILES = ROOT / "tools" / "bundles"


def build_windows(folder: Path, out: Path) -> Path:
    """Make an installer with NSIS; return its file."""
    _require("Windows")
    package = out / f"avatarify-{__version__}-windows.exe"
    with step("Compressing the installer"):
        defines = [f"-DVERSION={__version__}", f"-DFOLDER={folder}", f"-DOUTPUT={package}"]
        run(["makensis", "-V2", *defines, _FILES / "windows" / "avatarify.nsi"])
    return package


def build_macos(folder: Path, out: Path) -> Path:
    """Make an app of the bundle and a disk image with it; return the image's file. The app is signed ad hoc only."""
    _require("Darwin")
    image = out / f"avatarify-{__version__}-macos.dmg"
    stage = out / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    contents = stage / "Avatarify.app" / "Contents"
    shutil.copytree(folder, contents / "MacOS", symlinks=True)
    (contents / "Resources").mkdir()
    shutil.copyfile(ROOT / "assets" / "icons" / "avatarify-512.png", contents / "Resources" / "avatarify.png")
    (contents / "Info.plist").write_bytes(plistlib.dumps(_about()))
    (stage / "Applications").symlink_to("/Applications")
    with step("Signing and compressing the disk image"):
        run(["codesign", "--force", "--deep", "--sign", "-", contents.parent])
        run(["hdiutil", "create", "-volname", "Avatarify", "-srcfolder", stage, "-ov", "-format", "UDZO", image])
    shutil.rmtree(stage)
    return image


def _require(system: str) -> None:
    if platform.system() != system:
        raise SystemExit(f"This package can only be built on {system}.")


def _about() -> dict[str, object]:
    return {
        "CFBundleName": "Avatarify",
        "CFBundleDisplayName": "Avatarify",
        "CFBundleIdentifier": "avatarify",
        "CFBundleExecutable": "avatarify",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": __version__,
        "CFBundleIconFile": "avatarify.png",
        "NSCameraUsageDescription": "Avatarify animates a portrait with your camera's picture, on this computer.",
        "NSHighResolutionCapable": True,
    }
