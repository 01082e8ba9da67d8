"""Puts right, or tells, what would make Qt end the process without a word a person understands."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import MutableMapping

from avatarify.doctor.qt_libraries import qt_platform
from avatarify.errors import DeviceError


def prepare(environment: MutableMapping[str, str]) -> None:
    """Make the environment fit for Qt; called before PySide6 is imported.

    Raises:
        DeviceError: the X server does not answer.
    """
    _drop_plugins_of_cv2(environment)
    if sys.platform == "linux" and qt_platform(environment) == "xcb" and not _answers(environment.get("DISPLAY", "")):
        raise DeviceError(
            "Cannot connect to the display '{display}'.",
            "Log in to a desktop, or use 'avatarify run', which needs no display.",
            display=environment.get("DISPLAY", ""),
        )


def _drop_plugins_of_cv2(environment: MutableMapping[str, str]) -> None:
    """Cv2 may point Qt to the plug-ins of its own Qt, with which ours finds no platform."""
    path = environment.get("QT_QPA_PLATFORM_PLUGIN_PATH", "")
    if "cv2" in path.replace("\\", "/").split("/"):
        del environment["QT_QPA_PLATFORM_PLUGIN_PATH"]


def _answers(display: str) -> bool:
    """Say whether an X server can be connected to; True where there is no library to ask it with."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
