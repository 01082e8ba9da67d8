"""Which cameras are connected, by name, counted as the back-end counts that will open them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from avatarify.capture.camera_system import CameraSystem, ListedCamera, backends, inspect_cameras
from avatarify.errors import DeviceError, UsageError

# Media Foundation tries hardware transforms for many seconds before the first picture; read when cv2 is loaded.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

# Where our own pictures go: taken as a camera it would show itself.
_OWN_NAMES = ("obs virtual camera", "unity video capture", "avatarify")


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera.

    Attributes:
        index: The number ``--camera`` accepts.
        name: What its maker calls it.
        path: Where the system finds it (``/dev/video0``, or the system's long name); empty where it has none.
        backend: OpenCV's number of the back-end that counted it and will open it.
        id: A name that stays when numbers change; ``--camera`` accepts it too.
        vid: Number of the maker on USB; None where it has none.
        pid: Number of the product on USB.
        fed: Whether another program feeds it (OBS, a phone's program): its picture may rest.
        own: Whether Avatarify's own pictures go there: it is never offered.
        users: Programs that hold it open.
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


def quiet_opencv() -> None:
    """Keep OpenCV from writing its own lines to stderr about devices that do not answer; ours are enough."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def list_cameras() -> list[CameraInfo]:
    """List the cameras connected now, by rising number; empty where there are none or the system does not tell."""
    return [camera for camera in list_devices() if not camera.own]


def list_devices() -> list[CameraInfo]:
    """List what calls itself a camera, our own virtual camera too."""
    quiet_opencv()
    return cameras_of(inspect_cameras())


def cameras_of(machine: CameraSystem) -> list[CameraInfo]:
    """Return a machine's cameras by rising number, each once; our own virtual cameras are marked ``own``."""
    known: dict[str, CameraInfo] = {}
    for listed in machine.cameras:
        known.setdefault(_hardware(listed), _camera(listed, machine))
    return sorted(known.values(), key=lambda camera: camera.index)


def find_camera(text: str, cameras: Iterable[CameraInfo]) -> CameraInfo:
    """Find the camera a person means.

    Args:
        text: A number, a name, a part of a name that only one camera has, a path or an id; capitals do not matter.
            Our own virtual camera is meant by its whole name or its number only.
        cameras: What ``list_cameras`` or ``list_devices`` found.

    Raises:
        DeviceError: no camera has this number.
        UsageError: no camera has this name, or several have.
    """
    cameras = list(cameras)
    if text.isdecimal():
        return _by_number(int(text), cameras)
    wanted = text.strip().casefold()
    exact = [camera for camera in cameras if wanted in _words(camera)]
    matches = exact or [camera for camera in cameras if wanted and not camera.own and wanted in camera.name.casefold()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(str(camera) for camera in matches)
        raise UsageError(f"'{text}' fits several cameras: {names}.", "Write more of the name, or the number.")
    raise UsageError(f"'{text}' is neither a camera, a file nor a folder.", _what_exists(cameras))


def find_again(lost: CameraInfo, cameras: Iterable[CameraInfo]) -> CameraInfo | None:
    """Find a camera that was unplugged: by its id, else the only one of its name and make; numbers may have changed.

    Another camera never takes its place. In another socket a camera without a serial number has another id.
    """
    cameras = list(cameras)
    same = [camera for camera in cameras if lost.id and camera.id == lost.id]
    alike = [c for c in cameras if (c.name, c.vid, c.pid) == (lost.name, lost.vid, lost.pid)]
    for found in (same, alike):
        if len(found) > 1:
            found = [camera for camera in found if camera.path == lost.path] or found[:0]
        if found:
            return found[0]
    return None


def _camera(listed: ListedCamera, machine: CameraSystem) -> CameraInfo:
    first = backends(machine.system)[0]
    # OpenCV's own way to name a camera of another back-end: the back-end's number and the camera's.
    index = listed.index if listed.backend in (0, first) else listed.backend + listed.index
    return CameraInfo(
        index,
        listed.name or f"Camera {listed.index}",
        listed.path,
        listed.backend,
        machine.ids.get(listed.path, listed.name if listed.path.startswith("/dev/") else listed.path),
        listed.vid,
        listed.pid,
        _is_fed(listed, machine),
        _is_own(listed, machine),
        machine.users.get(listed.path, ()),
    )


def _is_fed(listed: ListedCamera, machine: CameraSystem) -> bool:
    if machine.system == "win32":  # what is on a bus has a path; Windows' own virtual cameras are "software devices"
        return not listed.path or "#vcamdevapi#" in listed.path.casefold()
    return listed.path in machine.loopbacks or "virtual" in listed.name.casefold()


def _is_own(listed: ListedCamera, machine: CameraSystem) -> bool:
    name = listed.name.casefold()
    if not machine.system.startswith("linux"):
        return name.startswith(_OWN_NAMES)
    if listed.path not in machine.loopbacks:
        return False
    # A device that nobody feeds is one that we may feed; one fed by OBS or a phone's program is a camera.
    return name.startswith("avatarify") or machine.loopbacks[listed.path] == "output"


def _hardware(listed: ListedCamera) -> str:
    """What DirectShow and Media Foundation call alike in one device: its path up to the interface's own number."""
    told = re.match(r"(\\\\\?\\.+?)#\{", listed.path)
    return told[1].casefold() if told else f"{listed.path or listed.name} {listed.backend} {listed.index}"


def _words(camera: CameraInfo) -> set[str]:
    return {word.casefold() for word in (camera.name, camera.path, camera.id) if word}


def _by_number(number: int, cameras: list[CameraInfo]) -> CameraInfo:
    for camera in cameras:
        if camera.index == number:
            return camera
    raise DeviceError(f"There is no camera {number}.", _what_exists(cameras))


def _what_exists(cameras: list[CameraInfo]) -> str:
    offered = [str(camera) for camera in cameras if not camera.own]
    if not offered:
        return "No camera is connected; connect one, or use the word demo for the carried clip."
    return f"There are: {', '.join(offered)}; demo plays the carried clip."
