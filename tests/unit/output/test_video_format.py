"""Containers, sound, and the times of pictures in videos that are made of other videos."""

import contextlib
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from helpers.films import picture, times_of, write_film

from avatarify.capture.media import VideoFile
from avatarify.errors import InputError
from avatarify.frames import Size
from avatarify.output.recorder import Recorder
from avatarify.output.soundtrack import Soundtrack
from avatarify.output.video_format import FORMATS, check_output

STEADY = [number / 25 for number in range(25)]


def copied(driver: Path, output: Path, count: int | None = None) -> list[str]:
    """Write a driver's pictures and sound into another file; return the warnings about its sound."""
    with VideoFile(driver) as source, Soundtrack(driver, source.start_s) as sound:
        with Recorder(output, Size(64, 64), source.fps, sound=sound) as recorder:
            while (frame := source.read()) is not None and recorder.count != count:
                recorder.send(frame.image, frame.media_time)
        return list(map(str, sound.warnings))


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_every_kind_of_file_plays_with_the_times_of_its_driver(tmp_path: Path, suffix: str) -> None:
    times = [*STEADY[:10], *(2 + time for time in STEADY[:10])]
    copied(write_film(tmp_path / "pause.mp4", times), tmp_path / f"out{suffix}")
    assert np.abs(np.subtract(times_of(tmp_path / f"out{suffix}"), times)).max() < 0.011
    with VideoFile(tmp_path / f"out{suffix}") as video:
        seen = video.read()
    assert seen is not None
    expected = picture(0).to_ndarray(format="rgb24").astype(int)
    assert np.abs(seen.image.astype(int) - expected).mean() < 8


@pytest.mark.parametrize(
    ("driver", "given", "output", "codec"),
    [
        ("a.mp4", "aac", "o.mp4", "aac"),
        ("a.mp4", "aac", "o.mkv", "aac"),
        ("a.mp4", "aac", "o.webm", "opus"),
        ("a.mkv", "flac", "o.mp4", "aac"),
    ],
)
def test_the_sound_of_the_driver_is_kept(tmp_path: Path, driver: str, given: str, output: str, codec: str) -> None:
    write_film(tmp_path / driver, STEADY, sound=given, sound_s=1.0)
    assert copied(tmp_path / driver, tmp_path / output) == []
    heard = times_of(tmp_path / output, "audio")
    assert -0.03 < heard[0] < 0.1  # an encoder may begin a little early
    assert 0.85 < heard[-1] < 1.05
    with av.open(str(tmp_path / output)) as made:
        assert made.streams.audio[0].codec_context.codec.canonical_name == codec


def test_sound_ends_with_the_pictures_and_begins_with_the_first(tmp_path: Path) -> None:
    late = write_film(tmp_path / "late.mp4", [0.5 + time for time in STEADY], sound="aac", sound_s=3.0)
    assert copied(late, tmp_path / "o.mp4", count=10) == []
    assert times_of(tmp_path / "o.mp4")[0] == pytest.approx(0, abs=0.01)
    assert 0.3 < times_of(tmp_path / "o.mp4", "audio")[-1] < 0.42


def test_a_silent_driver_and_a_gif_make_silent_videos(tmp_path: Path) -> None:
    assert copied(write_film(tmp_path / "silent.mp4", STEADY), tmp_path / "o.mp4") == []
    assert times_of(tmp_path / "o.mp4", "audio") == []
    loud = write_film(tmp_path / "loud.mp4", STEADY, sound="aac", sound_s=1.0)
    assert copied(loud, tmp_path / "o.gif") == ["loud.mp4 has sound, but files of this kind cannot hold it."]


def test_slow_motion_keeps_its_times_and_a_gif_leaves_pictures_out(tmp_path: Path) -> None:
    times = [number / 480 for number in range(24)]
    slow = write_film(tmp_path / "slow.mp4", times)
    with contextlib.closing(VideoFile(slow)) as source:
        frames = list(iter(source.read, None))
    for name in ("o.mp4", "o.gif"):
        with Recorder(tmp_path / name, Size(64, 64), 240) as recorder:
            for frame in frames:
                recorder.send(frame.image, frame.media_time)
    assert np.abs(np.subtract(times_of(tmp_path / "o.mp4"), times)).max() < 0.001
    assert len(times_of(tmp_path / "o.gif")) == 3


@pytest.mark.parametrize(("name", "message"), [("o.avi", r"End it in one of: \.mp4"), ("no/o.mp4", "does not exist")])
def test_names_are_checked_before_the_work(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_output(tmp_path / name)
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        check_output(tmp_path / "folder.mp4")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a folder in which nobody can write, not even root")
def test_a_folder_that_cannot_be_written_is_refused_before_the_work() -> None:
    with pytest.raises(InputError, match="Cannot write to the folder /proc"):
        check_output(Path("/proc/out.mp4"))


def test_sound_without_a_decoder_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loud = write_film(tmp_path / "loud.mkv", STEADY, sound="aac", sound_s=1.0)
    data = loud.read_bytes()
    assert data.count(b"A_AAC") == 1
    loud.write_bytes(data.replace(b"A_AAC", b"A_XYZ"))
    assert copied(loud, tmp_path / "o.mp4") == ["The sound of loud.mkv is lost from here on: its codec is unknown."]
    assert times_of(tmp_path / "o.mp4", "audio") == []
