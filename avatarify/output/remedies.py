"""What stands between this machine and its virtual camera, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from avatarify.output.camera_driver import CameraDriver, LinuxCameraDriver, MacCameraDriver, WindowsCameraDriver

SET_UP = "avatarify setup-camera --apply"
_HIGHEST_SEEN = 63  # Zoom does not look at numbers far above
_REBOOT = "restart, and choose 'Enroll MOK' on the blue screen"
_SIGN = f"Secure Boot wants it signed: sudo mokutil --import /var/lib/dkms/mok.pub, {_REBOOT}."
_MAC_SETTINGS = "System Settings → General → Login Items & Extensions → Camera Extensions"


@dataclass(frozen=True)
class CameraReadiness:
    """What doctor says.

    Attributes:
        there: Whether pictures can be sent.
        detail: What was found.
        remedy: What to do; empty if nothing needs to be done.
    """

    there: bool
    detail: str
    remedy: str = ""


def judge(machine: CameraDriver | None) -> CameraReadiness:
    """Judge a machine before anything is opened."""
    if isinstance(machine, LinuxCameraDriver):
        return _judge_linux(machine)
    if isinstance(machine, MacCameraDriver):
        return _judge_mac(machine)
    if isinstance(machine, WindowsCameraDriver):
        return _judge_windows(machine)
    return CameraReadiness(False, "There is none for this system.", "Use '--sink mjpeg' and a browser source in OBS.")


def explain(reason: str, machine: CameraDriver | None) -> str:
    """Return the remedy for what a back-end said when it could not open a camera, or lost it."""
    for part, remedy in _SAID.items():
        if part in reason:
            return remedy
    verdict = judge(machine)
    return verdict.remedy or "Run 'avatarify doctor'."


# What pyvirtualcam's back-ends say, and what helps. The device's fault after a run is mended before this is heard.
_SAID = {
    "missing permissions": "Run: sudo usermod -aG video $USER, then log in again.",
    "is not a video output device": (
        "Another program sends to it, or one that showed it is still open: close both. "
        f"If that does not help: sudo modprobe -r v4l2loopback, then {SET_UP}"
    ),
    "could not be configured": "A program still shows a picture of another size: switch its camera off, or close it.",
    "output could not be started": "Another program sends to the OBS camera: stop the virtual camera in OBS.",
    "Couldn't start stream": "Another program sends to the OBS camera: stop the virtual camera in OBS.",
    "Multiple cameras are not supported": "Avatarify already sends to it: stop the other session.",
    "does not exist": "Choose a name that 'avatarify devices' shows.",
    "supports only the": "Choose a name that 'avatarify devices' shows.",
}

# What the commands of a set-up say when they fail.
FAILED_COMMANDS = {
    "Key was rejected": _SIGN,
    "Operation not permitted": _SIGN,
    "Required key not available": _SIGN,
    "is in use": "Close all programs that use the virtual camera, the browser too, then run it again.",
    "not found in directory": "It was not built for this kernel: restart if there is a newer one, then run it again.",
    "Unable to locate package": "Run: sudo apt-get update, then run it again.",
    "Unable to find a match": "On Fedora it comes from RPM Fusion: enable rpmfusion-free, then run it again.",
}


def _judge_linux(machine: LinuxCameraDriver) -> CameraReadiness:
    if machine.devices:
        return _judge_devices(machine)
    if machine.loaded:
        return CameraReadiness(False, "v4l2loopback is loaded without a device.", f"Run: {SET_UP}")
    if machine.secure_boot and (machine.installed or machine.mok_key):
        key = machine.mok_key or "/var/lib/dkms/mok.pub"
        what = "v4l2loopback is not loaded, and Secure Boot loads signed modules only."
        return CameraReadiness(False, what, f"Run: sudo mokutil --import {key}, {_REBOOT}; then: {SET_UP}")
    if machine.installed:
        return CameraReadiness(False, "v4l2loopback is installed but not loaded.", f"Run: {SET_UP}")
    if machine.built_elsewhere and not machine.headers:
        what = f"v4l2loopback is not built for the kernel {machine.release}: its headers are missing."
        return CameraReadiness(False, what, f"Run: {SET_UP}")
    if not machine.manager:
        return CameraReadiness(
            False, "v4l2loopback is not installed.", f"Install it by your system's means; then: {SET_UP}"
        )
    return CameraReadiness(False, "v4l2loopback is not installed.", f"Run: {SET_UP}")


def _judge_devices(machine: LinuxCameraDriver) -> CameraReadiness:
    told = ", ".join(f"{device.name} ({device.device})" for device in machine.devices)
    if not any(device.exclusive for device in machine.devices):
        what = f"{told}, without exclusive_caps: Chrome and Meet do not list it."
        return CameraReadiness(True, what, f"Close programs that use it, then run: {SET_UP}")
    if min(device.number for device in machine.devices) > _HIGHEST_SEEN:
        return CameraReadiness(
            True, f"{told}: Zoom does not see so high a number.", "Load v4l2loopback with a low video_nr."
        )
    return CameraReadiness(True, told)


def _judge_mac(machine: MacCameraDriver) -> CameraReadiness:
    if machine.extension == "activated enabled":
        return CameraReadiness(True, "OBS Virtual Camera", "")
    if "waiting for user" in machine.extension:
        return CameraReadiness(
            False, "The camera extension of OBS is not approved.", f"Allow it: {_MAC_SETTINGS}; then restart."
        )
    if not machine.obs:
        what = "Install OBS Studio 30 or newer into Applications, press 'Start Virtual Camera' in it, then restart."
        return CameraReadiness(False, "OBS Studio is not installed.", what)
    what = f"Start OBS, press 'Start Virtual Camera', allow its extension ({_MAC_SETTINGS}), then restart."
    return CameraReadiness(False, "The virtual camera of OBS was never started.", what)


def _judge_windows(machine: WindowsCameraDriver) -> CameraReadiness:
    if machine.registered:
        return CameraReadiness(True, "OBS Virtual Camera")
    if not machine.obs:
        what = "Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once."
        return CameraReadiness(False, "OBS Studio is not installed.", what)
    what = "Start OBS once as administrator, press 'Start Virtual Camera', then stop it."
    return CameraReadiness(False, "The virtual camera of OBS was never started.", what)
