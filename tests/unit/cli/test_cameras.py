"""``avatarify devices`` on described systems."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from helpers.camera_machines import ALL, C920, LINUX

from avatarify.capture.camera_system import CameraSystem
from avatarify.cli.main import main


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return a function that lets this machine be another one."""

    def be(machine: Any) -> None:
        monkeypatch.setattr("avatarify.capture.devices.inspect_cameras", lambda: machine)
        monkeypatch.setattr("avatarify.capture.camera_system.inspect_cameras", lambda: machine)

    return be


def devices(capsys: Any) -> list[dict[str, Any]]:
    assert main(["devices", "--json"]) == 0
    cameras: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["cameras"]
    return cameras


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
