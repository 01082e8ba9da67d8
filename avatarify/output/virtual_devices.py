"""Which virtual cameras this system has, and how to get one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from avatarify.capture.v4l2 import virtual_devices
from avatarify.messages import Message
from avatarify.output.camera_driver import MODULE, inspect_driver
from avatarify.output.remedies import explain
from avatarify.output.setup import OPTIONS

_KNOWN_NAMES = ("obs virtual camera", "unity video capture")

# For one device: the driver reads exclusive_caps as a list with one value for each device.
LOAD_COMMAND = f"sudo modprobe {MODULE} {OPTIONS}"


@dataclass(frozen=True, slots=True)
class VirtualCameraInfo:
    """A device that other programs see as a camera.

    Attributes:
        name: What meeting programs show.
        device: How to open it (``/dev/video10`` on Linux, the name elsewhere).
    """

    name: str
    device: str

    def __str__(self) -> str:
        return self.name if self.name == self.device else f"{self.name} ({self.device})"


def list_virtual_cameras(root: Path = Path("/")) -> list[VirtualCameraInfo]:
    """List the virtual cameras that pictures can be sent to.

    Args:
        root: Where the file system of a Linux machine is mounted.
    """
    system: str = sys.platform  # a plain str, so that mypy checks the code of every system
    if system.startswith("linux"):
        return [VirtualCameraInfo(device.name, device.path) for device in virtual_devices(root)]
    return _by_known_name()


def remedy(reason: str = "") -> Message:
    """Return what to do on this machine when no virtual camera can be opened.

    Args:
        reason: The error message of the backend, if one was tried.
    """
    return explain(reason, inspect_driver())


def _by_known_name() -> list[VirtualCameraInfo]:
    from avatarify.capture.devices import list_devices

    names = [camera.name for camera in list_devices()]
    return [VirtualCameraInfo(name, name) for name in names if name.casefold() in _KNOWN_NAMES]
