"""Still images as people have them."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy import uint8, uint16
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from avatarify.errors import InputError
from avatarify.images import load_picture, load_rgba, size_of
from avatarify.paths import assets


def gradient(height: int = 60, width: int = 90) -> Any:
    y, x = np.mgrid[:height, :width]
    return np.stack([x * 255 / width, y * 255 / height, np.full_like(x, 40.0)], axis=-1).astype(np.uint8)


def save(file: Any, image: Any) -> Any:
    assert cv2.imwrite(str(file), image)
    return file


def with_orientation(jpeg: Any, value: Any) -> Any:
    """Return JPEG bytes with an EXIF block that holds the orientation alone."""
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, value, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def test_colors_are_rgb_and_exact_for_png(tmp_path: Path) -> None:
    image = gradient()
    loaded = load_picture(save(tmp_path / "a.png", image[..., ::-1]))
    assert loaded.dtype == np.uint8
    assert loaded.flags["C_CONTIGUOUS"]
    np.testing.assert_array_equal(loaded, image)


def test_a_name_outside_ascii(tmp_path: Path) -> None:
    data = cv2.imencode(".png", gradient())[1].tobytes()
    file = tmp_path / "Jürgen 肖像.png"
    file.write_bytes(data)
    assert load_picture(file).shape == (60, 90, 3)


@pytest.mark.parametrize(("value", "quarter_turns"), [(1, 0), (3, 2), (6, -1), (8, 1)])
def test_exif_rotation_is_applied(tmp_path: Path, value: int, quarter_turns: int) -> None:
    image = gradient()
    jpeg = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 98])[1].tobytes()
    file = tmp_path / "phone.jpg"
    file.write_bytes(with_orientation(jpeg, value))
    expected = np.rot90(image, quarter_turns)
    loaded = load_picture(file)
    assert loaded.shape == expected.shape
    assert np.abs(loaded.astype(int) - expected).mean() < 3


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_transparent_parts_become_mid_gray(tmp_path: Path, depth: type[uint16 | uint8]) -> None:
    full = np.iinfo(depth).max
    image = np.zeros((40, 40, 4), depth)
    image[:, :, 2] = full  # red, in BGRA
    image[:20, :, 3] = full
    image[20:30, :, 3] = round(full / 2)
    loaded = load_picture(save(tmp_path / "cut-out.png", image)).astype(int)
    assert np.abs(loaded[5, 5] - [255, 0, 0]).max() <= 1
    assert np.abs(loaded[25, 5] - [191, 64, 64]).max() <= 1
    assert np.abs(loaded[35, 5] - [128, 128, 128]).max() <= 1


def test_gray_and_sixteen_bits_become_rgb(tmp_path: Path) -> None:
    gray = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    loaded = load_picture(save(tmp_path / "scan.png", gray))
    assert loaded.shape == (64, 64, 3)
    assert np.abs(loaded[..., 0].astype(int) - (gray >> 8)).max() <= 1
    assert (loaded[..., 0] == loaded[..., 2]).all()


def test_a_huge_image_is_reduced(tmp_path: Path) -> None:
    file = save(tmp_path / "huge.jpg", np.full((3000, 1000, 3), 77, np.uint8))
    assert load_picture(file).shape == (2160, 720, 3)
    assert load_picture(file, longest_side=600).shape == (600, 200, 3)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_truncated_image_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    rng = np.random.default_rng(0)
    data = cv2.imencode(suffix, rng.integers(0, 255, (128, 128, 3), dtype=np.uint8))[1].tobytes()
    file = tmp_path / f"half{suffix}"
    file.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="half") as caught:
        load_picture(file)
    assert caught.value.hint


def wrong_files(folder: Any) -> Any:
    (folder / "text.png").write_text("hello\n" * 40)
    (folder / "empty.png").write_bytes(b"")
    (folder / "header.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 90 + b"IEND")
    save(folder / "tiny.png", gradient(16, 16))
    return {
        "text.png": "not an image",
        "empty.png": "not an image",
        "header.png": "not an image",
        "tiny.png": "only 16x16",
        "missing.png": "does not exist",
        ".": "folder",
    }


@pytest.mark.parametrize("name", ["text.png", "empty.png", "header.png", "tiny.png", "missing.png", "."])
def test_what_is_not_an_image_is_refused_in_one_line_with_a_hint(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    message = wrong_files(tmp_path)[name]
    with pytest.raises(InputError, match=message) as caught:
        load_picture(tmp_path / name)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("depth", "full"), [(np.uint8, 255), (np.uint16, 65535)])
def test_transparency_is_read_at_the_size_of_the_image(tmp_path: Path, depth: type[uint16 | uint8], full: int) -> None:
    image = np.zeros((100, 60, 4), depth)
    image[:50, :, 3] = full
    image[50:, :, 3] = full // 5
    file = save(tmp_path / "cut-out.png", image)
    image_there, alpha = load_rgba(file)
    assert alpha is not None
    assert image_there.shape == (100, 60, 3)
    assert alpha.shape == (100, 60)
    assert alpha.dtype == np.uint8
    assert set(np.unique(alpha)) == {51, 255}
    small, small_alpha = load_rgba(file, longest_side=50)
    assert small_alpha is not None
    assert small_alpha.shape == small.shape[:2] == (50, 30)


def test_opaque_images_have_no_transparency(tmp_path: Path) -> None:
    opaque = np.full((40, 50, 4), 255, np.uint8)
    for name, image in (
        ("a.png", opaque),
        ("b.png", opaque[..., :3]),
        ("c.png", opaque[..., 0]),
        ("d.jpg", opaque[..., :3]),
    ):
        assert load_rgba(save(tmp_path / name, image))[1] is None


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tiff"])
def test_transparency_is_found_in_every_format_that_has_it(tmp_path: Path, name: str) -> None:
    image = np.full((40, 50, 4), 255, np.uint8)
    image[:20, :, 3] = 0
    alpha = load_rgba(save(tmp_path / name, image))[1]
    assert alpha is not None
    assert alpha[5, 5] == 0
    assert alpha[30, 5] == 255


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tiff", ".avif"])
@pytest.mark.parametrize("value", range(1, 9))
def test_every_rotation_is_applied_to_colors_and_transparency(tmp_path: Path, suffix: str, value: int) -> None:
    upright = np.dstack([gradient(64, 96), np.full((64, 96), 255, np.uint8)])
    upright[:16, :24, 3] = 0
    exif = Image.Exif()
    exif[0x112] = value
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(value, value)
    stored = Image.fromarray(upright)
    stored.getexif()[0x112] = undo
    stored = ImageOps.exif_transpose(stored)
    stored.save(tmp_path / f"a{suffix}", exif=exif, lossless=True, quality=100)
    image, alpha = load_rgba(tmp_path / f"a{suffix}")
    assert alpha is not None
    assert size_of(tmp_path / f"a{suffix}") == (96, 64)
    assert np.abs(alpha.astype(int) - upright[..., 3]).mean() < 3
    assert np.abs(image[30:].astype(int) - upright[30:, :, :3]).mean() < 6


def test_a_photograph_with_a_clip_behind_it_is_read(tmp_path: Path) -> None:
    jpeg = cv2.imencode(".jpg", gradient(256, 256))[1].tobytes()
    clip = (assets() / "demo" / "driver.mp4").read_bytes()
    (tmp_path / "motion.jpg").write_bytes(jpeg + clip)
    assert load_picture(tmp_path / "motion.jpg").shape == (256, 256, 3)
    (tmp_path / "half.jpg").write_bytes(jpeg[: len(jpeg) // 2])
    with pytest.raises(InputError, match=r"half\.jpg is truncated"):
        load_picture(tmp_path / "half.jpg")


def test_colors_of_a_wide_profile_become_srgb(tmp_path: Path) -> None:
    colors = Image.fromarray(gradient(64, 96) // 2 + 60)
    profile = display_p3()
    wide = ImageCms.profileToProfile(
        colors, ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(profile)), outputMode="RGB"
    )
    assert wide is not None
    wide.save(tmp_path / "wide.png", icc_profile=profile)
    assert np.abs(np.asarray(wide).astype(int) - np.asarray(colors)).mean() > 2
    assert np.abs(load_picture(tmp_path / "wide.png").astype(int) - np.asarray(colors)).mean() < 1.5
    colors.save(tmp_path / "plain.png", icc_profile=b"damaged")
    np.testing.assert_array_equal(load_picture(tmp_path / "plain.png"), colors)


def display_p3() -> bytes:
    """Return an ICC profile with the primaries of Display P3 and a gamma of 2.2."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags = {
        b"desc": b"desc\0\0\0\0\0\0\0\x02x\0" + b"\0" * 78,
        b"cprt": b"text\0\0\0\0x\0\0\0",
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.15710, 0.06657, 0.78407),
    } | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), gamma)
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(padded))
        body += padded
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"\0" * 4, 0x2400000, b"mntr", b"RGB ", b"XYZ ")
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + xyz(0.9642, 1, 0.8249)[8:]
    return header.ljust(128, b"\0") + table + body


