"""Remedies for a missing virtual camera, on described machines."""

from pathlib import Path

import pytest
from helpers.machines import RELEASE, DrawnMachine

from avatarify.output.camera_driver import (
    OPTIONS_FILE,
    LinuxCameraDriver,
    MacCameraDriver,
    WindowsCameraDriver,
    extension_state,
    inspect_linux,
)
from avatarify.output.remedies import explain, judge
from avatarify.output.setup import LOAD_FILE, OPTIONS, SetupStep, steps_to_set_up, steps_to_undo

SET_UP = "avatarify setup-camera --apply"
AVATARIFY = (10, "Avatarify")


@pytest.fixture
def drawn(tmp_path: Path) -> DrawnMachine:
    return DrawnMachine(tmp_path)


def linux(drawn: DrawnMachine) -> LinuxCameraDriver:
    return inspect_linux(drawn.root, RELEASE)


def lines(steps: list[SetupStep]) -> list[str]:
    return [step.line("") for step in steps]


def test_without_the_module_it_is_installed_configured_and_loaded(drawn: DrawnMachine) -> None:
    verdict = judge(linux(drawn))
    assert (verdict.ready, str(verdict.detail)) == (False, "v4l2loopback is not installed.")
    assert SET_UP in verdict.remedy
    assert lines(steps_to_set_up(linux(drawn))) == [
        f"apt-get install -y v4l2loopback-dkms linux-headers-{RELEASE}",
        f"echo 'options v4l2loopback {OPTIONS}' | tee {OPTIONS_FILE}",
        f"echo 'v4l2loopback' | tee {LOAD_FILE}",
        "modprobe v4l2loopback",
    ]


@pytest.mark.parametrize(
    ("manager", "package"),
    [("dnf", "akmod-v4l2loopback"), ("pacman", "v4l2loopback-dkms"), ("zypper", "v4l2loopback-kmp-default")],
)
def test_each_package_manager_has_its_package(tmp_path: Path, manager: str, package: str) -> None:
    first = lines(steps_to_set_up(linux(DrawnMachine(tmp_path, manager))))[0]
    assert first.startswith(manager)
    assert package in first


def test_an_unknown_system_requires_manual_installation(tmp_path: Path) -> None:
    machine = linux(DrawnMachine(tmp_path, manager=""))
    assert "your system's package manager" in judge(machine).remedy
    assert not any("install" in line for line in lines(steps_to_set_up(machine)))


def test_an_installed_module_is_only_loaded(drawn: DrawnMachine) -> None:
    machine = linux(drawn.built())
    assert str(judge(machine).detail) == "v4l2loopback is installed but not loaded."
    assert lines(steps_to_set_up(machine))[-1] == "modprobe v4l2loopback"
    assert not any("install" in line for line in lines(steps_to_set_up(machine)))


def test_a_new_kernel_needs_headers_and_a_build(drawn: DrawnMachine) -> None:
    without = linux(drawn.source())
    assert RELEASE in judge(without).detail
    assert f"linux-headers-{RELEASE}" in lines(steps_to_set_up(without))[0]
    assert lines(steps_to_set_up(linux(drawn.headers())))[0] == "dkms autoinstall"


def test_under_secure_boot_the_key_is_enrolled_first(drawn: DrawnMachine) -> None:
    drawn.built().secure_boot().write("var/lib/dkms/mok.pub")
    remedy = judge(linux(drawn)).remedy
    assert "mokutil --import /var/lib/dkms/mok.pub" in remedy
    assert "Enroll MOK" in remedy
    drawn.write("var/lib/shim-signed/mok/MOK.der")  # Ubuntu signs with this one
    assert "--import /var/lib/shim-signed/mok/MOK.der" in judge(linux(drawn)).remedy
    assert "mokutil" not in judge(linux(drawn.secure_boot(on=False))).remedy


def test_a_good_device_only_needs_its_options_written(drawn: DrawnMachine) -> None:
    machine = linux(drawn.built().loaded(AVATARIFY, exclusive="Y,N,N"))
    verdict = judge(machine)
    assert (verdict.ready, str(verdict.detail), str(verdict.remedy)) == (True, "Avatarify (/dev/video10)", "")
    assert [step.command[0] for step in steps_to_set_up(machine)] == ["tee", "tee"]


def test_without_exclusive_caps_the_module_is_reloaded_for_chrome(drawn: DrawnMachine) -> None:
    machine = linux(drawn.built().loaded(AVATARIFY))
    verdict = judge(machine)
    assert verdict.ready
    assert "Chrome" in verdict.detail
    assert lines(steps_to_set_up(machine))[-2:] == ["modprobe -r v4l2loopback", "modprobe v4l2loopback"]


