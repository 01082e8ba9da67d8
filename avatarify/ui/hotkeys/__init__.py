"""Global shortcuts: they work while another program has the focus, where the system supports it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from avatarify.ui.hotkeys.combination import Catcher


def open_catcher(platform: str, environment: Mapping[str, str] = os.environ) -> Catcher | None:
    """Return the catcher of this platform; None if the system does not support global shortcuts.

    Args:
        platform: As ``QGuiApplication.platformName()`` returns it.
        environment: Environment variables.

    Raises:
        OSError: the X server rejects the connection.
    """
    if platform == "windows":
        from avatarify.ui.hotkeys.windows import WindowsCatcher, load_user32

        return WindowsCatcher(load_user32())
    if platform == "xcb" and not _on_wayland(environment):
        from avatarify.ui.hotkeys.x11 import X11Catcher

        return X11Catcher()
    return None


def why_not(platform: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return, in the user's language, why global shortcuts are not supported; empty if they are."""
    translate = QCoreApplication.translate
    if platform == "windows" or (platform == "xcb" and not _on_wayland(environment)):
        return ""
    if platform.startswith("wayland") or _on_wayland(environment):
        return translate("HotKeys", "Wayland does not support global shortcuts. Use an X11 session.")
    return translate("HotKeys", "Global shortcuts are not supported on this system yet.")


def _on_wayland(environment: Mapping[str, str]) -> bool:
    """Return whether this is Wayland: its X server only reports keys sent to X programs."""
    return bool(environment.get("WAYLAND_DISPLAY")) or environment.get("XDG_SESSION_TYPE") == "wayland"
