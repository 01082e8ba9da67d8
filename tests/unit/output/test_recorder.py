"""Recordings: playable, marked, and never incomplete."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from helpers.media import read_video

from avatarify.errors import DeviceError, InputError
from avatarify.frames import U8, Size
from avatarify.output.recorder import PROVENANCE, Recorder

SIZE = Size(96, 64)
COLORS = [(220, 40, 40), (40, 200, 60), (50, 60, 210), (240, 240, 240), (20, 20, 20), (180, 170, 30)]


def plain(color: tuple[int, int, int]) -> U8:
    return np.full((64, 96, 3), color, np.uint8)


def busy(seed: int) -> U8:
    return np.random.default_rng(seed).integers(0, 256, (64, 96, 3), dtype=np.uint8)


def record(file: Path, images: list[U8], fps: float = 25.0) -> Path:
    with Recorder(file, SIZE, fps) as recorder:
        for image in images:
            recorder.send(image)
    return file


def stream_of(file: Path) -> tuple[str, str, tuple[int, int], list[float], dict[str, str]]:
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        times = [float(frame.time) for frame in container.decode(stream)]
        codec = stream.codec_context
        return codec.name, codec.pix_fmt, (codec.width, codec.height), times, dict(container.metadata)


def test_pictures_are_recorded_in_order_with_their_colors(tmp_path: Path) -> None:
    frames, fps = read_video(record(tmp_path / "a.mp4", [plain(color) for color in COLORS]))
    assert fps == 25
    assert frames.shape == (6, 64, 96, 3)
    np.testing.assert_allclose(frames.mean(axis=(1, 2)), COLORS, atol=4)


def test_another_reader_sees_the_same_colors(tmp_path: Path) -> None:
    file = record(tmp_path / "a.mp4", [plain(COLORS[0])] * 3)
    ok, image = cv2.VideoCapture(str(file)).read()
    assert ok
    np.testing.assert_allclose(image.mean(axis=(0, 1))[::-1], COLORS[0], atol=4)


def test_it_is_widely_playable_h264_with_provenance(tmp_path: Path) -> None:
    file = record(tmp_path / "a.mp4", [busy(seed) for seed in range(10)])
    codec, pixels, size, times, metadata = stream_of(file)
    assert (codec, pixels, size) == ("h264", "yuv420p", (96, 64))
    assert metadata["comment"] == PROVENANCE
    assert PROVENANCE.startswith("AI-generated with Avatarify")
    assert len(times) == 10
    data = file.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # playable while it downloads


@pytest.mark.parametrize("fps", [24.0, 29.97, 30.0, 60.0])
def test_pictures_are_recorded_at_the_given_rate(tmp_path: Path, fps: float) -> None:
    times = stream_of(record(tmp_path / "a.mp4", [busy(seed) for seed in range(7)], fps))[3]
    np.testing.assert_allclose(times, np.arange(7) / fps, atol=2e-4)


def test_a_live_recording_keeps_its_timestamps(tmp_path: Path) -> None:
    shown = [100.0, 100.04, 100.2, 100.2, 100.21, 101.0]
    with Recorder(tmp_path / "live.mp4", SIZE, 25) as recorder:
        for seed, at in enumerate(shown):
            recorder.send(busy(seed), at_s=at)
    times = stream_of(tmp_path / "live.mp4")[3]
    np.testing.assert_allclose(times, np.array(shown) - 100, atol=1e-3)
    assert min(np.diff(times)) > 0


def test_the_file_appears_only_after_close(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.mp4", SIZE, 25)
    recorder.send(busy(0))
    assert not (tmp_path / "a.mp4").exists()
    recorder.close()
    recorder.close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_discard_removes_everything_and_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    target.write_text("the old recording")
    recorder = Recorder(target, SIZE, 25)
    recorder.send(busy(0))
    recorder.discard()
    recorder.close()
    assert target.read_text() == "the old recording"
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_recording_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    target.write_text("the old recording")
    assert len(read_video(record(target, [busy(0)] * 4))[0]) == 4


def fail_while_recording(file: Path, error: InputError | KeyboardInterrupt) -> None:
    with Recorder(file, SIZE, 25) as recorder:
        recorder.send(busy(0))
        raise error


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        fail_while_recording(tmp_path / "a.mp4", InputError("The video is damaged."))
    assert list(tmp_path.iterdir()) == []


def test_a_recording_interrupted_by_ctrl_c_is_finished(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        fail_while_recording(tmp_path / "a.mp4", KeyboardInterrupt())
    assert len(read_video(tmp_path / "a.mp4")[0]) == 1


def test_without_a_picture_there_is_no_file(tmp_path: Path) -> None:
    Recorder(tmp_path / "a.mp4", SIZE, 25).close()
    assert list(tmp_path.iterdir()) == []


def test_sending_after_close_is_an_error(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.mp4", SIZE, 25)
    recorder.close()
    with pytest.raises(DeviceError, match="finished"):
        recorder.send(busy(0))


def test_another_size_is_an_error(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.mp4", SIZE, 25) as recorder, pytest.raises(InputError, match="96x64"):
        recorder.send(np.zeros((96, 64, 3), np.uint8))


def test_invalid_recordings_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder.mp4").mkdir()
    wrong = {
        (tmp_path / "a.mp4", Size(95, 64), 25.0): "95x64",
        (tmp_path / "a.mp4", SIZE, 0.0): "0 fps",
        (tmp_path / "a.avi", SIZE, 25.0): "a.avi",
        (tmp_path / "missing" / "a.mp4", SIZE, 25.0): "does not exist",
        (tmp_path / "folder.mp4", SIZE, 25.0): "is a folder",
    }
    for arguments, message in wrong.items():
        with pytest.raises(InputError, match=message) as caught:
            Recorder(*arguments)
        assert caught.value.hint
    assert [file.name for file in tmp_path.iterdir()] == ["folder.mp4"]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder that even root cannot write to")
def test_the_error_for_a_read_only_folder_names_it() -> None:
    with pytest.raises(InputError, match="Cannot write to the folder /proc/self"):
        Recorder("/proc/self/a.mp4", SIZE, 25)


@contextlib.contextmanager
def small_disk(most: int = 20_000) -> Iterator[None]:
    """Limit the size of files, as a full disk does; briefly, because it applies to every file of the process."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
