"""The Debian package: the bundle in /opt, and what desktops need to know about it."""

from __future__ import annotations

import gzip
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from avatarify import __version__
from avatarify.system_libraries import PACKAGES
from bundles.contents import BUNDLED_LIBRARIES
from bundles.steps import ROOT, megabytes, run, step

MAINTAINER = "The Avatarify authors <authors@avatarify.invalid>"
_FILES = ROOT / "tools" / "bundles" / "linux"
_TARGET = "/opt/avatarify"
_NEEDED_BY_BUNDLED = (
    "libc6 (>= 2.35)",
    "libgssapi-krb5-2",
    "libstdc++6 (>= 12)",
    "libwayland-egl1",
    "libx11-xcb1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "xkb-data",
)


def build_deb(folder: Path, out: Path) -> Path:
    """Put the bundle into a Debian package; return the package's file."""
    root = out / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / _TARGET[1:], symlinks=True)
    _add_desktop_files(root / "usr" / "share")
    _add_documentation(root / "usr" / "share")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "avatarify").symlink_to(f"{_TARGET}/avatarify")
    _add_control(root)
    run(["chmod", "-R", "u+rwX,go+rX,go-w", root])
    package = out / f"avatarify_{__version__}_amd64.deb"
    with step("Compressing the Debian package"):
        run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", root, package])
    shutil.rmtree(root)
    return package


def dependencies() -> list[str]:
    """Return the Debian packages that the bundle needs."""
    return sorted({*_NEEDED_BY_BUNDLED, *(PACKAGES[name] for name in set(PACKAGES) - BUNDLED_LIBRARIES)})


def icons() -> dict[str, Path]:
    """Return the icons by their place in the icon theme ``hicolor``."""
    sizes = {f"{size}x{size}/apps/avatarify.png": f"avatarify-{size}.png" for size in (32, 64, 256, 512)}
    return {place: ROOT / "assets" / "icons" / name for place, name in sizes.items()} | {
        "scalable/apps/avatarify.svg": ROOT / "assets" / "icons" / "avatarify.svg"
    }


def _add_desktop_files(share: Path) -> None:
    entry = (_FILES / "avatarify.desktop").read_text(encoding="utf-8").replace("@EXEC@", f"{_TARGET}/avatarify")
    _write(share / "applications" / "avatarify.desktop", entry)
    about = (_FILES / "avatarify.metainfo.xml").read_text(encoding="utf-8")
    about = about.replace("@VERSION@", __version__).replace("@DATE@", f"{_moment():%Y-%m-%d}")
    _write(share / "metainfo" / "avatarify.metainfo.xml", about)
    for place, icon in icons().items():
        target = share / "icons" / "hicolor" / place
        target.parent.mkdir(parents=True)
        shutil.copyfile(icon, target)


def _add_documentation(share: Path) -> None:
    documents = share / "doc" / "avatarify"
    terms = "\n".join(f" {line}" if line.strip() else " ." for line in (ROOT / "LICENSE").read_text().splitlines())
    _write(documents / "copyright", (_FILES / "copyright").read_text(encoding="utf-8").replace(" @LICENSE@", terms))
    shutil.copyfile(_FILES / "virtual-camera.md", documents / "virtual-camera.md")
    _compress(ROOT / "CHANGELOG.md", documents / "changelog.gz")
    _compress(ROOT / "docs" / "man" / "avatarify.1", share / "man" / "man1" / "avatarify.1.gz")
    _write(share / "lintian" / "overrides" / "avatarify", (_FILES / "lintian-overrides").read_text(encoding="utf-8"))


def _add_control(root: Path) -> None:
    fields = {
        "Package": "avatarify",
        "Version": __version__,
        "Architecture": "amd64",
        "Maintainer": MAINTAINER,
        "Installed-Size": f"{megabytes(root) * 1e6 / 1024:.0f}",
        "Depends": ", ".join(dependencies()),
        "Suggests": "v4l2loopback-dkms",
        "Section": "video",
        "Priority": "optional",
        "Description": "portrait animation into a virtual camera\n"
        " Avatarify finds your face in your webcam image and makes a portrait move the\n"
        " way you move. Meeting programs see the result as a camera.",
    }
    _write(root / "DEBIAN" / "control", "".join(f"{name}: {value}\n" for name, value in fields.items()))


def _moment() -> datetime:
    """Return the time of the build; ``SOURCE_DATE_EPOCH`` sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


def _compress(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
