"""Videos of high dynamic range and wide colors look like others."""

from pathlib import Path

import av
import numpy as np
import pytest
from helpers.values import not_none

from avatarify.capture.media import VideoFile

PQ, HLG, SDR, BT2020 = 16, 18, 1, 9
SIDE = 64
# From the primaries of BT.709 to those of BT.2020 (ITU-R BT.2087), and the latter's luma coefficients.
WIDER = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
LUMA = np.array([0.2627, 0.6780, 0.0593])


def pq(nits: np.ndarray) -> np.ndarray:
    """Return the signal of SMPTE ST 2084, 0 to 1."""
    y = (nits / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375)


def hlg(nits: np.ndarray) -> np.ndarray:
    """Return the signal of ARIB STD-B67, 0 to 1, of gray on a screen of 1000 nits (system gamma 1.2)."""
    scene = (nits / 1000) ** (1 / 1.2)
    return np.asarray(
        np.where(
            scene <= 1 / 12,
            np.sqrt(3 * scene),
            0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073,
        )
    )


def ten_bit(file: Path, signal: np.ndarray, transfer: int, primaries: int = BT2020) -> Path:
    """Write a video of one 10-bit color, (3,) RGB 0 to 1 as encoded, with the tags of BT.2020."""
    luma = float(LUMA @ signal)
    planes = 64 + 876 * luma, 512 + 896 * (signal[2] - luma) / 1.8814, 512 + 896 * (signal[0] - luma) / 1.4746
    frame = av.VideoFrame(SIDE, SIDE, "yuv420p10le")
    for plane, value in zip(frame.planes, planes, strict=True):
        plane.update(np.full(plane.buffer_size // 2, round(value), np.uint16).tobytes())
    frame.colorspace, frame.color_range = BT2020, 1
    frame.color_trc, frame.color_primaries = transfer, primaries
    with av.open(f"file:{file}", "w") as out:
        film = out.add_stream("ffv1", rate=25)
        film.width = film.height = SIDE
        film.pix_fmt = "yuv420p10le"
        film.codec_context.colorspace, film.codec_context.color_range = BT2020, 1
        film.codec_context.color_trc, film.codec_context.color_primaries = transfer, primaries
        out.mux(film.encode(frame))
        out.mux(film.encode(None))
    return file


def shown(file: Path) -> np.ndarray:
    """Return the color that is read, (3,) int."""
    source = VideoFile(file)
    color = not_none(source.read()).image[SIDE // 2, SIDE // 2].astype(int)
    source.close()
    return np.asarray(color)


def srgb(share: float) -> int:
    """Return the 8-bit value of a share of white."""
    return round(255 * (12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.5, 0.75])
@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_gray_is_as_bright_as_in_other_videos(tmp_path: Path, transfer: int, share: float) -> None:
    nits = np.full(3, 203.0 * share)
    color = shown(ten_bit(tmp_path / "hdr.mkv", pq(nits) if transfer == PQ else hlg(nits), transfer))
    assert np.abs(color - srgb(share)).max() <= 2


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_highlights_keep_their_order(tmp_path: Path, transfer: int) -> None:
    encode = pq if transfer == PQ else hlg
    nits = (152.0, 203.0, 300.0, 900.0)
    found = [shown(ten_bit(tmp_path / "hdr.mkv", encode(np.full(3, value)), transfer)).mean() for value in nits]
    assert found == sorted(found)
    assert 225 < found[1] < 250 < found[2] < found[3]


@pytest.mark.parametrize("color", [(0.8, 0.45, 0.35), (0.1, 0.5, 0.2), (0.2, 0.2, 0.7)])
def test_colors_keep_their_saturation(tmp_path: Path, color: tuple[float, float, float]) -> None:
    found = shown(ten_bit(tmp_path / "hdr.mkv", pq(203 * (WIDER @ np.array(color))), PQ))
    assert np.abs(found - [srgb(value) for value in color]).max() <= 4


def test_wide_colors_of_standard_range_become_srgb(tmp_path: Path) -> None:
    linear = np.array([0.6, 0.3, 0.25])
    encode = 1.099 * np.stack([linear, WIDER @ linear]) ** 0.45 - 0.099
    found = shown(ten_bit(tmp_path / "wide.mkv", encode[1], SDR))
    assert np.abs(found - 255 * encode[0]).max() <= 6


def test_a_transfer_that_cannot_be_converted_is_shown_as_it_is(tmp_path: Path) -> None:
    found = shown(ten_bit(tmp_path / "odd.mkv", np.full(3, 0.5), 3, primaries=BT2020))
    assert np.ptp(found) <= 3
    assert 110 < found.mean() < 145
