"""Sinks opened from the argument of --sink, those that need no device."""

from pathlib import Path

import numpy as np
import pytest

from avatarify.errors import UsageError
from avatarify.frames import U8, Size
from avatarify.output.recorder import Recorder
from avatarify.output.registry import open_sink
from avatarify.output.sink import NullSink

SIZE = Size(64, 48)


def picture(value: int) -> U8:
    return np.full((48, 64, 3), value, np.uint8)


def test_null_counts_pictures() -> None:
    with open_sink("null", SIZE, 30) as sink:
        assert isinstance(sink, NullSink)
        for value in range(3):
            sink.send(picture(value))
    assert sink.count == 3


def test_a_path_opens_a_recorder(tmp_path: Path) -> None:
    with open_sink(str(tmp_path / "Out.MP4"), SIZE, 30) as sink:
        assert isinstance(sink, Recorder)
        sink.send(picture(9))
    assert (tmp_path / "Out.MP4").stat().st_size > 0


@pytest.mark.parametrize("text", ["out.avi", "screen", "", "mp4"])
def test_the_error_for_an_unknown_sink_lists_the_valid_ones(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_sink(text, SIZE, 30)
    assert "virtual, null" in caught.value.hint
    assert ".mp4" in caught.value.hint
