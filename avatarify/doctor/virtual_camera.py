"""Checks whether pictures can be sent to a virtual camera."""

from __future__ import annotations

from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.messages import Message
from avatarify.output.camera_driver import CameraDriver
from avatarify.output.remedies import judge
from avatarify.output.virtual_devices import list_virtual_cameras


def check_virtual_camera(driver: CameraDriver | None) -> Finding:
    """Check whether a live session would find a virtual camera.

    Args:
        driver: What this machine has of the driver; None for a system without one.
    """
    readiness = judge(driver)
    if readiness.ready:
        return Finding("virtual camera", WARN if readiness.remedy else OK, readiness.detail, readiness.remedy)
    others = [str(camera) for camera in list_virtual_cameras()]  # of another driver
    if others:
        return Finding("virtual camera", OK, Message("{cameras}", cameras=others))
    return Finding("virtual camera", FAIL, readiness.detail, readiness.remedy)
