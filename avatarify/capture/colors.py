"""Converts decoded frames to RGB as a screen shows them: high dynamic range and wide colors become sRGB.

Swscale converts them, too, but prepares that for four seconds. FFmpeg's ``zscale`` is not in PyAV's wheels.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.frames import U8

# Numbers of ITU-T H.273.
_PQ, _HLG = 16, 18
_STANDARD = (1, 2, 6, 14, 15)  # BT.709 and what has its curve
_TO_BT709 = {  # linear colors of other primaries to those of BT.709
    1: np.eye(3),
    9: np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]),  # BT.2020
    12: np.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]]),  # Display P3
}
_WHITE_NITS = 203.0  # diffuse white in HDR (ITU-R BT.2408)
_HLG_NITS, _HLG_GAMMA = 1000.0, 1.2  # its nominal screen (ITU-R BT.2100), here for each channel
_RANGE = 4.0  # what is brighter than this many times white is clipped before the tone curve
_KNEE = 0.75  # of white: the curve leaves darker colors alone
_LEVELS = 1 << 16


@dataclass(frozen=True)
class _Tables:
    """Conversion of 16-bit RGB.

    Attributes:
        linear: (65536,) uint16, from a signal to light, 65535 for ``_RANGE`` times white.
        matrix: (3, 3) to the primaries of BT.709.
        shown: (65536,) uint8, from light to what is shown.
    """

    linear: Any
    matrix: Any
    shown: Any

    def __call__(self, deep: Any) -> U8:
        """Convert (H, W, 3) uint16 to uint8."""
        import cv2

        light = cv2.transform(np.take(self.linear, deep), self.matrix)  # limits to 0 to 65535
        return np.asarray(np.take(self.shown, light), np.uint8)


def rgb_converter() -> Callable[[Any], U8]:
    """Return a function from decoded frames to (H, W, 3) uint8 RGB; for one thread.

    ``to_ndarray`` would prepare the same conversion again for each frame.
    """
    from av.video.reformatter import VideoReformatter

    reformat = VideoReformatter().reformat

    def convert(frame: Any) -> U8:
        tables = _tables(int(frame.color_trc), int(frame.color_primaries))
        pixels = reformat(frame, format="rgb24" if tables is None else "rgb48le").to_ndarray()
        return np.ascontiguousarray(pixels if tables is None else tables(pixels))

    return convert


@functools.lru_cache(maxsize=4)
def _tables(transfer: int, primaries: int) -> _Tables | None:
    """Return the conversion for a transfer function and primaries; None if frames can be shown as they are."""
    signal, light = np.linspace(0, 1, _LEVELS), np.linspace(0, _RANGE, _LEVELS)
    if transfer in (_PQ, _HLG):
        linear = _from_pq(signal) if transfer == _PQ else _from_hlg(signal)
        shown, matrix = _to_srgb(_tone_curve(light)), _TO_BT709.get(primaries, _TO_BT709[9])
    elif transfer in _STANDARD and primaries in _TO_BT709 and primaries != 1:
        linear, shown, matrix = _from_bt709(signal), _to_bt709(light), _TO_BT709[primaries]
    else:
        return None
    stored = np.rint(np.clip(linear / _RANGE, 0, 1) * (_LEVELS - 1)).astype(np.uint16)
    return _Tables(stored, matrix, np.rint(255 * np.clip(shown, 0, 1)).astype(np.uint8))


def _from_pq(signal: Any) -> Any:
    """Return the light of a signal, in units of white (SMPTE ST 2084)."""
    root = signal ** (1 / 78.84375)
    return (
        (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
        * 10_000
        / _WHITE_NITS
    )


def _from_hlg(signal: Any) -> Any:
    """Return the light of a signal on the nominal screen, in units of white (ARIB STD-B67)."""
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    return scene**_HLG_GAMMA * _HLG_NITS / _WHITE_NITS


def _tone_curve(light: Any) -> Any:
    """Bring what is brighter than the knee between it and 1."""
    room = 1 - _KNEE
    return np.where(light <= _KNEE, light, _KNEE + room * (1 - np.exp((_KNEE - light) / room)))


def _to_srgb(light: Any) -> Any:
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _from_bt709(signal: Any) -> Any:
    return np.where(signal < 0.081, signal / 4.5, ((signal + 0.099) / 1.099) ** (1 / 0.45))


def _to_bt709(light: Any) -> Any:
    return np.where(light < 0.018, 4.5 * light, 1.099 * light**0.45 - 0.099)
