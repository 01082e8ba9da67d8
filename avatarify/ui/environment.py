"""Fixes or reports conditions that would make Qt abort the process without a clear message."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import MutableMapping

from avatarify.doctor.qt_libraries import qt_platform
from avatarify.errors import DeviceError


def prepare(environment: MutableMapping[str, str]) -> None:
    """Prepare the environment for Qt; call it before PySide6 is imported.

    Raises:
        DeviceError: the X server cannot be reached.
    """
    _drop_plugins_of_cv2(environment)
    if sys.platform == "linux" and qt_platform(environment) == "xcb" and not _answers(environment.get("DISPLAY", "")):
        raise DeviceError(
            "Cannot connect to the display '{display}'.",
            "Log in to a desktop, or use 'avatarify run', which needs no display.",
            display=environment.get("DISPLAY", ""),
        )


def _drop_plugins_of_cv2(environment: MutableMapping[str, str]) -> None:
    """Unset cv2's path to the plugins of its own Qt, which would break ours."""
    path = environment.get("QT_QPA_PLATFORM_PLUGIN_PATH", "")
    if "cv2" in path.replace("\\", "/").split("/"):
        del environment["QT_QPA_PLATFORM_PLUGIN_PATH"]


def _answers(display: str) -> bool:
    """Return whether the X server can be reached; True if libxcb is missing."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