def test_exclusive_caps_of_the_second_device_is_its_own(drawn: DrawnMachine) -> None:
    machine = linux(drawn.loaded((10, "Webcam"), (11, "Avatarify"), exclusive="N,Y,N"))
    assert [device.exclusive for device in machine.devices] == [False, True]
    assert not judge(machine).remedy


def test_a_number_that_zoom_ignores_is_reported(drawn: DrawnMachine) -> None:
    verdict = judge(linux(drawn.loaded((190, "Avatarify"), exclusive="Y")))
    assert verdict.ready
    assert "video_nr" in verdict.remedy


def test_a_module_without_devices_is_reloaded(drawn: DrawnMachine) -> None:
    machine = linux(drawn.built().loaded())
    assert not judge(machine).ready
    assert lines(steps_to_set_up(machine))[-2:] == ["modprobe -r v4l2loopback", "modprobe v4l2loopback"]


def test_options_set_by_the_user_are_respected(drawn: DrawnMachine) -> None:
    drawn.built().write("etc/modprobe.d/obs.conf", "# for OBS\noptions v4l2loopback exclusive_caps=1 card_label=OBS\n")
    machine = linux(drawn)
    assert machine.foreign_options == ("/etc/modprobe.d/obs.conf",)
    assert not any(OPTIONS_FILE in line for line in lines(steps_to_set_up(machine)))


def test_our_own_options_are_rewritten(drawn: DrawnMachine) -> None:
    drawn.built().write(OPTIONS_FILE[1:], "options v4l2loopback exclusive_caps=1\n")
    assert any(OPTIONS_FILE in line for line in lines(steps_to_set_up(linux(drawn))))


def test_undo_removes_the_written_files(drawn: DrawnMachine) -> None:
    assert lines(steps_to_undo(linux(drawn))) == [f"rm -f {OPTIONS_FILE} {LOAD_FILE}"]
    assert lines(steps_to_undo(linux(drawn.loaded(AVATARIFY))))[0] == "modprobe -r v4l2loopback"


@pytest.mark.parametrize(
    ("machine", "detail", "remedy"),
    [
        (WindowsCameraDriver(obs=False), "not installed", "Install OBS Studio 26"),
        (WindowsCameraDriver(obs=True), "never been started", "Start Virtual Camera"),
        (MacCameraDriver(obs=False), "not installed", "Install OBS Studio 30"),
        (MacCameraDriver(obs=True), "never been started", "Start Virtual Camera"),
        (MacCameraDriver(obs=True, extension="activated waiting for user"), "not approved", "Camera Extensions"),
        (
            MacCameraDriver(obs=True, extension="terminated waiting to uninstall on reboot"),
            "never been started",
            "restart",
        ),
        (None, "no virtual camera for this system", "mjpeg"),
    ],
)
def test_obs_must_be_installed_started_and_approved(
    machine: MacCameraDriver | WindowsCameraDriver | None, detail: str, remedy: str
) -> None:
    verdict = judge(machine)
    assert not verdict.ready
    assert detail in verdict.detail
    assert remedy in verdict.remedy
    assert "\n" not in verdict.remedy


@pytest.mark.parametrize(
    "machine",
    [WindowsCameraDriver(obs=True, registered=True), MacCameraDriver(obs=True, extension="activated enabled")],
)
def test_a_ready_obs_camera_needs_nothing(machine: MacCameraDriver | WindowsCameraDriver) -> None:
    assert judge(machine).ready
    assert not judge(machine).remedy


def test_the_state_of_the_macos_extension_is_parsed() -> None:
    listing = (
        "1 extension(s)\n--- com.apple.system_extension.cmio\n"
        "enabled\tactive\tteamID\tbundleID (version)\tname\t[state]\n"
        "\t\t2MMRE5MTB8\tcom.obsproject.obs-studio.mac-camera-extension (30.1/1)\tOBS Virtual Camera\t"
        "[terminated waiting to uninstall on reboot]\n"
        "*\t*\t2MMRE5MTB8\tcom.obsproject.obs-studio.mac-camera-extension (32.1/2)\tOBS Virtual Camera\t"
        "[activated waiting for user]\n"
    )
    assert extension_state(listing) == "activated waiting for user"
    assert extension_state("0 extension(s)") == ""


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ("'v4l2loopback' backend: Device /dev/video11 is not a video output device.", "Another program"),
        ("Could not access /dev/video10 due to missing permissions.", "usermod -aG video"),
        ("Virtual camera device /dev/video10 could not be configured: Device or resource busy", "another size"),
        ("'obs' backend: virtual camera output could not be started", "stop the virtual camera in OBS"),
        ("Couldn't start stream", "stop the virtual camera in OBS"),
        ("Device /dev/video77 does not exist.", "avatarify devices"),
        ("something new", SET_UP),
    ],
)
def test_errors_of_backends_are_explained(drawn: DrawnMachine, reason: str, remedy: str) -> None:
    assert remedy in explain(reason, linux(drawn))
