"""Why a camera delivers no frames, in words a user can act on."""

from __future__ import annotations

import os

from avatarify.capture.camera_system import CameraSystem, inspect_cameras
from avatarify.capture.devices import CameraInfo, cameras_of, find_again
from avatarify.errors import CameraBusyError, CameraError
from avatarify.messages import Message

PERMISSION = Message("Run: sudo usermod -aG video $USER, then log in again.")
_SETTINGS = {
    "win32": Message("Open Settings, Privacy & security, Camera, and allow desktop apps to access your camera."),
    "darwin": Message(
        "Open System Settings, Privacy & Security, Camera, allow the program that runs Avatarify, then start it again."
    ),
}
_PLUG_IN = Message("Plug it in again; the session reconnects as soon as it is back.")


def obstacle(camera: CameraInfo, system: CameraSystem | None = None) -> CameraError:
    """Explain why a camera cannot be opened.

    Args:
        camera: One that was listed before.
        system: What the system reports about its cameras; queried by default.
    """
    system = system or inspect_cameras()
    name = camera.name
    if system.denied:
        return CameraError("The system settings deny Avatarify access to camera {name}.", settings(system), name=name)
    if _is_gone(camera, system):
        return CameraError("Camera {name} was unplugged.", _PLUG_IN, name=name)
    if camera.path in system.blocked:
        return CameraError("No permission to open camera {name} ({path}).", PERMISSION, name=name, path=camera.path)
    users = system.users.get(camera.path) or system.users.get("", ())
    if users:
        return CameraBusyError(
            "Camera {name} is in use by {programs}.", "Close it, or use another camera.", name=name, programs=users
        )
    return _unexplained(name, system)


def silence(camera: CameraInfo) -> CameraError:
    """Explain why an open camera delivered no frame."""
    if camera.path.startswith("/dev/") and not os.path.exists(camera.path):
        return CameraError("Camera {name} was unplugged.", _PLUG_IN, name=camera.name)
    return CameraError(
        "Camera {name} stopped delivering frames.", "Reconnecting. If that fails, check its cable.", name=camera.name
    )


def settings(system: CameraSystem) -> Message:
    """Return where the privacy settings for cameras are."""
    return _SETTINGS.get(system.platform, Message("Allow camera access in the system settings."))


def _unexplained(name: str, system: CameraSystem) -> CameraError:
    if system.platform.startswith("linux"):
        return CameraError(
            "Camera {name} cannot be opened.", "Close other programs that use it, or plug it in again.", name=name
        )
    # It is connected and allowed, so another program must be using it: these systems do not report which.
    return CameraBusyError("Camera {name} cannot be opened.", "Close other programs that use it.", name=name)


def _is_gone(camera: CameraInfo, system: CameraSystem) -> bool:
    if camera.path.startswith("/dev/"):
        return find_again(camera, cameras_of(system)) is None
    if system.error or system.platform.startswith("linux"):
        return False
    return find_again(camera, cameras_of(system)) is None
