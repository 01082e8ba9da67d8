"""Sinks and recordings of a real session."""

import time
from pathlib import Path

import numpy as np
import pytest

from avatarify.animate.options import AnimationOptions
from avatarify.capture.media import VideoFile
from avatarify.errors import InputError, UsageError
from avatarify.frames import U8, Size
from avatarify.live.devices import LiveDevices, open_camera
from avatarify.live.options import LiveOptions

SIZE = Size(64, 48)
PICTURE: U8 = np.full((48, 64, 3), 90, np.uint8)


def devices(sink: str = "null", *more: str) -> LiveDevices:
    options = LiveOptions(AnimationOptions(size=SIZE), camera="demo", sink=sink, more_sinks=more)
    with open_camera(options) as source:
        return LiveDevices(options, source)


def times_in(path: Path) -> list[float]:
    times = []
    with VideoFile(path) as video:
        while (frame := video.read()) is not None:
            times.append(frame.media_time)
    return times


def test_one_sink_is_opened_as_it_is_and_several_as_one(tmp_path: Path) -> None:
    with devices().open_sinks(print) as one:
        assert one.name == "null"
    with devices("null", str(tmp_path / "talk.mp4")).open_sinks(print) as both:
        assert both.name == "null + talk.mp4"
        both.send(PICTURE)


def test_no_sink_is_opened_twice() -> None:
    with pytest.raises(UsageError, match="twice"):
        devices("null", "null").open_sinks(print)


def test_a_recording_as_the_sink_keeps_real_time(tmp_path: Path) -> None:
    file = tmp_path / "talk.mp4"
    with devices().open_sink(str(file)) as sink:
        sink.send(PICTURE)
        time.sleep(0.3)  # a slow machine
        sink.send(PICTURE)
    first, second = times_in(file)
    assert second - first >= 0.25


def test_a_recording_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        devices().open_recording(tmp_path / "missing" / "talk.mp4", print)
