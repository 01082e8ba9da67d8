"""One picture to several receivers."""

from pathlib import Path

import numpy as np
import pytest

from avatarify.errors import DeviceError, UsageError
from avatarify.frames import U8, Size
from avatarify.output.fan_out_sink import FanOutSink
from avatarify.output.registry import open_sinks
from avatarify.output.sink import NullSink

SIZE = Size(64, 48)


def fail(error: Exception) -> None:
    """Called for a sink that fails; none may."""
    pytest.fail(str(error))


def picture(value: int = 0) -> U8:
    return np.full((48, 64, 3), value, np.uint8)


def unexpected(error: Exception) -> None:
    pytest.fail(str(error))


class Failing(NullSink):
    """Takes some pictures, then is lost."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.name, self._left, self.closed = "failing", after, 0

    def send(self, image: U8) -> None:
        if self.count == self._left:
            raise DeviceError("It was lost.", "Plug it in.")
        super().send(image)

    def close(self) -> None:
        self.closed += 1


def test_a_failing_sink_is_reported_once_and_the_others_continue() -> None:
    lost, working = Failing(after=2), NullSink()
    problems: list[Exception] = []
    with FanOutSink([lost, working], problems.append) as sink:
        assert sink.name == "failing + null"
        for value in range(5):
            sink.send(picture(value))
        assert sink.name == "null"
    assert (lost.count, working.count, lost.closed) == (2, 5, 1)
    assert [str(error) for error in problems] == ["It was lost. Plug it in."]


def test_when_the_last_sink_fails_the_error_is_raised() -> None:
    problems: list[Exception] = []
    with FanOutSink([Failing(after=1), Failing(after=0)], problems.append) as sink:
        sink.send(picture())
        with pytest.raises(DeviceError, match="lost"):
            sink.send(picture())
    assert len(problems) == 1


def test_all_sinks_are_closed_even_if_one_fails() -> None:
    class Stuck(NullSink):
        def close(self) -> None:
            raise DeviceError("The disk is full.")

    other = Failing(after=9)
    sink = FanOutSink([other, Stuck()], print)
    with pytest.raises(DeviceError, match="disk"):
        sink.close()
    assert other.closed == 1


def test_a_recording_alongside_another_sink_is_playable(tmp_path: Path) -> None:
    import av

    path = tmp_path / "out.mp4"
    with open_sinks(["null", str(path)], SIZE, 30, unexpected) as sink:
        assert sink.name == "null + out.mp4"
        for value in range(5):
            sink.send(picture(40 * value))
    with av.open(str(path)) as video:
        assert 1 <= sum(1 for _ in video.decode(video=0)) <= 5


def test_if_one_sink_cannot_be_opened_none_is(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with pytest.raises(UsageError, match="nowhere"):
        open_sinks([str(path), "nowhere"], SIZE, 30, unexpected)
    assert list(tmp_path.iterdir()) == []


def test_naming_a_sink_twice_is_an_error() -> None:
    with pytest.raises(UsageError, match="twice"):
        open_sinks(["null", "null"], SIZE, 30, unexpected)
