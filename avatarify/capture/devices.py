"""Which cameras are connected, by name, counted as the back-end counts that will open them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from avatarify.errors import DeviceError, UsageError
from avatarify.log import logger

# Media Foundation tries hardware transforms for many seconds before the first picture; read when cv2 is loaded.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera.

    Attributes:
        index: The number ``--camera`` accepts.
        name: What its maker calls it.
        path: Where the system finds it (``/dev/video0``); empty where it has no path.
        backend: OpenCV's number of the back-end that counted it and will open it.
    """

    index: int
    name: str
    path: str = ""
    backend: int = 0

    def __str__(self) -> str:
        return f"{self.index}: {self.name}"


def backend() -> int:
    """Return the one OpenCV back-end used on this system, to list and to open."""
    import cv2

    by_system = {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
    return int(by_system.get(sys.platform, cv2.CAP_V4L2))


def quiet_opencv() -> None:
    """Keep OpenCV from writing its own lines to stderr about devices that do not answer; ours are enough."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def list_cameras() -> list[CameraInfo]:
    """List the cameras connected now, by rising number; empty where there are none or the system does not tell."""
    try:
        from cv2_enumerate_cameras import enumerate_cameras

        quiet_opencv()
        found = enumerate_cameras(backend())
    except Exception as error:  # noqa: BLE001 - each system's library fails in its own way, and a list is only a help
        logger("capture").info("Cameras cannot be listed: %s", error)
        return []
    cameras = [
        CameraInfo(int(c.index), str(c.name or f"Camera {c.index}"), str(c.path or ""), backend()) for c in found
    ]
    return sorted(cameras, key=lambda camera: camera.index)


def _info(camera: Any) -> CameraInfo:
    return CameraInfo(int(camera.index), camera.name or f"Camera {camera.index}", camera.path or "", backend())


def find_camera(text: str, cameras: list[CameraInfo]) -> CameraInfo:
    """Find the camera a person means.

    Args:
        text: A number, a name, or a part of a name that only one camera has; capitals do not matter.
        cameras: What ``list_cameras`` found.

    Raises:
        DeviceError: no camera has this number.
        UsageError: no camera has this name, or several have.
    """
    if text.isdecimal():
        return _by_number(int(text), cameras)
    wanted = text.strip().casefold()
    exact = [camera for camera in cameras if camera.name.casefold() == wanted]
    matches = exact or [camera for camera in cameras if wanted and wanted in camera.name.casefold()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(str(camera) for camera in matches)
        raise UsageError(f"'{text}' fits several cameras: {names}.", "Write more of the name, or the number.")
    raise UsageError(f"'{text}' is neither a camera, a file nor a folder.", _what_exists(cameras))


def _by_number(number: int, cameras: list[CameraInfo]) -> CameraInfo:
    for camera in cameras:
        if camera.index == number:
            return camera
    raise DeviceError(f"There is no camera {number}.", _what_exists(cameras))


def _what_exists(cameras: list[CameraInfo]) -> str:
    if not cameras:
        return "No camera is connected; connect one, or use the word demo for the carried clip."
    return f"There are: {', '.join(str(camera) for camera in cameras)}; demo plays the carried clip."
