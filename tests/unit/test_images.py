"""Still images as people have them."""

import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy import uint8, uint16

from avatarify.errors import InputError
from avatarify.images import load_picture, load_rgba


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


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_an_opaque_image_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    decode, flags = cv2.imdecode, list[int]()

    def counted(data: Any, flag: int) -> Any:
        flags.append(flag)
        return decode(data, flag)

    file = save(tmp_path / name, gradient())
    monkeypatch.setattr(cv2, "imdecode", counted)
    assert load_rgba(file)[0].shape == (60, 90, 3)
    assert flags == [cv2.IMREAD_COLOR_RGB]


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tiff"])
def test_transparency_is_found_in_every_format_that_has_it(tmp_path: Path, name: str) -> None:
    image = np.full((40, 50, 4), 255, np.uint8)
    image[:20, :, 3] = 0
    alpha = load_rgba(save(tmp_path / name, image))[1]
    assert alpha is not None
    assert alpha[5, 5] == 0
    assert alpha[30, 5] == 255
