"""Which cameras are connected, by name, numbered as in the backend that will open them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from avatarify.capture.camera_system import CameraSystem, ListedCamera, backends, inspect_cameras
from avatarify.errors import CameraError, UsageError
from avatarify.messages import Message
from avatarify.quiet import quiet_opencv

# With hardware transforms Media Foundation takes many seconds to the first frame; OpenCV reads this when it is loaded.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

# Our own output goes to these; used as a camera, the session would show itself.
_OWN_NAMES = ("obs virtual camera", "unity video capture", "avatarify")


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera.

    Attributes:
        index: The number ``--camera`` accepts.
        name: The manufacturer's name for it.
        path: Where the system finds it (``/dev/video0``, or a long device path); empty where it has none.
        backend: OpenCV's number of the backend that listed it and will open it.
        id: A persistent name, for when numbers change; ``--camera`` accepts it too.
        vid: USB vendor ID; None for other devices.
        pid: USB product ID; None for other devices.
        fed: Whether another program feeds it (OBS, a phone app): its picture may be static.
        own: Whether Avatarify's own output goes there: it is never offered.
        users: Programs that have it open.
    """

    index: int
    name: str
    path: str = ""
    backend: int = 0
    id: str = ""
    vid: int | None = None
    pid: int | None = None
    fed: bool = False
    own: bool = False
    users: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.index}: {self.name}"


def list_cameras() -> list[CameraInfo]:
    """List the connected cameras in order of their number; empty if there are none or the system cannot list them."""
    return [camera for camera in list_devices() if not camera.own]


def list_devices() -> list[CameraInfo]:
    """List every device that presents itself as a camera, including our own virtual camera."""
    quiet_opencv()
    return cameras_of(inspect_cameras())


def cameras_of(system: CameraSystem) -> list[CameraInfo]:
    """Return a system's cameras in order of their number, each once; our own virtual cameras are marked ``own``."""
    known: dict[str, CameraInfo] = {}
    for listed in system.cameras:
        known.setdefault(_hardware(listed), _camera(listed, system))
    return sorted(known.values(), key=lambda camera: camera.index)


def find_camera(text: str, cameras: Iterable[CameraInfo]) -> CameraInfo:
    """Find the camera that a user names.

    Args:
        text: A number, a name, a part of a name that only one camera has, a path or an ID; case does not matter.
            Our own virtual camera is matched by its full name or its number only.
        cameras: As returned by ``list_cameras`` or ``list_devices``.

    Raises:
        CameraError: no camera has this number.
        UsageError: no camera has this name, or several have.
    """
    cameras = list(cameras)
    if text.isdecimal():
        return _by_number(int(text), cameras)
    name = text.strip().casefold()
    exact = [camera for camera in cameras if name in _names(camera)]
    matches = exact or [camera for camera in cameras if name and not camera.own and name in camera.name.casefold()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageError(
            "'{text}' matches several cameras: {cameras}.",
            "Use a longer part of the name, or the number.",
            text=text,
            cameras=[str(camera) for camera in matches],
        )
    raise UsageError("'{text}' is not a camera, a file, or a folder.", _available(cameras), text=text)


def find_again(lost: CameraInfo, cameras: Iterable[CameraInfo]) -> CameraInfo | None:
    """Find a camera that was unplugged: by its ID, else the only one of the same name and model.

    Its number may have changed. Another camera is never returned. A camera without a serial number has another ID in
    another USB port.
    """
    cameras = list(cameras)
    same = [camera for camera in cameras if lost.id and camera.id == lost.id]
    alike = [c for c in cameras if (c.name, c.vid, c.pid) == (lost.name, lost.vid, lost.pid)]
    for candidates in (same, alike):
        if len(candidates) > 1:
            candidates = [camera for camera in candidates if camera.path == lost.path] or candidates[:0]
        if candidates:
            return candidates[0]
    return None


def _camera(listed: ListedCamera, system: CameraSystem) -> CameraInfo:
    first = backends(system.platform)[0]
    # OpenCV's own way to name a camera of another backend: the number of the backend plus that of the camera.
    index = listed.index if listed.backend in (0, first) else listed.backend + listed.index
    return CameraInfo(
        index,
        listed.name or f"Camera {listed.index}",
        listed.path,
        listed.backend,
        system.ids.get(listed.path, listed.name if listed.path.startswith("/dev/") else listed.path),
        listed.vid,
        listed.pid,
        _is_fed(listed, system),
        _is_own(listed, system),
        system.users.get(listed.path, ()),
    )


def _is_fed(listed: ListedCamera, system: CameraSystem) -> bool:
    if system.platform == "win32":  # hardware has a path; virtual cameras of Windows itself are "software devices"
        return not listed.path or "#vcamdevapi#" in listed.path.casefold()
    return listed.path in system.loopbacks or "virtual" in listed.name.casefold()


def _is_own(listed: ListedCamera, system: CameraSystem) -> bool:
    name = listed.name.casefold()
    if not system.platform.startswith("linux"):
        return name.startswith(_OWN_NAMES)
    if listed.path not in system.loopbacks:
        return False
    # A device that no program feeds is one that we may feed; one fed by OBS or a phone app is a camera.
    return name.startswith("avatarify") or system.loopbacks[listed.path] == "output"


def _hardware(listed: ListedCamera) -> str:
    """Return what DirectShow and Media Foundation have in common for one device: the path up to the interface ID."""
    match = re.match(r"(\\\\\?\\.+?)#\{", listed.path)
    return match[1].casefold() if match else f"{listed.path or listed.name} {listed.backend} {listed.index}"


def _names(camera: CameraInfo) -> set[str]:
    return {name.casefold() for name in (camera.name, camera.path, camera.id) if name}


def _by_number(number: int, cameras: list[CameraInfo]) -> CameraInfo:
    for camera in cameras:
        if camera.index == number:
            return camera
    raise CameraError("There is no camera {number}.", _available(cameras), number=number)


def _available(cameras: list[CameraInfo]) -> Message:
    names = [str(camera) for camera in cameras if not camera.own]
    if not names:
        return Message("No camera is connected. Connect one, or use 'demo' for the bundled clip.")
    return Message("Available cameras: {cameras}. Use 'demo' for the bundled clip.", cameras=names)
