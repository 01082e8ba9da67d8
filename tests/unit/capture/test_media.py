"""Video files and folders of images, intact and damaged."""

import threading
import time
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.stream import Disposition
from helpers.films import picture, trim, write_film
from helpers.media import write_video
from helpers.values import not_none
from PIL import Image

from avatarify.capture.animated_image import AnimatedImage
from avatarify.capture.media import ImageFolder, VideoFile
from avatarify.capture.recorded import Pictures, Recorded
from avatarify.capture.registry import open_source
from avatarify.errors import InputError
from avatarify.frames import U8, Frame, Size


def numbered(count: int = 20, height: int = 48, width: int = 64) -> list[U8]:
    """Return frames whose brightness is their number times ten, with a bright left half."""
    frames = [np.full((height, width, 3), 10 * (number % 20) + 20, np.uint8) for number in range(count)]
    for frame in frames:
        frame[:, : width // 2, 0] = 250
    return frames


def noisy(count: int = 40) -> list[U8]:
    rng = np.random.default_rng(1)
    return [cv2.resize(rng.integers(0, 256, (12, 16, 3), dtype=np.uint8), (64, 48)) for _ in range(count)]


def brightness(frame: Frame) -> float:
    return float(frame.image[:, 40:, 1].mean())


def read_all(source: Recorded) -> list[Frame]:
    with source:
        frames = []
        while (frame := source.read()) is not None:
            frames.append(frame)
        return frames


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_video(tmp_path / "clip.mp4", numbered())


def test_every_frame_in_order_with_its_time(clip: Path) -> None:
    video = VideoFile(clip)
    assert (video.name, video.fps, video.live, video.frame_count) == ("clip.mp4", 25, False, 20)
    assert video.size == Size(64, 48)
    frames = read_all(video)
    assert [frame.index for frame in frames] == list(range(20))
    np.testing.assert_allclose([frame.media_time for frame in frames], np.arange(20) / 25, atol=1e-6)
    np.testing.assert_allclose([brightness(frame) for frame in frames], 10 * np.arange(20) + 20, atol=4)
    assert video.warnings == []


def test_colors_are_rgb(clip: Path) -> None:
    frame = read_all(VideoFile(clip))[0]
    assert frame.image.dtype == np.uint8
    assert frame.image.flags["C_CONTIGUOUS"]
    assert frame.image[24, 10, 0] > 200 > frame.image[24, 10, 2]


def turned(clip: Path, degrees: int) -> Path:
    file = clip.with_name(f"turned{degrees}.mp4")
    with av.open(str(clip)) as source, av.open(str(file), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        stream.set_display_rotation(degrees)
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return file


@pytest.mark.parametrize(("degrees", "bright"), [(90, "bottom"), (-90, "top"), (180, "right")])
def test_rotation_metadata_is_applied(clip: Path, degrees: int, bright: str) -> None:
    # The mark gives degrees counter-clockwise; the left half of the stored picture is bright.
    video = VideoFile(turned(clip, degrees))
    image = read_all(video)[0].image[..., 0].astype(int)
    assert video.size == (Size(64, 48) if degrees == 180 else Size(48, 64))
    assert image.shape == (video.size.height, video.size.width)
    halves = {"top": image[:20], "bottom": image[-20:], "left": image[:, :20], "right": image[:, -20:]}
    assert halves[bright].mean() > 200
    assert halves[{"top": "bottom", "bottom": "top", "right": "left"}[bright]].mean() < 60


def test_looping_continues_time_and_indices(clip: Path) -> None:
    with VideoFile(clip, loop=True) as video:
        frames = [video.read() for _ in range(45)]
    assert [not_none(frame).index for frame in frames] == list(range(45))
    np.testing.assert_allclose(np.diff([not_none(frame).media_time for frame in frames]), 1 / 25, atol=1e-6)
    assert brightness(not_none(frames[20])) == brightness(not_none(frames[0]))
    assert brightness(not_none(frames[44])) == brightness(not_none(frames[4]))


def test_paced_frames_arrive_in_real_time(clip: Path) -> None:
    with VideoFile(clip, pace=True) as video:
        assert video.live
        times = [not_none(video.read()).captured_at for _ in range(11)]
    assert times[-1] - times[0] >= 0.4 - 1e-3
    assert min(np.diff(times)) > -1e-9


def test_unpaced_frames_arrive_as_fast_as_they_are_read(tmp_path: Path) -> None:
    slow = write_video(tmp_path / "slow.mp4", numbered(100), fps=1)
    started = time.perf_counter()
    assert len(read_all(VideoFile(slow))) == 100
    assert time.perf_counter() - started < 99


class SlowRecording(Recorded):
    """Has a second frame that is due much later; notes when it is asked for."""

    def __init__(self) -> None:
        super().__init__("slow", 1.0, pace=True, loop=False)
        self.asked = threading.Event()

    def _once(self) -> Pictures:
        picture = np.zeros((48, 64, 3), np.uint8)
        yield picture, 0.0
        self.asked.set()
        yield picture, 10_000.0


def test_close_wakes_a_waiting_reader() -> None:
    source = SlowRecording()

    def read() -> None:
        while source.read() is not None:
            pass

    thread = threading.Thread(target=read)
    thread.start()
    assert source.asked.wait(60)
    source.close()
    thread.join(60)
    assert not thread.is_alive()
    source.close()
    assert source.read() is None


def test_a_truncated_video_delivers_its_readable_frames_and_warns(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.avi", noisy())
    broken = tmp_path / "broken.avi"
    data = whole.read_bytes()
    broken.write_bytes(data[: len(data) // 2])
    video = VideoFile(broken)
    frames = read_all(video)
    assert 8 < len(frames) < 32
    assert list(map(str, video.warnings)) == [
        f"broken.avi is damaged: only {len(frames)} of 40 frames could be read and were used."
    ]


def test_a_video_with_a_damaged_part_is_read_beyond_it_and_warns(tmp_path: Path) -> None:
    file = write_video(tmp_path / "hole.mp4", noisy())
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle - 1500 : middle + 1500] = bytes(3000)
    file.write_bytes(data)
    video = VideoFile(file)
    frames = read_all(video)
    assert frames[-1].media_time > 1.5
    assert len(video.warnings) == 1


def test_an_intact_video_that_loops_gives_no_warning(clip: Path) -> None:
    with VideoFile(clip, loop=True) as video:
        for _ in range(70):
            video.read()
        assert video.warnings == []


def sound_only(file: Path) -> Path:
    with av.open(str(file), "w") as container:
        stream = container.add_stream("aac", rate=44100, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file


def test_invalid_files_are_one_line_errors_with_a_hint(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("not a film\n" * 50)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    wrong = {
        text: "not a readable video",
        empty: "not a readable video",
        tmp_path / "no.mp4": "does not exist",
        tmp_path: "not exist",
    }
    wrong[sound_only(tmp_path / "song.mp4")] = "only audio"
    for file, message in wrong.items():
        with pytest.raises(InputError, match=message) as caught:
            VideoFile(file)
        assert caught.value.hint
        assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


def test_a_folder_is_read_in_natural_order_at_25_fps(tmp_path: Path) -> None:
    for number in (10, 9, 1, 2):
        cv2.imwrite(str(tmp_path / f"frame{number}.png"), np.full((40, 40, 3), number, np.uint8))
    (tmp_path / "notes.txt").write_text("no picture")
    folder = ImageFolder(tmp_path)
    assert (folder.fps, folder.frame_count, folder.live) == (25, 4, False)
    frames = read_all(folder)
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [1, 2, 9, 10]
    np.testing.assert_allclose([frame.media_time for frame in frames], np.arange(4) / 25)


def test_a_damaged_image_in_a_folder_is_skipped_with_a_warning(tmp_path: Path) -> None:
    for number in (1, 3):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((40, 40, 3), number, np.uint8))
    (tmp_path / "2.png").write_text("text")
    folder = ImageFolder(tmp_path)
    assert len(read_all(folder)) == 2
    assert len(folder.warnings) == 1
    assert "2.png" in folder.warnings[0]


def test_a_folder_without_images_or_a_missing_one_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no images"):
        ImageFolder(tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        ImageFolder(tmp_path / "nowhere")


def test_a_trimmed_clip_is_not_called_damaged(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", [number / 25 for number in range(50)], keys=40)
    video = VideoFile(trim(film, 0.8, tmp_path / "trim.mp4"))
    with av.open(str(tmp_path / "trim.mp4")) as container:
        assert container.streams.video[0].frames == 50
    frames = read_all(video)
    assert len(frames) == video.frame_count == 30
    assert video.warnings == []
    assert brightness(frames[0]) == pytest.approx(20, abs=6)  # picture 20


def test_a_cover_is_no_video(tmp_path: Path) -> None:
    file = tmp_path / "song.m4a"
    with av.open(str(file), "w", format="mp4") as out:
        tone = out.add_stream("aac", rate=44100, layout="mono")
        cover = out.add_stream("mjpeg", rate=1)
        assert isinstance(cover, av.VideoStream)
        cover.width = cover.height = 64
        cover.pix_fmt = "yuvj420p"
        cover.disposition = Disposition.attached_pic
        out.mux(cover.encode(picture(0).reformat(format="yuvj420p")))
        heard = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), format="fltp", layout="mono")
        heard.sample_rate = 44100
        assert isinstance(tone, av.AudioStream)
        out.mux(tone.encode(heard))
        out.mux(tone.encode(None))
    with pytest.raises(InputError, match="only audio"):
        VideoFile(file)


def test_an_animated_webp_is_a_video(tmp_path: Path) -> None:
    pictures = [Image.fromarray(frame) for frame in numbered(6)]
    pictures[0].save(tmp_path / "a.webp", save_all=True, append_images=pictures[1:], duration=[40, 40, 200, 40, 40, 40])
    video = open_source(str(tmp_path / "a.webp"), pace=False, size=Size(64, 48), fps=25)
    assert isinstance(video, AnimatedImage)
    assert (video.frame_count, video.size) == (6, Size(64, 48))
    frames = read_all(video)
    np.testing.assert_allclose([frame.media_time for frame in frames], [0, 0.04, 0.08, 0.28, 0.32, 0.36], atol=1e-6)
    np.testing.assert_allclose([brightness(frame) for frame in frames], 10 * np.arange(6) + 20, atol=8)


@pytest.mark.parametrize("suffix", ["mkv", "mp4"])
def test_a_video_with_longer_sound_is_not_called_damaged(tmp_path: Path, suffix: str) -> None:
    file = write_film(tmp_path / f"a.{suffix}", [number / 25 for number in range(10)], sound="aac", sound_s=2.0)
    video = VideoFile(file)
    assert len(read_all(video)) == 10
    assert video.warnings == []
