"""The check of the virtual camera, on described machines of all three systems."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.machines import RELEASE, DrawnMachine

from avatarify.doctor.finding import FAIL, OK, WARN
from avatarify.doctor.virtual_camera import check_virtual_camera
from avatarify.output.camera_driver import MacCameraDriver, WindowsCameraDriver, inspect_linux
from avatarify.output.virtual_devices import VirtualCameraInfo


@pytest.fixture
def finding(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def of(machine: Any, cameras: Any = ()) -> Any:
        monkeypatch.setattr("avatarify.doctor.virtual_camera.list_virtual_cameras", lambda: list(cameras))
        return check_virtual_camera(machine)

    return of


def test_linux_gets_one_command(finding: Callable[..., Any], tmp_path: Path) -> None:
    found = finding(inspect_linux(DrawnMachine(tmp_path).root, RELEASE))
    assert (found.status, str(found.remedy)) == (FAIL, "Run: avatarify setup-camera --apply")


def test_a_device_that_chrome_does_not_list_is_a_warning(finding: Callable[..., Any], tmp_path: Path) -> None:
    drawn = DrawnMachine(tmp_path).loaded((10, "Avatarify"), exclusive="N")
    assert finding(inspect_linux(drawn.root, RELEASE)).status == WARN
    good = DrawnMachine(tmp_path).loaded((10, "Avatarify"), exclusive="Y")
    assert finding(inspect_linux(good.root, RELEASE)).to_dict() == {
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
    finding: Callable[..., Any], machine: MacCameraDriver | WindowsCameraDriver, status: str, remedy: str
) -> None:
    found = finding(machine)
    assert found.status == status
    assert remedy in found.remedy


def test_a_virtual_camera_of_another_driver_is_accepted(finding: Callable[..., Any]) -> None:
    unity = VirtualCameraInfo("Unity Video Capture", "Unity Video Capture")
    assert finding(WindowsCameraDriver(obs=False), [unity]).status == OK
