"""The screen as a source, on a virtual display."""

import shutil
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from helpers.values import not_none

from avatarify.capture.registry import open_source
from avatarify.capture.screen import Screen, is_screen
from avatarify.errors import CameraError, UsageError
from avatarify.frames import Size

needs_xvfb = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("Xvfb") is None, reason="Xvfb is not installed"
)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Give a display of 400x300 pixels that is white."""
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", "400x300x24", "-wr", "-noreset", "-nolisten", "tcp"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        yield f":{not_none(server.stdout).readline().strip()}"
        server.terminate()


@pytest.fixture
def screen(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)


def test_the_screen_is_named_screen() -> None:
    assert is_screen("screen")
    assert is_screen("Screen:0,0,640x480")
    assert not is_screen("screenplay.mp4")


@needs_xvfb
@pytest.mark.usefixtures("screen")
def test_the_whole_screen_or_a_part_is_captured() -> None:
    with open_source("screen", pace=True, size=Size(1280, 720), fps=100.0) as source:
        whole = source.read()
    with open_source("screen:100,50,128x96", pace=True, size=Size(1280, 720), fps=100.0) as source:
        frames = [source.read() for _ in range(3)]
    assert not_none(whole).image.shape == (300, 400, 3)
    assert not_none(frames[0]).image.shape == (96, 128, 3)
    assert not_none(frames[0]).image.dtype == np.uint8
    assert not_none(frames[0]).image.flags["C_CONTIGUOUS"]
    assert not_none(frames[0]).image[10, 10].tolist() == [255, 255, 255]
    assert [not_none(frame).index for frame in frames] == [0, 1, 2]


@needs_xvfb
@pytest.mark.usefixtures("screen")
def test_frames_arrive_at_the_requested_rate() -> None:
    with Screen("screen", fps=20) as source:
        times = [not_none(source.read()).captured_at for _ in range(9)]
    assert times[-1] - times[0] >= 8 / 20 - 0.06


@needs_xvfb
@pytest.mark.usefixtures("screen")
def test_close_ends_reading() -> None:
    source = Screen("screen", fps=1)
    source.close()
    assert source.read() is None


@needs_xvfb
@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize(
    "text", ["screen:0,0,500x300", "screen:-5,0,64x64", "screen:0,0", "screen:1,2,8x8", "screen:a,b,cxd"]
)
def test_an_invalid_part_of_the_screen_is_an_error(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Screen(text)
    assert caught.value.hint


@needs_xvfb
def test_without_a_screen_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(CameraError, match="screen is not available") as caught:
        Screen("screen")
    assert caught.value.hint
