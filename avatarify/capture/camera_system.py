"""What an operating system reports about its cameras: queried here, or described in tests to act as any machine."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from avatarify.log import logger


@dataclass(frozen=True, slots=True)
class ListedCamera:
    """One camera, as the enumeration library lists it.

    Attributes:
        index: Its number in the backend.
        name: The manufacturer's name for it.
        path: ``/dev/video0`` on Linux, the device path on Windows, the unique ID on macOS.
        vid: USB vendor ID; None for other devices.
        pid: USB product ID; None for other devices.
        backend: OpenCV's number of the backend that lists it.
    """

    index: int
    name: str
    path: str = ""
    vid: int | None = None
    pid: int | None = None
    backend: int = 0


@dataclass(frozen=True)
class CameraSystem:
    """An operating system and its cameras.

    Attributes:
        platform: As ``sys.platform``: ``linux``, ``win32`` or ``darwin``.
        cameras: Every device that presents itself as a camera, from all backends in use.
        ids: Persistent names by path (Linux: the links in ``/dev/v4l/by-id`` and ``by-path``).
        loopbacks: State of the devices that programs feed, by path: ``output`` while no program sends, ``capture``
            while one does, empty where the driver does not report it (Linux only).
        blocked: Paths that exist but may not be opened by this user.
        denied: Whether the privacy settings of the system deny access to cameras.
        users: Programs that have a camera open, by its path; under an empty path those that have any open (Windows).
        error: Why cameras cannot be listed; empty if they can.
    """

    platform: str
    cameras: tuple[ListedCamera, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    loopbacks: Mapping[str, str] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()
    denied: bool = False
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    error: str = ""


def inspect_cameras(platform: str = sys.platform) -> CameraSystem:
    """Query this machine; what the system does not report is left out."""
    cameras, error = _listed(platform)
    if platform == "win32":
        from avatarify.capture import windows

        store = windows.consent_store()
        return CameraSystem(platform, cameras, denied=windows.denied(store), users=windows.users(store), error=error)
    if platform == "darwin":
        from avatarify.capture import macos

        return CameraSystem(platform, cameras, denied=macos.denied(), error=error)
    from avatarify.capture import linux

    paths = linux.devices()
    return CameraSystem(
        platform,
        cameras,
        ids=linux.ids(),
        loopbacks=linux.loopbacks(),
        blocked=linux.blocked(paths),
        users=linux.users(paths),
        error=error,
    )


def backends(platform: str) -> tuple[int, ...]:
    """Return OpenCV's backends that list and open cameras on a system; a camera of the first is not listed again."""
    import cv2

    by_platform = {"win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF), "darwin": (cv2.CAP_AVFOUNDATION,)}
    return tuple(int(number) for number in by_platform.get(platform, (cv2.CAP_V4L2,)))


def _listed(platform: str) -> tuple[tuple[ListedCamera, ...], str]:
    """Query each backend; if none answers, return the reason too."""
    cameras: list[ListedCamera] = []
    error = ""
    for backend in backends(platform):
        try:
            cameras += _enumerate(backend)
        except Exception as failure:  # noqa: BLE001 - each system's library fails in its own way; the list is optional
            error = f"{type(failure).__name__}: {failure}"
            logger("capture").info("Cameras cannot be listed: %s", error)
    return tuple(cameras), "" if cameras else error


def _enumerate(backend: int) -> Iterable[ListedCamera]:
    from cv2_enumerate_cameras import enumerate_cameras

    return [
        ListedCamera(int(camera.index), str(camera.name or ""), str(camera.path or ""), camera.vid, camera.pid, backend)
        for camera in enumerate_cameras(backend)
    ]
