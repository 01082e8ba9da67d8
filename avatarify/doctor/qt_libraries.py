"""The system libraries and the display that the window needs on Linux; without them Qt ends with a cryptic message."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from avatarify.system_libraries import COMMANDS, WAYLAND, WINDOW, X11, missing_packages


def missing_for_window(environment: Mapping[str, str]) -> list[str]:
    """Return the Debian packages that the window needs and that are missing.

    Args:
        environment: As ``os.environ``.
    """
    platform = {"xcb": X11, "wayland": WAYLAND}.get(qt_platform(environment), {})
    return missing_packages({**COMMANDS, **WINDOW, **platform})


def qt_platform(environment: Mapping[str, str]) -> str:
    """Return the Qt platform plugin that would show the window on Linux: ``xcb``, ``wayland``, ``offscreen``."""
    requested = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    return requested or ("wayland" if environment.get("WAYLAND_DISPLAY") else "xcb")


def has_display(environment: Mapping[str, str]) -> bool:
    """Return whether there is a display on which a window could open."""
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
