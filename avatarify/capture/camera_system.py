"""What a machine tells about its cameras: looked up, or described, so that any machine can be played."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from avatarify.log import logger


@dataclass(frozen=True, slots=True)
class ListedCamera:
    """One camera, as the library that asks the system tells it.

    Attributes:
        index: How the back-end counts it.
        name: What its maker calls it.
        path: ``/dev/video0`` on Linux, the device path on Windows, the unique ID on macOS.
        vid: Number of the maker on USB; None where it has none.
        pid: Number of the product on USB.
        backend: OpenCV's number of the back-end that tells it.
    """

    index: int
    name: str
    path: str = ""
    vid: int | None = None
    pid: int | None = None
    backend: int = 0


@dataclass(frozen=True)
class CameraSystem:
    """A machine and its cameras.

    Attributes:
        system: ``sys.platform``: ``linux``, ``win32`` or ``darwin``.
        cameras: Everything that calls itself a camera, of all back-ends that are used.
        ids: Names that stay, by path (Linux: the links in ``/dev/v4l/by-id`` and ``by-path``).
        loopbacks: Devices that programs feed, by path: ``output`` while nobody does, ``capture`` while somebody does,
            empty where the driver does not tell (Linux only).
        blocked: Paths that are there and may not be opened by this user.
        denied: Whether the system's privacy settings forbid cameras.
        users: Programs that hold a camera open, by its path; under an empty path those that hold any (Windows).
        error: Why the system cannot be asked; empty if it can.
    """

    system: str
    cameras: tuple[ListedCamera, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    loopbacks: Mapping[str, str] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()
    denied: bool = False
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    error: str = ""


def inspect_cameras(system: str = sys.platform) -> CameraSystem:
    """Ask this machine; what cannot be told is left out."""
    listed, error = _listed(system)
    if system == "win32":
        from avatarify.capture import windows

        store = windows.consent_store()
        return CameraSystem(system, listed, denied=windows.denied(store), users=windows.users(store), error=error)
    if system == "darwin":
        from avatarify.capture import macos

        return CameraSystem(system, listed, denied=macos.denied(), error=error)
    from avatarify.capture import linux

    paths = linux.devices()
    return CameraSystem(
        system,
        listed,
        ids=linux.ids(),
        loopbacks=linux.loopbacks(),
        blocked=linux.blocked(paths),
        users=linux.users(paths),
        error=error,
    )


def backends(system: str) -> tuple[int, ...]:
    """Return OpenCV's back-ends that list and open cameras on a system; what the first one tells is not told twice."""
    import cv2

    by_system = {"win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF), "darwin": (cv2.CAP_AVFOUNDATION,)}
    return tuple(int(number) for number in by_system.get(system, (cv2.CAP_V4L2,)))


def _listed(system: str) -> tuple[tuple[ListedCamera, ...], str]:
    """Ask each back-end; the reason if none answers."""
    found: list[ListedCamera] = []
    error = ""
    for backend in backends(system):
        try:
            found += _ask(backend)
        except Exception as failure:  # noqa: BLE001 - each system's library fails in its own way, and a list is only a help
            error = f"{type(failure).__name__}: {failure}"
            logger("capture").info("Cameras cannot be listed: %s", error)
    return tuple(found), "" if found else error


def _ask(backend: int) -> Iterable[ListedCamera]:
    from cv2_enumerate_cameras import enumerate_cameras

    return [
        ListedCamera(int(told.index), str(told.name or ""), str(told.path or ""), told.vid, told.pid, backend)
        for told in enumerate_cameras(backend)
    ]
