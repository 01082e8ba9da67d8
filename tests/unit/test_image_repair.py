"""Images whose picture is complete though something else in the file is not."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from avatarify.errors import InputError
from avatarify.images import load_picture, load_rgba, size_of

NOISE = Image.fromarray(np.random.default_rng(3).integers(0, 255, (96, 80, 3), dtype=np.uint8))


def saved(kind: str, **how: Any) -> bytes:
    stream = io.BytesIO()
    NOISE.save(stream, kind, **how)
    return stream.getvalue()


def chunk(kind: bytes, data: bytes, checksum: int | None = None) -> bytes:
    checksum = zlib.crc32(kind + data) if checksum is None else checksum
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def with_chunk(more: bytes) -> bytes:
    """Return a PNG with a chunk behind its header."""
    content = saved("PNG")
    return content[:33] + more + content[33:]


JPEGS: list[dict[str, Any]] = [{}, {"progressive": True}, {"restart_marker_blocks": 2}, {"subsampling": 0}]


@pytest.mark.parametrize("how", JPEGS, ids=str)
@pytest.mark.parametrize("lost", [1, 2])
def test_a_jpeg_without_its_end_marker_is_complete(tmp_path: Path, how: dict[str, Any], lost: int) -> None:
    content = saved("JPEG", **how)
    (tmp_path / "whole.jpg").write_bytes(content)
    (tmp_path / "cut.jpg").write_bytes(content[:-lost])
    np.testing.assert_array_equal(load_picture(tmp_path / "cut.jpg"), load_picture(tmp_path / "whole.jpg"))


@pytest.mark.parametrize("how", JPEGS, ids=str)
@pytest.mark.parametrize("lost", [4, 5, 9, 70, 700])
def test_a_jpeg_that_lacks_pixels_is_refused(tmp_path: Path, how: dict[str, Any], lost: int) -> None:
    (tmp_path / "cut.jpg").write_bytes(saved("JPEG", **how)[:-lost])
    with pytest.raises(InputError, match=r"cut\.jpg is truncated"):
        load_picture(tmp_path / "cut.jpg")


EXTRAS = {
    "70 MB of text": lambda: chunk(b"tEXt", b"workflow\0" + b"x" * 70_000_000),
    "a packed text of 200 MB": lambda: chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 200_000_000, 1)),
    "a wrong checksum": lambda: chunk(b"tEXt", b"a\0x", 5),
    "a profile of 200 MB": lambda: chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 200_000_000, 1)),
    "an unknown compression": lambda: chunk(b"iCCP", b"a\0\5"),
    "a short resolution": lambda: chunk(b"pHYs", b"a"),
    "a short gamma": lambda: chunk(b"gAMA", b"a"),
}


@pytest.mark.parametrize("name", EXTRAS)
def test_damage_besides_the_picture_of_a_png_is_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.png").write_bytes(with_chunk(EXTRAS[name]()))
    np.testing.assert_array_equal(load_picture(tmp_path / "a.png"), np.asarray(NOISE))
    assert size_of(tmp_path / "a.png") == NOISE.size


def test_rotation_and_transparency_survive_a_damaged_text(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    content = saved("PNG", exif=exif, transparency=NOISE.getpixel((0, 0)))
    (tmp_path / "a.png").write_bytes(content[:33] + chunk(b"tEXt", b"a\0x", 5) + content[33:])
    image, alpha = load_rgba(tmp_path / "a.png")
    assert image.shape == (80, 96, 3)
    assert size_of(tmp_path / "a.png") == (96, 80)
    assert alpha is not None
    assert alpha[0, -1] == 0


@pytest.mark.parametrize("lost", [12, 40, 4000])
def test_a_png_without_its_end_is_judged_by_its_pixels(tmp_path: Path, lost: int) -> None:
    (tmp_path / "a.png").write_bytes(saved("PNG")[:-lost])
    if lost == 12:
        np.testing.assert_array_equal(load_picture(tmp_path / "a.png"), np.asarray(NOISE))
    else:
        with pytest.raises(InputError, match=r"a\.png is truncated"):
            load_picture(tmp_path / "a.png")


def test_too_many_pixels_are_refused_in_a_damaged_file_too(tmp_path: Path) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 8, 2, 0, 0, 0))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt", b"a\0x", 5) + chunk(b"IDAT", b""))
    with pytest.raises(InputError, match="more than 100 megapixels"):
        load_picture(tmp_path / "a.png")
