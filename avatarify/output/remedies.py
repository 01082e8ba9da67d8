"""Whether this machine has a virtual camera to send to, and what to do if it has not."""

from __future__ import annotations

from dataclasses import dataclass

from avatarify.command_message import CommandMessage
from avatarify.messages import Message
from avatarify.output.camera_driver import CameraDriver, LinuxCameraDriver, MacCameraDriver, WindowsCameraDriver

SET_UP = "avatarify setup-camera --apply"
_RUN_SET_UP = CommandMessage(SET_UP)
_HIGHEST_NUMBER = 63  # Zoom ignores devices with a much higher number
_MOK_KEY = "/var/lib/dkms/mok.pub"
_MAC_SETTINGS = "System Settings → General → Login Items & Extensions → Camera Extensions"


@dataclass(frozen=True)
class CameraReadiness:
    """Whether pictures can be sent to a virtual camera.

    Attributes:
        ready: Whether they can.
        detail: What was detected.
        remedy: What to do; empty if there is nothing to do.
    """

    ready: bool
    detail: Message
    remedy: Message = Message("")  # noqa: RUF009 - frozen


def judge(driver: CameraDriver | None) -> CameraReadiness:
    """Return whether a driver is ready for pictures, before anything is opened; None is a system without one."""
    if isinstance(driver, LinuxCameraDriver):
        return _judge_devices(driver) if driver.devices else CameraReadiness(False, *_missing_device(driver))
    if isinstance(driver, MacCameraDriver):
        return _judge_mac(driver)
    if isinstance(driver, WindowsCameraDriver):
        return _judge_windows(driver)
    return CameraReadiness(
        False,
        Message("There is no virtual camera for this system."),
        Message("Use '--sink mjpeg' and a browser source in OBS."),
    )


def explain(reason: str, driver: CameraDriver | None) -> Message:
    """Return the remedy for a backend that could not open a camera, or lost it.

    Args:
        reason: The error message of the backend.
        driver: What this machine has of the driver; None for a system without one.
    """
    for part, remedy in _BACKEND_ERRORS.items():
        if part in reason:
            return remedy
    return judge(driver).remedy or Message("Run 'avatarify doctor'.")


# Parts of the error messages of pyvirtualcam's backends, and what helps. ``loopback.revive`` handles the fault that a
# device has after a run, so it is not among them.
_STOP_OBS = Message("Another program sends to the OBS camera: stop the virtual camera in OBS.")
_CHOOSE_NAME = Message("Choose a name that 'avatarify devices' lists.")
_BACKEND_ERRORS = {
    "missing permissions": Message("Run: sudo usermod -aG video $USER, then log in again."),
    "is not a video output device": Message(
        "Another program sends to it, or a program that showed it is still open: close both. "
        "If that does not help: sudo modprobe -r v4l2loopback, then {command}",
        command=SET_UP,
    ),
    "could not be configured": Message(
        "A program still shows frames of another size: turn off its camera, or close the program."
    ),
    "output could not be started": _STOP_OBS,
    "Couldn't start stream": _STOP_OBS,
    "Multiple cameras are not supported": Message("Avatarify already sends to it: stop the other session."),
    "does not exist": _CHOOSE_NAME,
    "supports only the": _CHOOSE_NAME,
}

# Parts of what the commands of the set-up write when they fail, and what helps.
_SIGN = Message(
    "Secure Boot requires a signed module: sudo mokutil --import {key}, "
    "restart, and choose 'Enroll MOK' on the blue screen.",
    key=_MOK_KEY,
)
FAILED_COMMANDS = {
    "Key was rejected": _SIGN,
    "Operation not permitted": _SIGN,
    "Required key not available": _SIGN,
    "is in use": Message(
        "Close all programs that use the virtual camera, including the browser, then run the command again."
    ),
    "not found in directory": Message(
        "It was not built for this kernel: restart if a newer one is installed, then run the command again."
    ),
    "Unable to locate package": Message("Run: sudo apt-get update, then run the command again."),
    "Unable to find a match": Message(
        "On Fedora it is in RPM Fusion: enable rpmfusion-free, then run the command again."
    ),
}


def _missing_device(driver: LinuxCameraDriver) -> tuple[Message, Message]:
    """Return detail and remedy where v4l2loopback has no device."""
    if driver.loaded:
        return Message("v4l2loopback is loaded but has no device."), _RUN_SET_UP
    if driver.secure_boot and (driver.installed or driver.mok_key):
        remedy = Message(
            "Run: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen; then: {command}",
            key=driver.mok_key or _MOK_KEY,
            command=SET_UP,
        )
        return Message("v4l2loopback is not loaded, and Secure Boot only loads signed modules."), remedy
    if driver.installed:
        return Message("v4l2loopback is installed but not loaded."), _RUN_SET_UP
    if driver.built_elsewhere and not driver.headers:
        detail = Message(
            "v4l2loopback is not built for kernel {release}: the kernel headers are missing.", release=driver.release
        )
        return detail, _RUN_SET_UP
    if not driver.manager:
        remedy = Message("Install it with your system's package manager, then run: {command}", command=SET_UP)
        return Message("v4l2loopback is not installed."), remedy
    return Message("v4l2loopback is not installed."), _RUN_SET_UP


def _judge_devices(driver: LinuxCameraDriver) -> CameraReadiness:
    devices = [f"{device.name} ({device.path})" for device in driver.devices]
    if not any(device.exclusive for device in driver.devices):
        return CameraReadiness(
            True,
            Message("{devices}, without exclusive_caps: Chrome and Meet do not list it.", devices=devices),
            Message("Close programs that use it, then run: {command}", command=SET_UP),
        )
    if min(device.number for device in driver.devices) > _HIGHEST_NUMBER:
        return CameraReadiness(
            True,
            Message("{devices}: Zoom ignores devices with so high a number.", devices=devices),
            Message("Load v4l2loopback with a lower video_nr."),
        )
    return CameraReadiness(True, Message("{devices}", devices=devices))


def _judge_mac(driver: MacCameraDriver) -> CameraReadiness:
    if driver.extension == "activated enabled":
        return CameraReadiness(True, Message("OBS Virtual Camera"))
    if "waiting for user" in driver.extension:
        return CameraReadiness(
            False,
            Message("The camera extension of OBS is not approved."),
            Message("Allow it in {settings}, then restart.", settings=_MAC_SETTINGS),
        )
    if not driver.obs:
        return CameraReadiness(
            False,
            Message("OBS Studio is not installed."),
            Message(
                "Install OBS Studio 30 or newer in Applications, press 'Start Virtual Camera' in it, then restart."
            ),
        )
    return CameraReadiness(
        False,
        Message("The virtual camera of OBS has never been started."),
        Message(
            "Start OBS, press 'Start Virtual Camera', allow its extension ({settings}), then restart.",
            settings=_MAC_SETTINGS,
        ),
    )


def _judge_windows(driver: WindowsCameraDriver) -> CameraReadiness:
    if driver.registered:
        return CameraReadiness(True, Message("OBS Virtual Camera"))
    if not driver.obs:
        return CameraReadiness(
            False,
            Message("OBS Studio is not installed."),
            Message("Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once."),
        )
    return CameraReadiness(
        False,
        Message("The virtual camera of OBS has never been started."),
        Message("Start OBS once as administrator, press 'Start Virtual Camera', then stop it."),
    )
