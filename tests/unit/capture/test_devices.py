"""Cameras by number and name, and lost cameras."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.media import write_video
from helpers.values import not_none

from avatarify.capture.devices import CameraInfo, find_camera, list_cameras
from avatarify.capture.registry import open_again, open_source
from avatarify.capture.webcam import Webcam
from avatarify.errors import CameraError, UsageError
from avatarify.frames import Size

CAMERAS = [
    CameraInfo(0, "Integrated Camera", "/dev/video0", cv2.CAP_V4L2),
    CameraInfo(2, "Logitech C920", "/dev/video2", cv2.CAP_V4L2),
    CameraInfo(4, "Logitech C920 Pro", "/dev/video4", cv2.CAP_V4L2),
]


def film_camera(tmp_path: Path, count: int = 5) -> CameraInfo:
    """Return a camera that is a film: OpenCV reads it alike, and its end is like a pulled plug."""
    frames = [np.full((48, 64, 3), (40 * number, 0, 200), np.uint8) for number in range(count)]
    file = write_video(tmp_path / "camera.avi", frames)
    return CameraInfo(0, "Film camera", str(file), cv2.CAP_FFMPEG)


@pytest.mark.parametrize(
    ("text", "index"),
    [("0", 0), ("4", 4), ("integrated", 0), ("INTEGRATED CAMERA", 0), ("logitech c920", 2), (" Pro ", 4)],
)
def test_a_camera_is_found_by_number_name_or_a_unique_part(text: str, index: int) -> None:
    assert find_camera(text, CAMERAS).index == index


def test_the_error_for_an_ambiguous_name_lists_the_matches() -> None:
    with pytest.raises(UsageError, match="2: Logitech C920, 4: Logitech C920 Pro"):
        find_camera("logitech", CAMERAS)


def test_the_error_for_an_unknown_camera_lists_the_cameras() -> None:
    with pytest.raises(UsageError) as unknown:
        find_camera("Sony", CAMERAS)
    with pytest.raises(CameraError) as missing:
        find_camera("1", CAMERAS)
    for error in (unknown.value, missing.value):
        assert "0: Integrated Camera" in error.hint
        assert "demo" in error.hint


def test_without_cameras_the_hint_offers_the_demo() -> None:
    with pytest.raises(CameraError, match="no camera 0") as caught:
        find_camera("0", [])
    assert "No camera is connected" in caught.value.hint
    assert "demo" in caught.value.hint


def test_listing_is_quiet_and_sorted(capfd: pytest.CaptureFixture[str]) -> None:
    cameras = list_cameras()
    assert [camera.index for camera in cameras] == sorted(camera.index for camera in cameras)
    assert all(camera.name for camera in cameras)
    assert capfd.readouterr().err == ""


def test_frames_are_rgb_numbered_and_timed(tmp_path: Path) -> None:
    with Webcam(film_camera(tmp_path)) as camera:
        assert camera.live
        assert (camera.name, camera.fps) == ("Film camera", 25)
        before = time.perf_counter()
        frames = [camera.read() for _ in range(5)]
    assert [not_none(frame).index for frame in frames] == [0, 1, 2, 3, 4]
    assert all(before < not_none(frame).captured_at < time.perf_counter() for frame in frames)
    assert all(np.isnan(not_none(frame).media_time) for frame in frames)
    np.testing.assert_allclose(not_none(frames[4]).image[20, 20], [160, 0, 200], atol=6)


def test_the_error_for_a_lost_camera_names_it(tmp_path: Path) -> None:
    with Webcam(film_camera(tmp_path, count=2)) as camera:
        assert camera.read() is not None
        assert camera.read() is not None
        with pytest.raises(CameraError, match="Film camera stopped delivering frames"):
            camera.read()


def test_a_closed_camera_gives_none(tmp_path: Path) -> None:
    camera = Webcam(film_camera(tmp_path))
    camera.close()
    camera.close()
    assert camera.read() is None


def test_close_from_another_thread_ends_reading(tmp_path: Path) -> None:
    camera = Webcam(film_camera(tmp_path, count=200))
    for _ in range(5):
        assert camera.read() is not None
    closing = threading.Thread(target=camera.close)
    closing.start()
    closing.join(60)
    assert camera.read() is None


def test_a_camera_that_cannot_be_opened_writes_nothing_to_stderr(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    gone = CameraInfo(7, "Gone camera", str(tmp_path / "nothing"), cv2.CAP_V4L2)
    with pytest.raises(CameraError, match="Gone camera cannot be opened") as caught:
        Webcam(gone, Size(640, 480), 30)
    assert caught.value.hint
    assert capfd.readouterr().err == ""


def test_a_driver_that_hangs_times_out_and_its_late_capture_is_released(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers, late = threading.Event(), cv2.VideoCapture(film_camera(tmp_path).path, cv2.CAP_FFMPEG)

    def hang(*arguments: object) -> cv2.VideoCapture:
        answers.wait(60)
        return late

    monkeypatch.setattr("avatarify.capture.webcam._open", hang)
    with pytest.raises(CameraError, match="did not respond within 0 s") as caught:
        Webcam(film_camera(tmp_path), timeout_s=0.1)
    assert caught.value.hint
    assert late.isOpened()
    answers.set()
    (thread,) = [thread for thread in threading.enumerate() if thread.name == "camera-open"]
    thread.join(60)
    assert not late.isOpened()


def test_a_camera_is_reopened_by_its_identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    info = replace(film_camera(tmp_path), id="usb-film")
    camera = Webcam(info, Size(640, 480), 15)
    camera.close()
    elsewhere = replace(info, index=7)
    monkeypatch.setattr("avatarify.capture.webcam.list_devices", lambda: [*CAMERAS, elsewhere])
    with open_again(camera, "0", size=Size(640, 480), fps=15) as again:
        assert isinstance(again, Webcam)
        assert again.info == elsewhere
    monkeypatch.setattr("avatarify.capture.webcam.list_devices", lambda: CAMERAS)
    with pytest.raises(CameraError, match="Film camera is not connected"):
        open_again(camera, "0", size=Size(640, 480), fps=15)


def test_other_sources_are_reopened_by_the_same_text(tmp_path: Path) -> None:
    film = film_camera(tmp_path).path
    with open_source(film, pace=False, size=Size(640, 480), fps=15) as source:
        pass
    with open_again(source, film, size=Size(640, 480), fps=15) as again:
        assert again.read() is not None


def test_an_exception_of_a_driver_becomes_a_device_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*arguments: object) -> None:
        raise cv2.error("no graph")

    monkeypatch.setattr("avatarify.capture.webcam._open", fail)
    with pytest.raises(CameraError, match="Film camera"):
        Webcam(film_camera(tmp_path))


def test_a_device_path_is_a_camera_not_a_file() -> None:
    with pytest.raises(UsageError, match="not a camera"):
        open_source("/dev/video77", pace=True, size=Size(640, 480), fps=30)


@pytest.mark.device
def test_the_first_real_camera_delivers_frames() -> None:
    cameras = list_cameras()
    if not cameras:
        pytest.skip("no camera is connected")
    with Webcam(cameras[0]) as camera:
        image = not_none(camera.read()).image
    assert image.ndim == 3
    assert image.dtype == np.uint8
