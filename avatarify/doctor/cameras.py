"""What ``avatarify doctor`` says about cameras, judged from what a machine tells: any machine can be played."""

from __future__ import annotations

from avatarify.capture.camera_system import CameraSystem
from avatarify.capture.devices import CameraInfo, cameras_of
from avatarify.capture.obstacle import PERMISSION, settings
from avatarify.doctor.finding import FAIL, OK, WARN, Finding

_NAME = "camera"
_WITHOUT = "'--camera demo' works without."


def judge_cameras(machine: CameraSystem) -> Finding:
    """Say whether a live session would find a camera that it can open."""
    cameras = [camera for camera in cameras_of(machine) if not camera.own]
    if machine.denied:
        return Finding(_NAME, FAIL, "The system's settings forbid Avatarify to use cameras.", settings(machine))
    usable = [camera for camera in cameras if camera.path not in machine.blocked]
    if not usable:
        return _nothing(machine)
    told = ", ".join(describe(camera) for camera in usable)
    anybody = machine.users.get("", ())  # Windows tells that a camera is used, not which
    if anybody:
        return Finding(_NAME, WARN, f"{told}; one is in use by {', '.join(anybody)}.", _close(anybody))
    busy = [camera for camera in usable if camera.users]
    if len(busy) == len(usable):
        return Finding(_NAME, WARN, f"{told}.", _close(sorted({user for camera in busy for user in camera.users})))
    return Finding(_NAME, OK, told)


def describe(camera: CameraInfo) -> str:
    """Name a camera, and who uses it."""
    return f"{camera} (in use by {', '.join(camera.users)})" if camera.users else str(camera)


def _nothing(machine: CameraSystem) -> Finding:
    if machine.blocked:
        return Finding(_NAME, FAIL, f"No permission for {', '.join(machine.blocked)}.", PERMISSION)
    if machine.error:
        what = f"Cameras cannot be listed ({machine.error})."
        return Finding(_NAME, FAIL, what, f"Run: pip install --force-reinstall cv2-enumerate-cameras; {_WITHOUT}")
    own = [camera.name for camera in cameras_of(machine)]
    if own:
        what = f"Only {', '.join(own)}, where Avatarify's own pictures go."
        return Finding(_NAME, FAIL, what, f"Connect a camera that sees you; {_WITHOUT}")
    return Finding(_NAME, FAIL, "None is connected.", f"Connect one; {_WITHOUT}")


def _close(programs: list[str] | tuple[str, ...]) -> str:
    return f"Close {', '.join(programs)} before a call: most cameras serve one program at a time."
