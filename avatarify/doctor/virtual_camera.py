"""Checks whether pictures can be sent to a virtual camera."""

from __future__ import annotations

from collections.abc import Sequence

from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.messages import Message
from avatarify.output.camera_driver import CameraDriver
from avatarify.output.remedies import judge
from avatarify.output.virtual_devices import VirtualCameraInfo


def check_virtual_camera(driver: CameraDriver | None, cameras: Sequence[VirtualCameraInfo]) -> Finding:
    """Check whether a live session would find a virtual camera.

    Args:
        driver: What this machine has of the driver; None for a system without one.
        cameras: The virtual cameras of this machine, including those of other drivers.
    """
    readiness = judge(driver)
    if readiness.ready:
        return Finding("virtual camera", WARN if readiness.remedy else OK, readiness.detail, readiness.remedy)
    if cameras:  # of another driver
        return Finding("virtual camera", OK, Message("{cameras}", cameras=list(cameras)))
    return Finding("virtual camera", FAIL, readiness.detail, readiness.remedy)
