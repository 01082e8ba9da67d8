"""The system libraries and the display that the window needs on Linux; without them Qt ends with a cryptic message."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from avatarify.system_libraries import COMMANDS, WINDOW, X11, missing_packages


def missing_for_window(environment: Mapping[str, str]) -> list[str]:
    """Return the Debian packages that the window needs and that are missing.

    Args:
        environment: As ``os.environ``.
    """
    x11 = X11 if qt_platform(environment) == "xcb" else {}
    return missing_packages({**COMMANDS, **WINDOW, **x11})


def qt_platform(environment: Mapping[str, str]) -> str:
    """Return the Qt platform plugin that would show the window on Linux: ``xcb``, ``wayland``, ``offscreen``."""
    requested = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    return requested or ("wayland" if environment.get("WAYLAND_DISPLAY") else "xcb")


def has_display(environment: Mapping[str, str]) -> bool:
    """Return whether there is a display on which a window could open."""
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
