"""Which cameras are offered, on described systems."""

import contextlib
import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.camera_machines import ALL, C920, LINUX, MAC, WINDOWS
from helpers.values import not_none

from avatarify.capture import linux, macos, windows
from avatarify.capture.camera_system import CameraSystem, inspect_cameras
from avatarify.capture.devices import cameras_of, find_again, find_camera
from avatarify.capture.obstacle import obstacle
from avatarify.capture.windows import RegistryKey
from avatarify.errors import CameraBusyError, CameraError, UsageError


def offered(machine: CameraSystem) -> list[tuple[int, str]]:
    return [(camera.index, camera.name) for camera in cameras_of(machine) if not camera.own]


def test_linux_offers_real_cameras_and_fed_loopbacks_but_not_our_own() -> None:
    assert offered(LINUX) == [
        (0, "Integrated Camera: Integrated C"),
        (2, "HD Pro Webcam C920"),
        (8, "OBS Virtual Camera"),
    ]


def test_a_loopback_is_identified_by_its_driver_not_only_by_its_name() -> None:
    real = replace(LINUX, loopbacks={})
    assert (9, "Avatarify") in offered(real)  # a camera on a cable that calls itself so


def test_windows_offers_each_camera_once_including_those_only_in_media_foundation() -> None:
    assert offered(WINDOWS) == [
        (0, "Integrated Webcam"),
        (1, "HD Pro Webcam C920"),
        (4, "DroidCam Source 3"),
        (1402, "Windows Virtual Camera"),
    ]


def test_macos_offers_a_phone() -> None:
    assert offered(MAC) == [(0, "FaceTime HD Camera"), (1, "Anna's iPhone Camera")]


def test_cameras_fed_by_programs_are_marked() -> None:
    fed = {system: [c.name for c in cameras_of(machine) if c.fed and not c.own] for system, machine in ALL.items()}
    assert fed == {
        "linux": ["OBS Virtual Camera"],
        "win32": ["DroidCam Source 3", "Windows Virtual Camera"],
        "darwin": [],
    }


@pytest.mark.parametrize("machine", ALL.values(), ids=ALL)
def test_every_camera_has_an_id(machine: CameraSystem) -> None:
    ids = [camera.id for camera in cameras_of(machine) if camera.path]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_the_id_of_a_camera_on_linux_is_its_link_by_id() -> None:
    camera = find_camera("HD Pro", cameras_of(LINUX))
    assert (camera.id, camera.vid, camera.pid) == (C920, 0x046D, 0x082D)
    assert find_camera(C920, cameras_of(LINUX)) == camera == find_camera("/dev/video2", cameras_of(LINUX))


def test_our_own_camera_is_matched_by_its_full_name_only() -> None:
    assert find_camera("obs virtual camera", cameras_of(WINDOWS)).own
    with pytest.raises(UsageError) as caught:
        find_camera("unity", cameras_of(WINDOWS))
    assert "Unity" not in caught.value.hint


def test_a_camera_that_returns_with_another_number_is_found() -> None:
    lost = find_camera("2", cameras_of(LINUX))
    cameras = (replace(LINUX.cameras[1], index=5, path="/dev/video5"), LINUX.cameras[0])
    again = find_again(lost, cameras_of(replace(LINUX, cameras=cameras, ids={"/dev/video5": C920})))
    assert (not_none(again).index, not_none(again).path) == (5, "/dev/video5")


def test_a_lost_camera_is_never_replaced_by_another_one() -> None:
    lost = find_camera("2", cameras_of(LINUX))
    other = replace(LINUX.cameras[0], index=2, path="/dev/video2")
    assert find_again(lost, cameras_of(replace(LINUX, cameras=(other,), ids={}))) is None


def test_of_two_identical_cameras_only_the_one_at_the_same_path_is_found() -> None:
    twins = tuple(replace(LINUX.cameras[1], index=n, path=f"/dev/video{n}") for n in (2, 4))
    machine = replace(LINUX, cameras=twins, ids={})
    lost = cameras_of(machine)[1]
    assert find_again(lost, cameras_of(machine)) == lost
    moved = tuple(replace(twin, path=f"/dev/video{twin.index + 10}") for twin in twins)
    assert find_again(lost, cameras_of(replace(machine, cameras=moved))) is None


def why(machine: CameraSystem, text: str = "HD Pro") -> CameraError:
    return obstacle(find_camera(text, cameras_of(ALL[machine.platform])), machine)


def test_the_error_for_a_busy_camera_names_the_program() -> None:
    error = why(replace(LINUX, users={"/dev/video2": ("zoom",)}))
    assert isinstance(error, CameraBusyError)
    assert str(error) == "Camera HD Pro Webcam C920 is in use by zoom. Close it, or use another camera."
    error = why(replace(WINDOWS, users={"": ("Teams.exe",)}))
    assert isinstance(error, CameraBusyError)
    assert "Teams.exe" in str(error)
    assert isinstance(why(WINDOWS), CameraBusyError)  # there, allowed, and yet it cannot be opened
    assert isinstance(why(MAC, "FaceTime"), CameraBusyError)


def test_the_error_for_a_denied_camera_says_where_to_allow_it() -> None:
    assert "Privacy & security, Camera" in why(replace(WINDOWS, denied=True)).hint
    assert "System Settings" in why(replace(MAC, denied=True), "FaceTime").hint
    error = why(replace(LINUX, blocked=("/dev/video2",)))
    assert "No permission" in error.message
    assert "usermod -aG video" in error.hint


