"""Checks whether there is a camera for a live session, from what the operating system reports."""

from __future__ import annotations

from collections.abc import Sequence

from avatarify.capture.camera_system import CameraSystem
from avatarify.capture.devices import CameraInfo, cameras_of
from avatarify.capture.obstacle import PERMISSION, settings
from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.messages import Message


def check_camera(system: CameraSystem) -> Finding:
    """Check whether a live session would find a camera that it can open."""
    if system.denied:
        return Finding(
            "camera", FAIL, Message("The system settings deny Avatarify access to cameras."), settings(system)
        )
    cameras = [camera for camera in cameras_of(system) if not camera.own and camera.path not in system.blocked]
    if not cameras:
        return _no_camera(system)
    described = [describe(camera) for camera in cameras]
    programs = system.users.get("", ())  # Windows reports that a camera is in use, but not which one
    if programs:
        detail = Message("{cameras}; one is in use by {programs}.", cameras=described, programs=programs)
        return Finding("camera", WARN, detail, _close(programs))
    if all(camera.users for camera in cameras):
        programs = tuple(sorted({user for camera in cameras for user in camera.users}))
        return Finding("camera", WARN, Message("{cameras}.", cameras=described), _close(programs))
    return Finding("camera", OK, Message("{cameras}", cameras=described))


def describe(camera: CameraInfo) -> Message:
    """Return the name of a camera and the programs that use it."""
    if camera.users:
        return Message("{camera} (in use by {programs})", camera=camera, programs=camera.users)
    return Message("{camera}", camera=camera)


def _no_camera(system: CameraSystem) -> Finding:
    if system.blocked:
        return Finding("camera", FAIL, Message("No permission to open {paths}.", paths=system.blocked), PERMISSION)
    if system.error:
        return Finding(
            "camera",
            FAIL,
            Message("Cameras cannot be listed ({reason}).", reason=system.error),
            Message("Run: pip install --force-reinstall cv2-enumerate-cameras; '--camera demo' needs no camera."),
        )
    own = [camera.name for camera in cameras_of(system)]
    if own:
        return Finding(
            "camera",
            FAIL,
            Message("Only {cameras}, which shows Avatarify's own output.", cameras=own),
            Message("Connect a webcam; '--camera demo' needs none."),
        )
    return Finding(
        "camera",
        FAIL,
        Message("No camera is connected."),
        Message("Connect one; '--camera demo' needs none."),
    )


def _close(programs: Sequence[str]) -> Message:
    return Message(
        "Close {programs} before a call: most cameras serve only one program at a time.", programs=list(programs)
    )
