"""The check of cameras, on described systems."""

from dataclasses import replace

import pytest
from helpers.camera_machines import ALL, LINUX, MAC, WINDOWS

from avatarify.capture.camera_system import CameraSystem
from avatarify.doctor.cameras import check_camera
from avatarify.doctor.checks import local_camera
from avatarify.doctor.finding import FAIL, OK, WARN


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


def test_the_doctor_queries_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    system = replace(MAC, denied=True)
    monkeypatch.setattr("avatarify.capture.camera_system.inspect_cameras", lambda: system)
    finding = local_camera()
    assert finding.status == FAIL
    assert "System Settings" in finding.remedy
