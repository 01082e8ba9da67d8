"""The virtual camera, through a backend without a driver."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import pyvirtualcam
from helpers.virtual_backend import ListBackend, RefusingBackend, opened

from avatarify.errors import InputError, VirtualCameraError
from avatarify.frames import Size
from avatarify.output import loopback
from avatarify.output.registry import open_sink
from avatarify.output.virtual_camera import VirtualCamera
from avatarify.output.virtual_devices import VirtualCameraInfo, list_virtual_cameras, remedy

UseBackend = Callable[[type[ListBackend] | type[RefusingBackend]], None]


@pytest.fixture
def only_backend(monkeypatch: pytest.MonkeyPatch) -> UseBackend:
    def use(backend: type[ListBackend] | type[RefusingBackend]) -> None:
        monkeypatch.setattr("pyvirtualcam.camera.BACKENDS", {})
        pyvirtualcam.register_backend("list", backend)

    opened.clear()
    use(ListBackend)
    return use


def test_pictures_arrive_as_rgb_of_the_size_given(only_backend: UseBackend) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    with VirtualCamera(Size(64, 48), 30) as camera:
        camera.send(picture)
        camera.send(picture[:, ::-1])
        assert camera.device == camera.name == "/dev/list"
    (backend,) = opened
    assert backend.arguments[:3] == (64, 48, 30)
    np.testing.assert_array_equal(backend.frames[0].reshape(48, 64, 3), picture)
    np.testing.assert_array_equal(backend.frames[1].reshape(48, 64, 3), picture[:, ::-1])
    assert backend.closed == 1


def test_the_registry_opens_it(only_backend: UseBackend) -> None:
    with open_sink("virtual", Size(64, 48), 25) as sink:
        assert isinstance(sink, VirtualCamera)
    assert opened[0].arguments[2] == 25


def test_closing_twice_is_fine_and_sending_afterwards_is_not(only_backend: UseBackend) -> None:
    camera = VirtualCamera(Size(64, 48), 30)
    camera.close()
    camera.close()
    assert opened[0].closed == 1
    with pytest.raises(VirtualCameraError, match="closed"):
        camera.send(np.zeros((48, 64, 3), np.uint8))


def test_another_size_is_an_error(only_backend: UseBackend) -> None:
    with VirtualCamera(Size(64, 48), 30) as camera, pytest.raises(InputError, match="64x48"):
        camera.send(np.zeros((64, 48, 3), np.uint8))


def test_a_missing_driver_is_a_one_line_error_with_the_remedy(only_backend: UseBackend) -> None:
    only_backend(RefusingBackend)
    with pytest.raises(VirtualCameraError, match="Cannot open a virtual camera") as caught:
        VirtualCamera(Size(64, 48), 30)
    assert "\n" not in str(caught.value)
    assert "No v4l2loopback device found" in caught.value.message
    assert caught.value.hint == remedy(RefusingBackend.reason)


def test_an_unknown_device_is_named(only_backend: UseBackend) -> None:
    with pytest.raises(VirtualCameraError, match="/dev/video77"):
        VirtualCamera(Size(64, 48), 30, device="/dev/video77")


def test_a_device_can_be_given_by_its_name(only_backend: UseBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [VirtualCameraInfo("Avatarify", "/dev/list")]
    monkeypatch.setattr("avatarify.output.virtual_camera.list_virtual_cameras", lambda: named)
    with VirtualCamera(Size(64, 48), 30, device="Avatarify") as camera:
        assert (camera.device, camera.name) == ("/dev/list", "Avatarify")


def test_a_device_lost_while_sending_is_a_device_error(only_backend: UseBackend) -> None:
    with VirtualCamera(Size(64, 48), 30) as camera:
        opened[0].broken = "error writing frame: No such device"
        with pytest.raises(VirtualCameraError, match="was lost: error writing frame"):
            camera.send(np.zeros((48, 64, 3), np.uint8))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux's device tree")
def test_loopback_devices_are_listed_by_name_in_order_of_their_number(tmp_path: Path) -> None:
    devices = tmp_path / "sys/devices/virtual/video4linux"
    for number, name in ((10, "Webcam\n"), (2, "Avatarify\n")):
        (devices / f"video{number}").mkdir(parents=True)
        (devices / f"video{number}" / "name").write_text(name)
    (devices / "video11").mkdir()
    assert [str(camera) for camera in list_virtual_cameras(tmp_path)] == [
        "Avatarify (/dev/video2)",
        "Webcam (/dev/video10)",
        "video11 (/dev/video11)",
    ]
    assert list_virtual_cameras(tmp_path / "none") == []


def test_a_device_named_avatarify_is_preferred(only_backend: UseBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [VirtualCameraInfo("OBS", "/dev/video7"), VirtualCameraInfo("Avatarify", "/dev/list")]
    monkeypatch.setattr("avatarify.output.virtual_camera.list_virtual_cameras", lambda: named)
    monkeypatch.setattr("avatarify.output.loopback.revive", lambda device, **_: True)
    with VirtualCamera(Size(64, 48), 30) as camera:
        assert camera.name == "Avatarify"


def test_other_files_are_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "video0"
    file.write_bytes(b"mine")
    for device in (str(file), str(tmp_path / "missing"), "/dev/null"):
        assert loopback.sides(device) is None
        assert loopback.revive(device, even_in_use=True) is False
    assert file.read_bytes() == b"mine"


@pytest.mark.device
def test_a_real_virtual_camera_accepts_pictures() -> None:
    if not list_virtual_cameras():
        pytest.skip("no virtual camera is installed")
    with VirtualCamera(Size(1280, 720), 30) as camera:
        for value in range(10):
            camera.send(np.full((720, 1280, 3), value, np.uint8))
