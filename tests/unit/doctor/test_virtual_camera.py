"""The check of the virtual camera, on described machines of all three systems."""

from pathlib import Path

import pytest
from helpers.machines import RELEASE, DrawnMachine

from avatarify.doctor.finding import FAIL, OK, WARN
from avatarify.doctor.virtual_camera import check_virtual_camera
from avatarify.output.camera_driver import MacCameraDriver, WindowsCameraDriver, inspect_linux
from avatarify.output.virtual_devices import VirtualCameraInfo


def test_linux_gets_one_command(tmp_path: Path) -> None:
    found = check_virtual_camera(inspect_linux(DrawnMachine(tmp_path).root, RELEASE), [])
    assert (found.status, str(found.remedy)) == (FAIL, "Run: avatarify setup-camera --apply")
    assert found.command == "avatarify setup-camera --apply"


def test_a_device_that_chrome_does_not_list_is_a_warning(tmp_path: Path) -> None:
    drawn = DrawnMachine(tmp_path).loaded((10, "Avatarify"), exclusive="N")
    assert check_virtual_camera(inspect_linux(drawn.root, RELEASE), []).status == WARN
    good = DrawnMachine(tmp_path).loaded((10, "Avatarify"), exclusive="Y")
    assert check_virtual_camera(inspect_linux(good.root, RELEASE), []).to_dict() == {
        "name": "virtual camera",
        "status": OK,
        "detail": "Avatarify (/dev/video10)",
        "remedy": "",
    }


@pytest.mark.parametrize(
    ("machine", "status", "remedy"),
    [
        (WindowsCameraDriver(obs=False), FAIL, "Install OBS Studio 26"),
        (WindowsCameraDriver(obs=True), FAIL, "Start Virtual Camera"),
        (WindowsCameraDriver(obs=True, registered=True), OK, ""),
        (MacCameraDriver(obs=True, extension="activated waiting for user"), FAIL, "Camera Extensions"),
        (MacCameraDriver(obs=True, extension="activated enabled"), OK, ""),
    ],
)
def test_windows_and_macos_get_steps_for_obs(
    machine: MacCameraDriver | WindowsCameraDriver, status: str, remedy: str
) -> None:
    found = check_virtual_camera(machine, [])
    assert found.status == status
    assert remedy in found.remedy


def test_a_virtual_camera_of_another_driver_is_accepted() -> None:
    unity = VirtualCameraInfo("Unity Video Capture", "Unity Video Capture")
    assert check_virtual_camera(WindowsCameraDriver(obs=False), [unity]).status == OK