@pytest.mark.parametrize(("system", "text"), [("linux", "HD Pro"), ("win32", "HD Pro"), ("darwin", "FaceTime")])
def test_an_unplugged_camera_is_reported_as_such(system: str, text: str) -> None:
    error = why(CameraSystem(system), text)
    assert "was unplugged" in error.message
    assert not isinstance(error, CameraBusyError)


def test_an_unexplained_failure_is_a_plain_camera_error() -> None:
    error = why(LINUX)
    assert type(error) is CameraError
    assert "cannot be opened" in error.message


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    for number in (10, 2, 0):
        (tmp_path / f"video{number}").touch()
    (tmp_path / "videos").mkdir()
    return tmp_path


def test_linux_lists_devices_by_number(dev: Path) -> None:
    assert [Path(path).name for path in linux.devices(dev)] == ["video0", "video2", "video10"]


def test_linux_prefers_ids_to_paths(dev: Path) -> None:
    for kind, name, number in [("by-path", "pci-1", 0), ("by-path", "pci-2", 2), ("by-id", "usb-C920", 2)]:
        (dev / "v4l" / kind).mkdir(parents=True, exist_ok=True)
        (dev / "v4l" / kind / name).symlink_to(dev / f"video{number}")
    assert linux.ids(dev / "v4l") == {str(dev / "video0"): "pci-1", str(dev / "video2"): "usb-C920"}
    assert linux.ids(dev / "nothing") == {}


def test_linux_reports_which_loopbacks_are_fed(tmp_path: Path) -> None:
    devices = tmp_path / "sys/devices/virtual/video4linux"
    for number, state in [(0, "capture\n"), (1, "output\n"), (2, None)]:
        (devices / f"video{number}").mkdir(parents=True)
        if state:
            (devices / f"video{number}" / "state").write_text(state)
    assert linux.loopbacks(tmp_path) == {"/dev/video0": "capture", "/dev/video1": "output", "/dev/video2": ""}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_linux_names_the_program_that_has_a_device_open(dev: Path) -> None:
    file = dev / "video2"
    code = f"file = open({str(file)!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        not_none(other.stdout).readline()
        with file.open():  # we ourselves are no other program
            found = linux.users(linux.devices(dev))
        other.communicate(b"\n")
    assert list(found) == [str(file)]
    assert found[str(file)][0].startswith("python")
    assert linux.users(linux.devices(dev)) == {}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open everything")
def test_linux_reports_devices_without_permission(dev: Path) -> None:
    (dev / "video2").chmod(0)
    assert linux.blocked(linux.devices(dev)) == (str(dev / "video2"),)


ZOOM = r"C:#Program Files#Zoom#bin#Zoom.exe"
STORE = RegistryKey(
    {"Value": "Allow"},
    {
        "Microsoft.WindowsCamera_8wekyb3d8bbwe": RegistryKey({"LastUsedTimeStart": 5, "LastUsedTimeStop": 9}),
        "MSTeams_8wekyb3d8bbwe": RegistryKey({"LastUsedTimeStart": 5, "LastUsedTimeStop": 0}),
        "NonPackaged": RegistryKey(
            {"Value": "Allow"}, {ZOOM: RegistryKey({"LastUsedTimeStart": 7, "LastUsedTimeStop": 0})}
        ),
    },
)


class FakeRegistry:
    """Answers as the module ``winreg`` does, out of a ``RegistryKey``."""

    HKEY_CURRENT_USER = object()

    def __init__(self, store: RegistryKey | None) -> None:
        self._store = store

    def OpenKey(self, parent: RegistryKey | object, name: str) -> nullcontext[RegistryKey]:
        if isinstance(parent, RegistryKey):
            return contextlib.nullcontext(parent.keys[name])
        if self._store is None or not name.endswith("webcam"):
            raise FileNotFoundError(name)
        return contextlib.nullcontext(self._store)

    def QueryInfoKey(self, key: RegistryKey) -> tuple[int, int, int]:
        return len(key.keys), len(key.values), 0

    def EnumValue(self, key: RegistryKey, number: int) -> tuple[str, object, int]:
        return (*list(key.values.items())[number], 1)

    def EnumKey(self, key: RegistryKey, number: int) -> str:
        return list(key.keys)[number]


def test_windows_reads_the_consent_store() -> None:
    assert windows.consent_store(FakeRegistry(STORE)) == STORE
    assert windows.consent_store(FakeRegistry(None)) == RegistryKey()


def test_windows_reports_programs_that_use_a_camera() -> None:
    assert windows.users(STORE) == {"": ("MSTeams", "Zoom.exe")}
    assert windows.users(RegistryKey()) == {}


def test_windows_does_not_report_our_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", ZOOM.replace("#", "\\"))
    assert windows.users(STORE) == {"": ("MSTeams",)}


def test_windows_reports_whether_desktop_programs_are_denied() -> None:
    assert not windows.denied(STORE)
    assert not windows.denied(RegistryKey())
    assert windows.denied(replace(STORE, values={"Value": "Deny"}))
    assert windows.denied(RegistryKey({"Value": "Allow"}, {"NonPackaged": RegistryKey({"Value": "Deny"})}))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="asks for another system's answers")
def test_queries_of_other_systems_return_nothing() -> None:
    assert windows.consent_store() == RegistryKey()
    assert macos.denied() is False
    for system in ("win32", "darwin"):
        assert inspect_cameras(system).cameras == ()
        assert inspect_cameras(system).error
