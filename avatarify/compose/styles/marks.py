"""What the styles are made of: smoothing, palettes, lines, screens, and paper. Pictures are float32 RGB from 0 to 1."""

from __future__ import annotations

import numpy as np

from avatarify.frames import F32, U8

_SEED = 5
_COLOR_SAMPLES = 6000


def bytes_of(picture: F32) -> U8:
    """Convert a picture from 0 to 1 to uint8."""
    return np.asarray(np.clip(picture * 255 + 0.5, 0, 255), np.uint8)


def floats_of(picture: U8) -> F32:
    """Convert a uint8 picture to 0 to 1."""
    return np.asarray(picture, np.float32) / np.float32(255)


def blurred(picture: F32, sigma: float) -> F32:
    """Blur (H, W) or (H, W, C); ``sigma`` is in pixels."""
    import cv2

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), max(0.3, sigma)), np.float32)


def light(picture: F32) -> F32:
    """Return the lightness, (H, W): CIE L* from 0 to 1."""
    import cv2

    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)[..., 0] / 100, np.float32)


def saturated(picture: F32, factor: float) -> F32:
    """Multiply the saturation, at constant luma."""
    luma = (picture @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    return np.asarray(np.clip(luma + factor * (picture - luma), 0, 1), np.float32)


def flattened(picture: F32, unit: float, rounds: int = 3) -> F32:
    """Remove texture and keep edges: a repeated bilateral filter. ``unit`` is a hundredth of the face's height."""
    import cv2

    for _ in range(rounds):
        picture = cv2.bilateralFilter(picture, -1, 0.09, 1.6 * unit)
    return picture


def palette(picture: F32, count: int, smooth: float) -> F32:
    """Reduce a picture to so many colors, by k-means in CIELAB; edges are rounded within ``smooth`` pixels."""
    import cv2

    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    flat = lab.reshape(-1, 3)
    cv2.setRNGSeed(_SEED)
    sample = flat[np.random.default_rng(_SEED).integers(0, len(flat), _COLOR_SAMPLES)]
    ending = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.5)
    _, _, centers = cv2.kmeans(sample, count, None, ending, 3, cv2.KMEANS_PP_CENTERS)
    nearest = np.full(lab.shape[:2], np.inf, np.float32)
    result = np.zeros_like(lab)
    for center in centers:
        far = blurred(((lab - center) ** 2).sum(2), smooth)
        closer = far < nearest
        nearest[closer], result[closer] = far[closer], center
    return np.asarray(np.clip(cv2.cvtColor(result, cv2.COLOR_LAB2RGB), 0, 1), np.float32)


def lines(lightness: F32, width: float, sharpness: float = 18.0, level: float = 0.55) -> F32:
    """Return ink lines, (H, W), 0 ink and 1 paper: extended differences of Gaussians (Winnemöller et al., 2012)."""
    fine, coarse = blurred(lightness, width), blurred(lightness, 1.6 * width)
    response = (1 + sharpness) * fine - sharpness * coarse
    return np.asarray(np.where(response >= level, 1, 1 + np.tanh(8 * (response - level))), np.float32)


def contours(lightness: F32, width: float, strength: float = 30.0) -> F32:
    """Return dark lines along edges and folds only, (H, W), 0 ink and 1 paper."""
    step = blurred(lightness, 1.6 * width) - blurred(lightness, width)
    return np.asarray(1 - np.tanh(np.clip(strength * (step - 0.006), 0, None)), np.float32)


def noise(shape: tuple[int, ...], cell: float, seed: int = _SEED) -> F32:
    """Return smooth noise (H, W) of mean 0 and deviation 1, with structures of about ``cell`` pixels."""
    import cv2

    height, width = shape[:2]
    few = max(2, int(width / max(1.0, cell))), max(2, int(height / max(1.0, cell)))
    grid = np.random.default_rng(seed).standard_normal(few[::-1]).astype(np.float32)
    grown = np.asarray(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    return np.asarray((grown - grown.mean()) / (grown.std() + 1e-6), np.float32)


def clouds(shape: tuple[int, ...], cell: float, seed: int = _SEED) -> F32:
    """Return noise of several sizes, (H, W), of deviation 1."""
    total = sum(noise(shape, cell / 2**k, seed + k) * 0.55**k for k in range(5))
    return np.asarray(total / np.std(total), np.float32)


def paper(shape: tuple[int, ...], unit: float) -> F32:
    """Return the grain of paper, (H, W), of deviation 1."""
    return np.asarray(0.7 * noise(shape, 0.5 * unit, 11) + 0.7 * noise(shape, 0.25 * unit, 12), np.float32)


def relief(height: F32, depth: float) -> F32:
    """Return the light on a surface lit from the top left, (H, W) about 1."""
    import cv2

    across, down = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    return np.asarray(1 + np.tanh(depth * (across + down)), np.float32)


def dots(darkness: F32, pitch: float, angle: float) -> F32:
    """Return a halftone screen, (H, W), 1 inside a dot: dots grow with the darkness from 0 to 1."""
    turned, across = _turned(darkness.shape, angle)
    wave = 0.5 + 0.25 * (np.cos(2 * np.pi * turned / pitch) + np.cos(2 * np.pi * across / pitch))
    return np.asarray(np.clip((wave - 1 + darkness) * pitch * 0.9 + 0.5, 0, 1), np.float32)


def strokes(darkness: F32, pitch: float, angle: float, bend: F32 | None = None) -> F32:
    """Return a screen of lines, (H, W), 1 inside a line: lines grow with the darkness from 0 to 1."""
    turned, _ = _turned(darkness.shape, angle)
    place = turned if bend is None else turned + bend
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * place / pitch)
    return np.asarray(np.clip((wave - 1 + darkness) * pitch * 0.7 + 0.5, 0, 1), np.float32)


def _turned(shape: tuple[int, ...], angle: float) -> tuple[F32, F32]:
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.asarray(x * cos + y * sin, np.float32), np.asarray(y * cos - x * sin, np.float32)
