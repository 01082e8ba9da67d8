"""What opening a session refuses, without opening one."""

from types import SimpleNamespace

import pytest

from avatarify.capture.devices import CameraInfo
from avatarify.errors import DeviceError
from avatarify.live import build
from avatarify.live.build import LiveOptions
from avatarify.output.sink import NullSink


def camera(**facts):
    return SimpleNamespace(info=CameraInfo(0, "OBS Virtual Camera", "/dev/video9", **facts))


@pytest.fixture
def sinks(monkeypatch):
    opened = []

    def open_sink(options, text):
        opened.append(NullSink())
        opened[-1].device = "/dev/video9"
        return opened[-1]

    monkeypatch.setattr(build, "_open_sink", open_sink)
    return opened


def test_pictures_are_not_sent_to_the_camera_they_come_from(sinks):
    with pytest.raises(DeviceError, match="own pictures go to") as caught:
        build._open_other_sink(LiveOptions(), camera(), "virtual")
    assert "avatarify devices" in caught.value.hint
    assert len(sinks) == 1  # it was opened to find out, and closed


def test_the_own_camera_is_taken_only_while_pictures_go_elsewhere(sinks):
    with pytest.raises(DeviceError):
        build._open_other_sink(LiveOptions(), camera(own=True), "virtual")
    assert sinks == []
    source = SimpleNamespace(info=CameraInfo(0, "OBS Virtual Camera", "/dev/video8", own=True))
    assert build._open_other_sink(LiveOptions(), source, "null") is sinks[0]


def test_files_and_demos_are_no_devices(sinks):
    assert build._open_other_sink(LiveOptions(), SimpleNamespace(name="demo"), "virtual") is sinks[0]


@pytest.mark.parametrize(
    ("sink", "file"), [("talk.mp4", True), ("TALK.MP4", True), ("virtual", False), ("null", False)]
)
def test_a_file_that_fails_is_not_opened_again(sink, file):
    assert build._is_file(sink) is file
