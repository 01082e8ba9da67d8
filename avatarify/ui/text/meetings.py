"""Where a camera is chosen in meeting apps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def meeting_apps() -> list[str]:
    """Return one line for each app, in the user's language."""
    translate = QCoreApplication.translate
    return [
        translate("VirtualCameraPage", "Zoom: Settings → Video → Camera"),
        translate("VirtualCameraPage", "Meet: ⋮ → Settings → Video → Camera"),
        translate("VirtualCameraPage", "Teams: Settings → Devices → Camera"),
    ]
