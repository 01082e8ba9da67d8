"""Pictures are never sent to the camera they come from."""

from types import SimpleNamespace
from typing import Any

import pytest

from avatarify.capture.devices import CameraInfo
from avatarify.errors import CameraError
from avatarify.live.feedback_guard import may_open_again, open_elsewhere
from avatarify.output.sink import NullSink


def camera(path: str = "/dev/video9", **facts: Any) -> Any:
    return SimpleNamespace(info=CameraInfo(0, "OBS Virtual Camera", path, **facts))


class Sinks:
    """Opens sinks on one device."""

    def __init__(self) -> None:
        self.closed = 0
        self.opened: list[Any] = []

    def __call__(self, text: str) -> Any:
        sink: Any = NullSink()
        sink.device, sink.close = "/dev/video9", self._close
        self.opened.append(text)
        return sink

    def _close(self) -> None:
        self.closed += 1


def test_a_sink_on_the_camera_s_own_device_is_refused_and_closed() -> None:
    sinks = Sinks()
    with pytest.raises(CameraError, match="virtual camera that Avatarify sends to") as caught:
        open_elsewhere(sinks, camera(), "virtual")
    assert "avatarify devices" in caught.value.hint
    assert (sinks.opened, sinks.closed) == (["virtual"], 1)


@pytest.mark.parametrize("text", ["virtual", "virtual:Avatarify"])
def test_our_own_camera_is_a_source_only_while_pictures_go_elsewhere(text: str) -> None:
    sinks = Sinks()
    with pytest.raises(CameraError):
        open_elsewhere(sinks, camera("/dev/video8", own=True), text)
    assert sinks.opened == []
    open_elsewhere(sinks, camera("/dev/video8", own=True), "null")
    assert (sinks.opened, sinks.closed) == (["null"], 0)


def test_files_and_demos_are_not_devices() -> None:
    sinks = Sinks()
    open_elsewhere(sinks, SimpleNamespace(name="demo"), "virtual")
    assert (sinks.opened, sinks.closed) == (["virtual"], 0)


@pytest.mark.parametrize(("sink", "again"), [("talk.mp4", False), ("TALK.MP4", False), ("virtual", True)])
def test_a_recording_that_fails_is_not_begun_again(sink: str, again: bool) -> None:
    assert may_open_again(sink) is again
