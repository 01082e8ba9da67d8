"""Which virtual cameras this system has, and how to get one; needs no library."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

_LOOPBACKS = Path("/sys/devices/virtual/video4linux")
_KNOWN_NAMES = ("obs virtual camera", "unity video capture")

# One of each value is not enough for two devices: the driver reads exclusive_caps as a list.
LOAD_COMMAND = "sudo modprobe v4l2loopback exclusive_caps=1 max_buffers=4 card_label=Avatarify"
_REMEDIES = {
    "linux": f"Run: sudo apt install v4l2loopback-dkms && {LOAD_COMMAND}",
    "darwin": "Install OBS Studio 30 or newer, start its virtual camera once, allow its extension and restart.",
    "win32": "Install OBS Studio 26 or newer, then start and stop its virtual camera once.",
}
RELOAD_COMMAND = f"sudo modprobe -r v4l2loopback && {LOAD_COMMAND}"
_RELOAD = f"Close programs that use the camera, then run: {RELOAD_COMMAND}"


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


def remedy(reason: str = "", system: str = sys.platform) -> str:
    """Return what to do on this system when no virtual camera can be opened; ``reason`` is what the back-end said."""
    if system.startswith("linux"):
        # v4l2loopback 0.12 forgets its output side when a writer leaves; only loading it again helps
        return _RELOAD if "not a video output device" in reason else _REMEDIES["linux"]
    return _REMEDIES.get(system, "There is no virtual camera for this system.")


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
