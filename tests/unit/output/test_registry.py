"""From the word after --sink to a receiver; the two that need no device."""

import threading
from pathlib import Path

import numpy as np
import pytest
from helpers.preview_sink import PreviewSink
from helpers.values import not_none

from avatarify.errors import UsageError
from avatarify.frames import U8, Size
from avatarify.output.recorder import Recorder
from avatarify.output.registry import open_sink
from avatarify.output.sink import NullSink

SIZE = Size(64, 48)


def picture(value: int) -> U8:
    return np.full((48, 64, 3), value, np.uint8)


def test_null_counts_and_keeps_nothing() -> None:
    with open_sink("null", SIZE, 30) as sink:
        assert isinstance(sink, NullSink)
        for value in range(3):
            sink.send(picture(value))
    assert sink.count == 3


def test_a_path_records(tmp_path: Path) -> None:
    with open_sink(str(tmp_path / "Out.MP4"), SIZE, 30) as sink:
        assert isinstance(sink, Recorder)
        sink.send(picture(9))
    assert (tmp_path / "Out.MP4").stat().st_size > 0


@pytest.mark.parametrize("text", ["out.avi", "screen", "", "mp4"])
def test_anything_else_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_sink(text, SIZE, 30)
    assert "virtual, null" in caught.value.hint
    assert ".mp4" in caught.value.hint


def test_a_preview_keeps_the_newest_picture_once() -> None:
    with PreviewSink() as preview:
        assert preview.take() is None
        for value in range(5):
            preview.send(picture(value))
        assert not_none(preview.take())[0, 0, 0] == 4
        assert preview.take() is None
        preview.send(picture(5))
    assert preview.take() is None


def test_a_preview_is_drawn_in_order_from_another_thread() -> None:
    preview, shown, done = PreviewSink(), [], threading.Event()

    def draw() -> None:
        finished = False
        while not finished:
            finished = done.is_set()
            if (image := preview.take()) is not None:
                shown.append(int(image[0, 0, 0]))

    thread = threading.Thread(target=draw)
    thread.start()
    for value in range(200):
        preview.send(picture(value))
    done.set()
    thread.join(10)
    assert shown == sorted(set(shown))
    assert shown[-1] == 199
