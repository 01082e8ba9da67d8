"""The ``.run`` file for any distribution: unpacks itself and installs the bundle for one user, without root."""

from __future__ import annotations

import shutil
from pathlib import Path

from avatarify import __version__
from bundles.debian import icons
from bundles.steps import ROOT, run, step

_FILES = ROOT / "tools" / "bundles" / "linux"


def build_run(folder: Path, out: Path) -> Path:
    """Put the bundle into a self-extracting archive; return its file. Unpacking it needs only tar and gzip."""
    root = out / "run"
    shutil.rmtree(root, ignore_errors=True)
    (root / "icons").mkdir(parents=True)
    shutil.copytree(folder, root / "avatarify", symlinks=True)
    for icon in icons().values():
        shutil.copyfile(icon, root / "icons" / icon.name)
    for name in ("avatarify.desktop", "install.sh", "uninstall.sh", "virtual-camera.md"):
        shutil.copy(_FILES / name, root / name)
    package = out / f"avatarify-{__version__}-x86_64.run"
    with step("Compressing the .run file"):
        options = ["--gzip", "--complevel", "6", "--sha256", "--nox11", "--tar-quietly"]
        run(["makeself", *options, root, package, "Avatarify", "./install.sh"])
    shutil.rmtree(root)
    return package
