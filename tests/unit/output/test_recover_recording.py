"""Truncated recordings are cut to what a player can read."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest

from avatarify.output.recover_recording import cut_to_last_fragment


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def large_box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content


HEADER = box(b"ftyp", b"isom") + box(b"moov", bytes(20))
FRAGMENT = box(b"moof", bytes(30)) + box(b"mdat", bytes(100))


def cut(tmp_path: Path, content: bytes) -> tuple[bool, bytes]:
    file = tmp_path / "recording.part"
    file.write_bytes(content)
    return cut_to_last_fragment(file), file.read_bytes()


@pytest.mark.parametrize(
    "rest",
    [b"", FRAGMENT[:-1], FRAGMENT[:40], FRAGMENT[:10], FRAGMENT[:5], box(b"moof"), bytes(16)],
    ids=["nothing", "data cut", "data missing", "box cut", "size cut", "no data", "zeros"],
)
def test_what_follows_the_last_complete_fragment_is_cut_off(tmp_path: Path, rest: bytes) -> None:
    complete = HEADER + 2 * FRAGMENT
    assert cut(tmp_path, complete + rest) == (True, complete)


@pytest.mark.parametrize("content", [b"", HEADER, HEADER + FRAGMENT[:-1]], ids=["empty", "header", "one cut fragment"])
def test_a_file_without_a_complete_fragment_is_not_changed(tmp_path: Path, content: bytes) -> None:
    assert cut(tmp_path, content) == (False, content)


def test_boxes_with_64_bit_sizes_are_understood(tmp_path: Path) -> None:
    complete = HEADER + box(b"moof") + large_box(b"mdat", bytes(300))
    assert cut(tmp_path, complete + large_box(b"mdat", bytes(300))[:-1]) == (True, complete)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        cut_to_last_fragment(tmp_path / "missing.part")


def fragmented(file: Path, seconds: int) -> Path:
    """Write a video with fragments of one second, as a live recording does."""
    options = {"movflags": "+frag_keyframe+empty_moov", "frag_duration": "1000000"}
    with av.open(str(file), "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=25, options={"g": "25"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(25 * seconds):
            image = np.random.default_rng(number).integers(0, 256, (48, 64, 3), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())
    return file


@pytest.mark.parametrize("fraction", [0.5, 0.75, 0.9])
def test_a_truncated_video_is_playable_after_the_cut(tmp_path: Path, fraction: float) -> None:
    file = fragmented(tmp_path / "a.mp4", seconds=4)
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.truncate(round(fraction * size))
    assert cut_to_last_fragment(file)
    assert file.stat().st_size <= round(fraction * size)
    with av.open(str(file)) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert 100 * fraction - 30 <= frames < 100  # at most the truncated fragment of a second is lost
