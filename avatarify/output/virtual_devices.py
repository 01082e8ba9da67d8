"""Which virtual cameras this system has, and how to get one; needs no library."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from avatarify.output.camera_driver import MODULE, inspect_driver
from avatarify.output.remedies import explain
from avatarify.output.setup import OPTIONS

_LOOPBACKS = Path("/sys/devices/virtual/video4linux")
_KNOWN_NAMES = ("obs virtual camera", "unity video capture")

# One of each value is not enough for two devices: the driver reads exclusive_caps as a list.
LOAD_COMMAND = f"sudo modprobe {MODULE} {OPTIONS}"


@dataclass(frozen=True, slots=True)
class VirtualCameraInfo:
    """A device that other programs see as a camera.

    Attributes:
        name: What meeting apps show.
        device: What opens it (``/dev/video10`` on Linux, the name elsewhere).
    """

    name: str
    device: str

    def __str__(self) -> str:
        return self.name if self.name == self.device else f"{self.name} ({self.device})"


def list_virtual_cameras() -> list[VirtualCameraInfo]:
    """List the virtual cameras that pictures can be sent to; empty where there is none."""
    return _loopbacks(_LOOPBACKS) if sys.platform.startswith("linux") else _by_known_name()


def remedy(reason: str = "") -> str:
    """Return what to do on this machine when no virtual camera can be opened; ``reason`` is what the back-end said."""
    return explain(reason, inspect_driver())


def _loopbacks(folder: Path) -> list[VirtualCameraInfo]:
    found = sorted(folder.glob("video*"), key=lambda path: (len(path.name), path.name))
    return [VirtualCameraInfo(_label(path), f"/dev/{path.name}") for path in found]


def _label(path: Path) -> str:
    try:
        return (path / "name").read_text("utf-8", "replace").strip() or path.name
    except OSError:
        return path.name


def _by_known_name() -> list[VirtualCameraInfo]:
    from avatarify.capture.devices import list_devices

    names = [camera.name for camera in list_devices()]
    return [VirtualCameraInfo(name, name) for name in names if name.casefold() in _KNOWN_NAMES]
