"""The cameras and outputs to choose from, as the window lists them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from avatarify.messages import Message
from avatarify.output.mjpeg_address import page_address
from avatarify.ui.choices import DEMO, PAGE, PREVIEW, VIRTUAL, Choice
from avatarify.ui.text.translate import translate


def camera_choices(cameras: Sequence[tuple[int, str]]) -> list[Choice]:
    """Return the cameras, given by number and name, and the demo clip; those with equal names are chosen by number."""
    names = [name for _, name in cameras]
    found = [
        Choice(name, name) if names.count(name) == 1 else Choice(str(number), f"{name} ({number})")
        for number, name in cameras
    ]
    return [*found, Choice(DEMO, QCoreApplication.translate("Devices", "Demo clip"))]


def sink_choices(virtual_cameras: Sequence[str], remedy: Message) -> list[Choice]:
    """Return the outputs; without a virtual camera its choice cannot be used, and ``remedy`` says how to get one."""
    name = virtual_cameras[0] if virtual_cameras else QCoreApplication.translate("Devices", "not installed")
    label = QCoreApplication.translate("Devices", "Virtual camera ({})").format(name)
    return [Choice(VIRTUAL, label, translate(remedy)), *other_sinks()]


def other_sinks() -> list[Choice]:
    """Return the outputs that every machine has."""
    page = QCoreApplication.translate("Devices", "Browser source for OBS: {}").format(page_address())
    return [Choice(PREVIEW, QCoreApplication.translate("Devices", "Preview only")), Choice(PAGE, page)]
