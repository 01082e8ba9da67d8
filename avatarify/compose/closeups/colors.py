"""Colors of what a portrait does not show: bounded by what teeth, gums, and tongues can be, and by its own light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.compose.closeups.places import Eye, Mouth
from avatarify.frames import F32, U8

# Real teeth lie between white and light yellow-brown, in every light that people are portrayed in.
TOOTH_HUE = 27.0, 58.0  # degrees
TOOTH_SATURATION = 0.34  # at most
_COLORFUL = 0.12  # largest minus smallest channel of the skin in full color
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_IVORY = np.array([1.05, 1.0, 0.90], np.float32)  # teeth over the whites of the same face
_GUM, _TONGUE, _DARK = (0.60, 0.35, 0.33), (0.50, 0.29, 0.27), (0.085, 0.035, 0.03)  # over the brightness of skin


@dataclass(frozen=True)
class MouthColors:
    """Colors in the mouth, (3,) float32 RGB from 0 to 255 each, in full light."""

    tooth: F32
    gum: F32
    tongue: F32
    dark: F32


def mouth_colors(picture: U8, points: F32, own: F32 | None = None) -> MouthColors:
    """Find the colors of a portrait's mouth.

    Args:
        picture: (H, W, 3) uint8 RGB.
        points: (81, 2) key points, pixels.
        own: (3,) in [0, 1], the color of the teeth that it shows; None if it shows none.
    """
    skin, white = _skin(picture, points), _white(picture, points)
    colorful = min(1.0, float(skin.max() - skin.min()) / _COLORFUL)
    bright = float(skin @ _LUMA)
    light = white / max(float(white.mean()), 1e-3) if white.mean() > 0.15 else skin / skin.mean()
    level = np.clip(float(white @ _LUMA) * 1.08, 0.98 * bright, max(0.98 * bright, min(1.6 * bright, 0.9)))
    tooth = (
        bounded_tooth(own) * own.max()
        if own is not None
        else bounded_tooth(light * _IVORY if colorful > 0.5 else light) * level
    )
    cast = light / light.max()
    flesh = (_toned(np.array(color, np.float32) * cast, colorful, cast) * bright / 0.62 for color in (_GUM, _TONGUE))
    dark = _toned(np.array(_DARK, np.float32), colorful, cast) * bright / 0.62
    return MouthColors(*(np.asarray(255 * np.clip(color, 0, 1), np.float32) for color in (tooth, *flesh, dark)))


def bounded_tooth(color: F32) -> F32:
    """Return the nearest color that teeth can have, (3,) RGB, its largest channel 1.

    Args:
        color: (3,) RGB of any hue and brightness.
    """
    red, green, blue = (float(c) for c in color)
    most = max(red, green, blue, 1e-6)
    saturation = min(max((most - min(red, green, blue)) / most, 0.0), TOOTH_SATURATION)
    if blue >= most or blue > red:  # bluish light: white teeth
        saturation = 0.0
    low, high = (hue / 60 for hue in TOOTH_HUE)
    share = min(max((green - blue) / max(red - blue, 1e-6), low), high)
    return np.array([1, 1 - saturation * (1 - share), 1 - saturation], np.float32)


def _toned(color: F32, colorful: float, light: F32) -> F32:
    """Return a color as gray as the portrait is: a gray of the portrait's light in one without colors."""
    gray = float(color @ _LUMA) * light
    return np.asarray(gray + colorful * (color - gray), np.float32)


def _skin(picture: U8, points: F32) -> F32:
    """Return the mean color of the cheeks, (3,) in 0.02 to 1."""
    reach = 0.12 * float(np.linalg.norm(Mouth.of(points).along))
    spots = [_mean(picture, points[k], reach) for k in (77, 78)]
    return np.asarray(np.maximum(np.max(spots, 0), 0.02), np.float32)


def _white(picture: U8, points: F32) -> F32:
    """Return the color of the brightest part of the eyes, (3,) in [0, 1]: their whites, if they are open."""
    import cv2

    found: list[F32] = []
    for number in range(2):
        eye = Eye.of(points, number)
        side = 32
        to = eye.to_pixels.astype(np.float64) @ np.array([[0.8 / side, 0, 0.1], [0, 0.4 / side, -0.2], [0, 0, 1]])
        to[:, 2] += (eye.upper + eye.lower) / 2 * np.array([-eye.along[1], eye.along[0]]) * 0.75 - 0.5
        patch = cv2.warpAffine(picture, to, (side, side), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        across = (np.arange(side) / side - 0.5)[:, None] * 0.4
        inside = np.abs(across) < eye.openness * 0.35
        found.append(np.asarray(patch[np.broadcast_to(inside, patch.shape[:2])] / np.float32(255), np.float32))
    every = np.concatenate(found)
    if len(every) < 8:
        return np.zeros(3, np.float32)
    luma = every @ _LUMA
    bright = every[(luma >= np.quantile(luma, 0.7)) & (luma <= np.quantile(luma, 0.97))]
    return np.asarray(bright.mean(0), np.float32)


def _mean(picture: U8, center: F32, reach: float) -> F32:
    """Return the mean color of a square around a point, (3,) in [0, 1]."""
    height, width = picture.shape[:2]
    x, y = (int(np.clip(c, 0, n - 1)) for c, n in zip(center, (width, height), strict=True))
    r = max(1, round(reach))
    part = picture[max(0, y - r) : y + r + 1, max(0, x - r) : x + r + 1]
    return np.asarray(part.reshape(-1, 3).mean(0) / 255, np.float32)
