"""Why a camera gives no pictures, in words a person can act on."""

from __future__ import annotations

import os

from avatarify.capture.camera_system import CameraSystem, inspect_cameras
from avatarify.capture.devices import CameraInfo, cameras_of, find_again
from avatarify.errors import CameraBusyError, DeviceError

PERMISSION = "Run: sudo usermod -aG video $USER, then log in again."
_SETTINGS = {
    "win32": "Open Settings, Privacy & security, Camera, and let desktop apps access your camera.",
    "darwin": "Open System Settings, Privacy & Security, Camera, allow the program that runs Avatarify, start again.",
}
_PLUG = "Plug it in again; it is opened as soon as it is back."


def obstacle(camera: CameraInfo, machine: CameraSystem | None = None) -> DeviceError:
    """Say why a camera cannot be opened.

    Args:
        camera: One that was listed.
        machine: What is known about the machine now; asked here by default.
    """
    machine = machine or inspect_cameras()
    name = camera.name
    if machine.denied:
        return DeviceError(f"The system's settings do not let Avatarify use the camera {name}.", settings(machine))
    if _is_gone(camera, machine):
        return DeviceError(f"The camera {name} was unplugged.", _PLUG)
    if camera.path in machine.blocked:
        return DeviceError(f"No permission for the camera {name} ({camera.path}).", PERMISSION)
    users = machine.users.get(camera.path) or machine.users.get("", ())
    if users:
        return CameraBusyError(
            f"The camera {name} is in use by {', '.join(users)}.", "Close it, or use another camera."
        )
    if not machine.system.startswith("linux"):  # it is there and allowed: what is left is another program
        return CameraBusyError(f"The camera {name} cannot be opened.", "Close other programs that use it.")
    return DeviceError(f"The camera {name} cannot be opened.", "Close other programs that use it, or plug it in again.")


def silence(camera: CameraInfo) -> DeviceError:
    """Say why an opened camera gave no picture."""
    if camera.path.startswith("/dev/") and not os.path.exists(camera.path):
        return DeviceError(f"The camera {camera.name} was unplugged.", _PLUG)
    return DeviceError(f"The camera {camera.name} gives no more pictures.", "Check its cable; it is opened again.")


def settings(machine: CameraSystem) -> str:
    """Where the system's privacy settings for cameras are."""
    return _SETTINGS.get(machine.system, "Allow it in the system's settings.")


def _is_gone(camera: CameraInfo, machine: CameraSystem) -> bool:
    if camera.path.startswith("/dev/"):
        return find_again(camera, cameras_of(machine)) is None
    if machine.error or machine.system.startswith("linux"):
        return False
    return find_again(camera, cameras_of(machine)) is None
