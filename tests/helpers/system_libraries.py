"""System libraries that wheels expect and a bare Debian machine does not have: tests that need them are skipped."""

import functools
import re

from avatarify.doctor.qt_libraries import ALWAYS, X11

PACKAGES = {
    **ALWAYS,
    **X11,
    "libX11.so.6": "libx11-6",
    "libfreetype.so.6": "libfreetype6",
    "libGLESv2.so.2": "libgles2",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_LOADER = re.compile(r"(lib[\w.+-]+\.so[\d.]*): cannot open shared object file")


def missing_library(error: str) -> str | None:
    """Return why a test cannot run where the dynamic loader did not find a library; None for other errors."""
    found = _LOADER.search(error)
    if found is None:
        return None
    package = PACKAGES.get(found[1])
    return f"the system library {found[1]} is missing" + (f": sudo apt install {package}" if package else "")


@functools.cache
def qt_error() -> str:
    """Return what keeps Qt's modules from being imported; empty if nothing does."""
    try:
        from PySide6 import QtTest, QtWidgets  # noqa: F401
    except ImportError as error:
        return str(error)
    return ""