@pytest.mark.parametrize("count", [3, 60])
def test_a_full_disk_is_an_error_and_leaves_no_file(tmp_path: Path, count: int) -> None:
    # Three pictures stay in the encoder and fail in close; with sixty, sending fails.
    size = Size(320, 240)
    images = np.random.default_rng(0).integers(0, 256, (count, 240, 320, 3), dtype=np.uint8)
    with small_disk(), pytest.raises(DeviceError, match=r"Cannot write a\.mp4") as caught:
        send_all(Recorder(tmp_path / "a.mp4", size, 25), images)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
def test_a_live_recording_that_fills_the_disk_is_kept(tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(0, 256, (100, 240, 320, 3), dtype=np.uint8)
    with small_disk(3_000_000), pytest.raises(DeviceError, match=r"Cannot write a\.mp4") as caught:
        send_all(Recorder(tmp_path / "a.mp4", Size(320, 240), 25, keep=True), images)
    assert "recorded before is in a.mp4" in caught.value.hint
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]
    assert 25 <= len(decoded(tmp_path / "a.mp4")) < 100


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
def test_a_live_recording_with_nothing_to_keep_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"before")
    images = np.random.default_rng(0).integers(0, 256, (100, 240, 320, 3), dtype=np.uint8)
    with small_disk(), pytest.raises(DeviceError) as caught:
        send_all(Recorder(tmp_path / "a.mp4", Size(320, 240), 25, keep=True), images)
    assert "recorded before" not in caught.value.hint
    assert (tmp_path / "a.mp4").read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_finished_live_recording_is_an_ordinary_file(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.mp4", SIZE, 25, keep=True) as recorder:
        for number in range(60):
            recorder.send(busy(number))
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert container.streams.video[0].frames == 60
        assert container.duration == pytest.approx(2_400_000, abs=50_000)
    assert len(decoded(tmp_path / "a.mp4")) == 60


def decoded(file: Path) -> list[VideoFrame]:
    with av.open(str(file)) as container:
        return list(container.decode(video=0))


def send_all(recorder: Recorder, images: U8) -> None:
    for image in images:
        recorder.send(image)
    recorder.close()


def test_an_interrupt_while_opening_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(av, "open", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Recorder(tmp_path / "out.mp4", Size(64, 48), 25)
    assert list(tmp_path.iterdir()) == []
