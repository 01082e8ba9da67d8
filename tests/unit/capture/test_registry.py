"""Sources opened from the argument of --camera."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.media import write_video
from helpers.values import not_none

from avatarify.capture.demo import DemoSource
from avatarify.capture.devices import list_cameras
from avatarify.capture.media import ImageFolder, VideoFile
from avatarify.capture.registry import open_source
from avatarify.errors import CameraError, InputError, UsageError
from avatarify.frames import Size


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_video(tmp_path / "clip.mp4", [np.full((48, 64, 3), 20 * n, np.uint8) for n in range(10)])


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clip: Path) -> None:
    (tmp_path / "assets" / "demo").mkdir(parents=True)
    clip.rename(tmp_path / "assets" / "demo" / "driver.mp4")
    monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path / "assets"))


def test_a_video_file(clip: Path) -> None:
    with open_source(str(clip), pace=False, size=Size(1280, 720), fps=30.0) as source:
        assert isinstance(source, VideoFile)
        assert not source.live


def test_a_folder_of_pictures(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "1.png"), np.zeros((40, 40, 3), np.uint8))
    with open_source(str(tmp_path), pace=True, size=Size(1280, 720), fps=30.0) as source:
        assert isinstance(source, ImageFolder)
        assert source.live


def test_the_demo_plays_once_if_not_paced(demo: None) -> None:
    with open_source("demo", pace=False, size=Size(1280, 720), fps=30.0) as source:
        assert isinstance(source, DemoSource)
        assert source.name == "demo"
        assert [frame.index for frame in iter(source.read, None)] == list(range(10))


def test_the_demo_loops_if_paced(demo: None) -> None:
    with open_source("demo", pace=True, size=Size(1280, 720), fps=30.0) as source:
        frames = [source.read() for _ in range(13)]
    assert source.live
    assert [not_none(frame).index for frame in frames] == list(range(13))
    assert not_none(frames[-1]).captured_at - not_none(frames[0]).captured_at >= 12 / 25 - 0.01


def test_a_missing_demo_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path))
    with pytest.raises(InputError, match="demo clip"):
        open_source("demo", pace=False, size=Size(1280, 720), fps=30.0)


@pytest.mark.parametrize("text", ["nowhere.mp4", "folder/clip", "./x.mov"])
def test_the_error_for_a_mistyped_path_is_about_a_file(text: str) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_source(text, pace=False, size=Size(1280, 720), fps=30.0)


def test_the_error_for_an_unknown_name_lists_the_cameras() -> None:
    with pytest.raises(UsageError, match="not a camera, a file, or a folder") as caught:
        open_source("no such camera at all", pace=False, size=Size(1280, 720), fps=30.0)
    assert "demo" in caught.value.hint


def test_an_unused_camera_number_is_an_error() -> None:
    number = 1 + max((camera.index for camera in list_cameras()), default=0)
    with pytest.raises(CameraError, match=f"no camera {number}"):
        open_source(str(number), pace=False, size=Size(1280, 720), fps=30.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_is_named_as_such_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe or a device"):
        open_source(str(tmp_path / "pipe"), pace=True, size=Size(1280, 720), fps=30.0)