@pytest.mark.parametrize("depth", [np.float32, np.uint16])
def test_a_deep_tiff_is_read(tmp_path: Path, depth: type[np.float32 | np.uint16]) -> None:
    image = gradient()
    deep = (image / 255).astype(depth) if depth is np.float32 else image.astype(depth) * 257
    if depth is np.float32:
        deep[0, 0] = [7.0, -3.0, np.nan]
    loaded = load_picture(save(tmp_path / "deep.tif", deep[..., ::-1])).astype(int)
    assert np.abs(loaded[1:] - image[1:]).max() <= 1
    if depth is np.float32:
        assert loaded[0, 0].tolist() == [255, 0, 0]


def test_a_heic_photograph_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1")
    with pytest.raises(InputError, match=r"HEIC image.*JPEG|not an image that can be read"):
        load_picture(tmp_path / "photo.heic")


def plain_png(file: Path, side: int, bits: int) -> Path:
    """Write a square PNG of one color, of 1 bit per pixel or RGBA (32 bits), row by row."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packed, row = zlib.compressobj(9), b"\0" + b"\xf0" * (side * bits // 8)
    depth, kind = (8, 6) if bits == 32 else (1, 0)
    content = b"".join(packed.compress(row) for _ in range(side)) + packed.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, depth, kind, 0, 0, 0))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", content) + chunk(b"IEND", b""))
    return file


def test_more_than_100_megapixels_are_refused_by_the_header(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"big\.png has more than 100 megapixels"):
        load_picture(plain_png(tmp_path / "big.png", 12000, 1))


@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc")
def test_decoding_takes_at_most_12_bytes_per_pixel(tmp_path: Path) -> None:
    file, side = plain_png(tmp_path / "flat.png", 5000, 32), 5000
    code = (
        "import pathlib, sys, cv2; from avatarify.images import load_rgba\n"
        "peak = lambda: int(pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        "load_rgba(sys.argv[2]); before = peak(); load_rgba(sys.argv[1]); print(peak() - before)"
    )
    small = save(tmp_path / "small.png", gradient())
    command = [sys.executable, "-c", code, str(file), str(small)]
    grown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert int(grown) * 1024 < 12 * side * side


@pytest.mark.parametrize("exif", [b"Exif\x00\x00garbage", b"Exif\x00\x00II*\x00\xff\xff\xff\x7f", b"Exif\x00\x00"])
def test_damaged_exif_data_are_ignored(tmp_path: Path, exif: bytes) -> None:
    for suffix in (".jpg", ".png", ".webp"):
        Image.fromarray(gradient()).save(tmp_path / f"a{suffix}", exif=exif)
        assert load_picture(tmp_path / f"a{suffix}").shape == (60, 90, 3)
        assert size_of(tmp_path / f"a{suffix}") == (90, 60)


@pytest.mark.parametrize("packed", [False, True])
def test_long_texts_in_a_png_are_no_damage(tmp_path: Path, packed: bool) -> None:
    notes = PngInfo()
    notes.add_text("workflow", "ab" * 2_000_000, zip=packed)
    Image.fromarray(gradient()).save(tmp_path / "a.png", pnginfo=notes)
    np.testing.assert_array_equal(load_picture(tmp_path / "a.png"), gradient())
