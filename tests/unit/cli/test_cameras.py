"""``devices`` and the check of cameras, on described systems."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from helpers.camera_machines import ALL, C920, LINUX, MAC, WINDOWS

from avatarify.capture.camera_system import CameraSystem
from avatarify.cli.main import main
from avatarify.doctor import checks
from avatarify.doctor.cameras import check_camera
from avatarify.doctor.finding import FAIL, OK, WARN


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return a function that lets this machine be another one."""

    def be(machine: Any) -> None:
        monkeypatch.setattr("avatarify.capture.devices.inspect_cameras", lambda: machine)
        monkeypatch.setattr("avatarify.capture.camera_system.inspect_cameras", lambda: machine)

    return be


def devices(capsys: Any) -> list[dict[str, Any]]:
    assert main(["devices", "--json"]) == 0
    return json.loads(capsys.readouterr().out)["cameras"]


@pytest.mark.parametrize("system", ALL)
def test_devices_are_listed_as_json_on_every_system(
    play: Callable[..., Any], capsys: pytest.CaptureFixture[str], system: str
) -> None:
    play(ALL[system])
    cameras = devices(capsys)
    assert cameras
    for camera in cameras:
        assert set(camera) == {"index", "name", "id", "path", "usb", "in_use_by"}
    names = [camera["name"] for camera in cameras]
    assert len(set(names)) == len(names)
    own = {"linux": "Avatarify", "win32": "OBS Virtual Camera", "darwin": "OBS Virtual Camera"}[system]
    assert own not in names


def test_devices_report_vendor_and_users(play: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    play(replace(LINUX, users={"/dev/video2": ("zoom",)}))
    camera = next(camera for camera in devices(capsys) if camera["index"] == 2)
    assert camera == {
        "index": 2,
        "name": "HD Pro Webcam C920",
        "id": C920,
        "path": "/dev/video2",
        "usb": "046d:082d",
        "in_use_by": ["zoom"],
    }
    assert main(["devices"]) == 0
    text = capsys.readouterr().out
    assert "2  HD Pro Webcam C920  (in use by zoom)" in text
    assert "screen" in text


def test_a_machine_without_cameras_lists_none(play: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    for system in ALL:
        play(CameraSystem(system))
        assert devices(capsys) == []


@pytest.mark.parametrize("machine", ALL.values(), ids=ALL)
def test_the_doctor_accepts_cameras(machine: CameraSystem) -> None:
    finding = check_camera(machine)
    assert (finding.status, str(finding.remedy)) == (OK, "")
    assert "Avatarify" not in finding.detail


@pytest.mark.parametrize("system", ALL)
def test_without_a_camera_no_live_session_can_run(system: str) -> None:
    finding = check_camera(CameraSystem(system))
    assert finding.status == FAIL
    assert str(finding.detail) == "No camera is connected."
    assert "demo" in finding.remedy


@pytest.mark.parametrize(
    ("machine", "name"),
    [(LINUX, "Avatarify"), (WINDOWS, "OBS Virtual Camera"), (MAC, "OBS Virtual Camera")],
    ids=ALL,
)
def test_our_own_virtual_camera_does_not_count(machine: CameraSystem, name: str) -> None:
    only = tuple(answer for answer in machine.cameras if answer.name == name)
    finding = check_camera(replace(machine, cameras=only))
    assert finding.status == FAIL
    assert f"Only {name}" in finding.detail


@pytest.mark.parametrize(("machine", "place"), [(WINDOWS, "Privacy & security"), (MAC, "System Settings")])
def test_settings_that_deny_cameras_are_named(machine: CameraSystem, place: str) -> None:
    finding = check_camera(replace(machine, denied=True))
    assert finding.status == FAIL
    assert place in finding.remedy


def test_missing_permission_on_linux_names_devices_and_command() -> None:
    paths = tuple(answer.path for answer in LINUX.cameras)
    finding = check_camera(replace(LINUX, blocked=paths))
    assert finding.status == FAIL
    assert "/dev/video2" in finding.detail
    assert "usermod" in finding.remedy
    assert check_camera(replace(LINUX, blocked=paths[:1])).status == OK
    assert check_camera(CameraSystem("linux", blocked=("/dev/video0",))).status == FAIL


def test_a_camera_that_is_in_use_is_a_warning_only_if_none_is_free() -> None:
    one = replace(LINUX, users={"/dev/video2": ("zoom",)})
    assert check_camera(one).status == OK
    assert "in use by zoom" in check_camera(one).detail
    everyone = replace(LINUX, users={answer.path: ("zoom",) for answer in LINUX.cameras})
    finding = check_camera(everyone)
    assert finding.status == WARN
    assert str(finding.remedy).startswith("Close zoom")
    finding = check_camera(replace(WINDOWS, users={"": ("Teams.exe",)}))
    assert finding.status == WARN
    assert "Close Teams.exe" in finding.remedy


def test_a_failed_enumeration_is_reported_with_its_reason() -> None:
    finding = check_camera(CameraSystem("darwin", error="ModuleNotFoundError: No module named 'AVFoundation'"))
    assert finding.status == FAIL
    assert "AVFoundation" in finding.detail
    assert finding.remedy


def test_the_doctor_queries_this_machine(play: Callable[..., Any]) -> None:
    play(replace(MAC, denied=True))
    finding = checks._camera()
    assert finding.status == FAIL
    assert "System Settings" in finding.remedy
