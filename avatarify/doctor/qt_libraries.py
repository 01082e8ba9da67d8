"""System libraries that Qt loads on Linux; without them it ends the process without a word a person understands."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping

ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of those libraries that cannot be loaded; none on other systems than Linux.

    Args:
        libraries: Package by file name of the library.
    """
    if sys.platform != "linux":
        return []
    return sorted(package for name, package in libraries.items() if not _loads(name))


def install_command(packages: list[str]) -> str:
    """Return the command that installs Debian packages."""
    return f"Run: sudo apt install {' '.join(packages)}"


def missing_for_window(environment: Mapping[str, str]) -> list[str]:
    """Return the packages that the window lacks, given where it would be shown."""
    shown_by = environment.get("QT_QPA_PLATFORM") or ("wayland" if environment.get("WAYLAND_DISPLAY") else "xcb")
    return missing_packages({**ALWAYS, **X11} if shown_by.startswith("xcb") else ALWAYS)


def has_screen(environment: Mapping[str, str]) -> bool:
    """Say whether there is a screen a window could open on."""
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
